# What surrounds every page, and what stands where a page is missing.

site-name = Hearings
document-title = { $page } – { $municipality }
skip-link = Skip to the content
breadcrumb = Breadcrumb
menu = Menu
menu-close = Close
menu-main = Main menu
nav-front = Home
nav-hearings = Hearings
nav-mine = My hearings
nav-workspace = Case work
nav-audit = Audit log
nav-jobs = Operations
nav-integrations = Integrations
log-in = Log in
log-out = Log out
log-out-everywhere = Log out everywhere
print = Print
search = Search
to-front = Go to the front page
try-again = Try again
cancel = Cancel
see-all-hearings = See all hearings

footer-about = Read and answer the municipality’s hearings.
footer-links = Shortcuts
footer-api = Data for other systems (API)
language-choice = Language

alert-info = Information
alert-success = Success
alert-warning = Warning
alert-error = Error
dialog-close = Close
tag-remove = Remove filter

offline-heading = You are offline
offline-text = You can go on reading and writing. What you write stays on the page and is saved when the connection is back.
session-unknown-heading = We cannot see whether you are logged in
page-not-now = This page cannot be shown right now
new-version-heading = This page has been updated
new-version-text = Load the new version when it suits you. What you are writing is not lost.
new-version-reload = Load the new version

unknown-value = Unknown
remote-loading = Loading { $what } …
remote-failed = We could not load { $what }
remote-unreachable = No connection: we could not load { $what }
remote-reference = Contact the municipality if this goes on. Give them the reference { $reference }.
what-hearings = the hearings
what-hearing = the hearing
what-responses = the responses
what-answer = your response
what-conclusion = the conclusion
what-receipt = your receipt
what-mine = your hearings
what-terms = the text on how responses are used
what-login = the page where you log in

login-first = You have to log in
not-found = This page does not exist
not-found-text = Perhaps the address is misspelt, or the page has been removed. You can look for the hearing in the list.
not-found-or-login = This page does not exist, or you have to log in
not-found-or-login-text = Some hearings can only be seen by those they are for. Log in, and you come back here.
forbidden = You do not have access to this page
forbidden-text = This page is for staff with a certain role. Contact the municipality’s IT support if you think that you should have access.

list-more = Show more
list-shown = { $count ->
    [one] Showing 1
   *[other] Showing { $count }
}
table-sort = Sort by this column

steps = Steps
step-done = Step { $number } is done

session-ending-heading = You will soon be logged out
session-ending-text = You have not used the site for a while. In less than two minutes you will be logged out, unless you stay.
session-stay = Stay logged in
session-ended-heading = You have been logged out
session-ended-text = What you have written is not lost. Log in again, and you come back to the same page.
session-log-in-again = Log in again
log-out-failed-heading = You are not logged out yet
log-out-failed-text = We could not reach the server, so you are still logged in on this computer. Nothing of what you have written has been deleted. Close the browser if this goes on.
log-out-failed-back = Back to the page
log-out-unsaved-heading = Something is not saved
log-out-unsaved-text = We have tried to save, but could not save everything. If you log out now, you lose:
log-out-unsaved-words = what you have written on this page and has not been saved
log-out-unsaved-files = files that have not been sent completely
log-out-unsaved-on-device = text from before or from another tab that is on this computer only
log-out-stay = Stay here
log-out-anyway = Log out anyway
session-other-heading = { $name } is logged in now
session-other-text = Another person has logged in in this browser, so this page cannot save any more. What you have written as { $name } is on this computer. It will not be saved as anybody else’s. Log in again as { $name }, and you go on here.
session-other-log-in = Log in as { $name }
session-other-go-on = Go to the front page as { $name }
log-out-everywhere-failed-heading = You are not logged out everywhere yet
log-out-everywhere-failed-text = If this goes on, log in again and try once more.
