# The audit log's codes in plain words, and the auditors' page.

audit-title = Audit log
audit-login = Log in to read the audit log.
audit-lead = Here you can see who did what, and when. Your reading here is recorded too.
audit-sealed = The log is sealed up to and including event no. { $position } ({ $at }). If anybody changes or removes a sealed event, it can be proven.
audit-not-sealed = No events are sealed yet.
audit-seal-delayed = Sealing has stopped
audit-seal-delayed-text = { $count ->
    [one] 1 event has been waiting for its seal since { $since }.
   *[other] { $count } events are waiting for their seals, the oldest since { $since }.
} Tell those who run Agora. As long as it lasts, nobody can prove that the newest events are untouched.
audit-table = Events, newest first
audit-column-when = When
audit-column-who = Who
audit-column-what = What
audit-column-object = Concerns
audit-column-outcome = Outcome
audit-column-changes = Changes
audit-column-details = More
audit-from = From
audit-to = To
audit-person-id = Person’s id
audit-person-is = Person: { $name }
audit-choose-person = Choose a person
audit-choose = Choose
audit-choose-label = Choose { $name }
audit-hearing = Hearing’s id
audit-object-id = Id
audit-entry = Event’s id
audit-source = Source (masked address)
audit-request = Request’s id
audit-show = Show events
audit-show-all = Show all events
audit-none = We found no events
audit-none-text = Try a longer period or fewer filters.
audit-nobody = Unknown person
audit-erased-person = Erased person
audit-deleted-hearing = Deleted hearing
audit-only-person = Show only events by { $name }
audit-only-hearing = Show only events about “{ $title }”
audit-times = { $count } times
audit-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
audit-values = { $count ->
    [one] 1 value
   *[other] { $count } values
}
audit-details = See more
audit-details-from = Source { $source }
audit-details-changes = { $count ->
    [one] 1 change
   *[other] { $count } changes
}
audit-details-both = { $count ->
    [one] 1 change, source { $source }
   *[other] { $count } changes, source { $source }
}

audit-action-logged-in = Logged in
audit-action-login-failed = Tried to log in
audit-action-logged-out = Logged out
audit-action-logged-out-everywhere = Logged out everywhere
audit-action-login-throttled = Had to wait before logging in
audit-action-account-changed = Made or changed an account
audit-action-access-denied = Was refused
audit-action-hearing-created = Made the hearing
audit-action-hearing-changed = Changed the hearing
audit-action-hearing-published = Published the hearing
audit-action-hearing-opened = The hearing opened
audit-action-hearing-deadline-passed = The deadline passed
audit-action-conclusion-begun = Began the conclusion
audit-action-hearing-concluded = Concluded the hearing
audit-action-hearing-deleted = Deleted the draft of the hearing
audit-action-role-given = Gave a role
audit-action-role-taken = Took a role away
audit-action-access-revoked = Revoked an invitee’s access
audit-action-draft-created = Began a response
audit-action-draft-discarded = Deleted an unsent response
audit-action-response-sent = Sent a response
audit-action-response-edited = Edited their response
audit-action-response-withdrawn = Withdrew their response
audit-action-responses-read = Read responses with their senders
audit-action-document-added = Added a document or a picture
audit-action-document-changed = Renamed a document
audit-action-document-removed = Took a document or a picture away
audit-action-attachment-added = Added a file to their unsent response
audit-action-attachment-removed = Took a file from their unsent response
audit-action-attachments-read = Fetched files of responses
audit-action-employees-read = Looked employees up
audit-action-audit-log-read = Read the audit log
audit-action-jobs-read = Looked at the queue of jobs
audit-action-job-retried = Set a job going again
audit-action-values-erased = Erased personal data in the log

audit-object-account = Account
audit-object-session = Log-in
audit-object-hearing = Hearing
audit-object-role = Role
audit-object-draft = Unsent response
audit-object-response = Response
audit-object-document = Document or picture
audit-object-attachment = File of a response
audit-object-employee = Employees
audit-object-audit-log = Audit log
audit-object-job = Job
audit-object-address = Address

audit-outcome-done = Done
audit-outcome-denied = Refused

capacity-employee = Employee
capacity-citizen = Citizen
capacity-company = Company

audit-field-title = Title
audit-field-summary = Summary
audit-field-sections = Text
audit-field-audience = Whom the hearing is for
audit-field-invitation-only = Invitation only
audit-field-start = Start
audit-field-deadline = Deadline
audit-field-contact-name = Contact person’s name
audit-field-contact-department = Contact person’s department
audit-field-contact-email = Contact person’s e-mail
audit-field-contact-phone = Contact person’s phone
audit-field-responses-shown = When responses are shown
audit-field-respondent-shown = What others see of the sender
audit-field-image = Picture
audit-field-image-alternative-text = Words that stand for the picture
audit-field-conclusion = Conclusion
audit-field-role = Role
audit-field-account = Person
audit-field-name = Name
audit-field-email = E-mail
audit-field-department = Department
audit-field-roles = General roles
audit-field-reason = Reason
audit-field-minute = Minute
audit-field-password = Password

change-from = From
change-to = to
change-text = New text
change-removed = (removed)
change-erased = The values were personal and have been erased

field-id-invalid = Write the whole id. You can copy it from an event.
field-to-date-before-start = The period ends before it begins.
audit-sessions = { $count ->
    [one] 1 login ended
   *[other] { $count } logins ended
}
audit-files = { $count ->
    [one] 1 file
   *[other] { $count } files
}
audit-action-history-read = Read the hearing’s history
