# Hearings: front page, list, a hearing's own page.

status-draft = Draft
status-scheduled = Not started
status-open = Open for responses
status-processing = Being processed
status-concluded = Concluded
status-cancelled = Cancelled

left-days = { $days } days left
left-tomorrow = Tomorrow is the last day
left-today = Today is the last day
left-none = The deadline has passed
when-opens = Opens { $date }
when-deadline = Deadline { $date }
when-deadline-planned = Planned deadline { $date }
when-deadline-was = The deadline was { $date }

card-days-left = days left
card-draft = You have a draft
card-answered = You have answered (no. { $number })
card-invitation-only = Invitation only
response-count = { $count ->
    [0] No responses yet
    [one] 1 response
   *[other] { $count } responses
}

front-title = Have your say before it is decided
front-lead = Here you find the proposals the municipality has sent out for hearing. Read them, send your response, and see afterwards what came of it.
front-waiting = Waiting for your response
front-drafts = Your drafts
front-tasks = Your tasks
front-open = Open hearings now
front-none-open = There are no open hearings right now
front-none-open-text = When a new proposal is put in hearing, it stands here. You can still read the earlier ones.
draft-saved = Saved { $time }
task-conclude = Needs a conclusion
how = How it works
how-read = Read the proposal
how-read-text = At the top of each hearing you see what it is about and when the deadline is.
how-write = Write your response
how-write-text = Your draft is saved while you write. You see the whole response as others will see it before you send it.
how-outcome = See what came of it
how-outcome-text = When the responses have been processed, the conclusion stands on the same page.

search-hearings = Search hearings
list-title = Hearings
filter-status = Status
filter-all = All
filter-order = Order
filter-counted = { $value } ({ $count })
filter-at-least = { $value } ({ $count }+)
filter-audience = Audience
filter-audience-internal = For employees only
filter-audience-public = Public hearings
filter-words = Search: { $words }
order-deadline = Deadline: soonest first
order-deadline-descending = Deadline: latest first
order-updated = Changed: oldest first
order-updated-descending = Changed: newest first
order-title = Title
order-relevance = Best match first
list-results = Results
list-none-found = We found no hearings
list-none-found-text = Try other or fewer words, or remove a filter.
list-show-all = Show all hearings
list-empty = There are no hearings to show
list-empty-text = When the municipality puts a proposal in hearing, you find it here. Some hearings you only see when you are logged in.

hearing-aside = About the hearing
hearing-contents = Contents
hearing-facts = Facts
hearing-timeline = Course
hearing-conclusion = Conclusion
hearing-documents = Documents
hearing-how-used = How responses are used
hearing-to-workspace = Open the hearing in case work
fact-deadline = Deadline
fact-audience = Who can answer
fact-audience-internal = The municipality’s employees
fact-audience-public = Everybody who is logged in
fact-audience-invited = Only those invited
fact-shown = Who can see the responses
fact-sender = What others see of the sender
fact-responses = Responses received
fact-contact = Questions about the hearing
shown-never = Responses are not shown to others. Only the staff who process the hearing read them.
shown-when-approved = Others who can see the hearing can read the responses as soon as they are sent.
shown-after-deadline = Others who can see the hearing can read the responses when the deadline has passed.
sender-name-and-department = Name and department
sender-department = Department
sender-nothing = Nothing
timeline-published = Published
timeline-open = Open for responses
timeline-processing = Responses are processed
timeline-concluded = Conclusion
timeline-from-to = From { $from } to { $to }

section-answer = Answer this section
section-answer-to = Answer this section: { $title }
back-to-hearing = Back to the hearing
