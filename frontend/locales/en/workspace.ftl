# The workspace: the list of hearings, a new hearing, the queue of jobs.

yes = Yes
no = No
undo = Undo

role-owner = Owner
role-case-worker = Case worker
role-reviewer = Reviewer
role-invitee = Invitee
role-owner-means = Edits and publishes the hearing, reads the responses and writes the conclusion.
role-case-worker-means = Reads all responses with their senders and works with them.
role-reviewer-means = Reads the hearing before it is published.
role-invitee-means = Can see the hearing and answer it. The portal sends no message.

workspace-login = Log in to work with hearings.
workspace-lead = These are the hearings that you work on.
workspace-search = Search your hearings
workspace-table = Hearings you work on
workspace-column-hearing = Hearing
workspace-column-deadline = Deadline
workspace-column-responses = Responses
workspace-column-role = Your role
workspace-column-updated = Changed
workspace-no-deadline = Not set
workspace-in-progress = In progress
workspace-all = All, ended ones too
workspace-none-found = Try other or fewer words, or choose another status or role.
workspace-empty = You have no hearings in progress
workspace-empty-creator = When you make a hearing, it stands here. It takes a few minutes, and you can finish it whenever you like.
workspace-empty-employee = When an owner gives you a role on a hearing, it stands here. You can still read and answer the hearings you are invited to.
workspace-see-ended = See those that have ended
workspace-first = Make your first hearing

new-title = New hearing
new-lead = Give the hearing a title. We make a draft that only you can see, and you write the rest on the next page.
new-field = The hearing’s title
new-field-hint = Write briefly what the proposal is about, such as “New structure of the schools”.
new-not-heading = A hearing is not a hearing of a party
new-not-text = If you have to hear a party to a case under section 19 of the Danish Public Administration Act, do so in the case and not here.
new-create = Make the draft

what-people = the participants
what-employees = the employees
people-search = Search by name, department or e-mail
people-search-hint = Write the beginning of a name, a department or an e-mail address, and search.
people-none-found = We found no employees
people-none-found-text = Try the beginning of the first name, the last name, the department or the e-mail address.
what-history = the history
what-audit-log = the audit log
what-audit-seal = how far the log is sealed
what-jobs = the jobs

jobs-title = Operations: queued jobs
jobs-login = Log in to see the queue.
jobs-lead = Mails and other things that happen afterwards lie in a queue. Here you see what is not done yet, and what went wrong.
jobs-dead = Given up
jobs-waiting = Waiting
jobs-none-dead = Nothing has gone wrong
jobs-none-dead-text = When a job is given up after many tries, it stands here, so that you can try again.
jobs-none-waiting = The queue is empty.
jobs-column-kind = Job
jobs-column-why = Why it did not work
jobs-column-attempts = Tries
jobs-column-queued = Queued
jobs-column-next = Next try
jobs-column-action = Action
jobs-not-tried = Not tried yet
jobs-retry-label = Try again: { $name }
jobs-retried = The job has been set going again.
jobs-changed = The job has changed in the meantime. The list has been fetched again.

what-integrations = the integrations
integrations-title = Integrations
integrations-login = Log in to see the integrations.
integrations-lead = Here you can see what the hearing portal is connected to, and whether it works right now.
integrations-column-port = Used for
integrations-column-adapter = Set up with
integrations-column-state = Status
integrations-again = Ask again
integration-ok = Works
integration-full = No space left
integration-incomplete = Something is missing
integration-failing = Does not work
integration-off = Not set up
port-identity-provider = Logging in
port-mail = Mail
port-file-store = Files
port-virus-scanner = Virus scanning
adapter-built-in = Users in the portal itself
adapter-file = Mails are written to a folder
adapter-local = A folder
adapter-s3 = An S3-compatible store
adapter-none = Nothing
without-virus-scanner = Files are not checked for viruses. They are marked as “not scanned”.
without-identity-provider = Nobody can log in.
without-mail = Mails cannot be sent. They wait in the queue.
file-store-full = There is no room for more files. Those that are there can be fetched.
files-lost =
    { $count ->
        [one] One file is lost and cannot be fetched. Ask those who run the portal to run “agora files verify”.
       *[other] { $count } files are lost and cannot be fetched. Ask those who run the portal to run “agora files verify”.
    }
without-file-store = Files can neither be kept nor fetched. Everything else works.
job-mail-receipt = Receipt by mail
job-hearing-opened = Hearing opened
job-hearing-deadline-passed = Deadline passed
job-file-remove-content = Delete a file that nobody uses
job-file-look-at = Make an older file ready to be shown
job-hearing-image-sizes = Make the sizes of a hearing’s image

versions-show = Show earlier versions
versions-show-of = Show earlier versions of response no. { $number }
versions-heading = Version { $version }
versions-from = sent
versions-to = stood until
