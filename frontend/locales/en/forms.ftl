# Forms: errors at fields, saving, the toolbar.
#
# A field's error is looked up as field-<names in its pointer>-<code>, then as field-<code>.

error-summary = { $count ->
    [0] That did not work
    [one] Correct 1 error
   *[other] Correct { $count } errors
}
field-error = Error:
field-optional = (optional)
field-left = { $count ->
    [one] You have 1 character left
   *[other] You have { $count } characters left
}
field-too-long = { $count ->
    [one] You have written 1 character too many
   *[other] You have written { $count } characters too many
}

field-text-required = This field must be filled in.
field-text-too-long = The text is too long.
field-list-too-long = There are too many. Remove some, and try again.
field-number-out-of-range = The number is too large or too small.
field-date-required = Choose a date.
field-date-out-of-range = The date must lie between the years 2000 and 2099.
field-email-invalid = Write an e-mail address like name@municipality.dk.
field-section-repeated = The section is there already.
field-username-text-required = Write your user name.
field-password-text-required = Write your password.

save-saving = Saving …
save-saved = Saved { $time }
save-failed = Not saved yet. The text stays on the page.

upload-drop = Drag files here, or choose them:
upload-drop-one = Drag a picture here, or choose it:
upload-list = Chosen files
upload-waiting = Waiting …
upload-sending = Sending … { $percent } %
upload-checking = Checking the file …
upload-kept = { $name } has been added.
upload-failed = { $name }: { $reason }
upload-removed = { $name } has been removed.
upload-remove = Remove
upload-remove-of = Remove { $name }
upload-rename = Rename
upload-rename-of = Rename { $name }
upload-changed = The document is called { $name } now.
rename-name = New name
rename-save = Save name
upload-retry-of = Try again with { $name }
field-attachments-files-under-way = Wait until all files have been sent.
field-attachments-files-failed = Not all files have arrived. Try again, or remove them from the list.
field-file-name-required = The file has no name. Give it one and try again.
field-file-name-too-long = The file’s name is too long. Give the file a shorter name and try again.
field-file-name-path = The file’s name cannot begin with a full stop or have slashes in it.

file-type-pdf = PDF
file-type-docx = Word
file-type-odt = OpenDocument
file-type-xlsx = Excel
file-type-png = PNG picture
file-type-jpeg = JPEG picture
file-type-text = text
file-type-unknown = file
file-not-yet = – can be fetched once it has been checked for viruses
file-not-looked-at = – can be fetched in a while, when it has been made ready to be shown to others
file-not-shown = – cannot be shown, because no copy of it can be made that others may see

toolbar = Formatting
toolbar-bold = Bold
toolbar-italic = Italic
toolbar-heading = Heading
toolbar-bullets = Bulleted list
toolbar-numbers = Numbered list
toolbar-link = Link
save-lost = Not saved: it can no longer be saved here. See the top of the page.
field-reason-text-required = Write why you revoke the access.

conflict-mine = What you have written
conflict-theirs = What is saved
conflict-theirs-at = Saved on { $at }
conflict-theirs-by = Saved by { $name }
conflict-theirs-by-at = Saved by { $name } on { $at }
conflict-in-form = What is in the fields now
conflict-overwrite = Replace the saved version with mine
conflict-overwrite-of = Replace { $name }’s version with mine
conflict-load = Use the saved version
conflict-load-of = Use { $name }’s version
conflict-not-saved = Not saved: choose at the top of the page which version to keep.
conflict-aside-heading = What you had written
conflict-aside-in-form = What was in the fields before
conflict-aside-of = { $name }’s version, which you replaced
conflict-aside-saved = The saved version that you replaced
conflict-aside-text = The text is put aside on this computer for up to 14 days, or until you delete it or log out. Below you can see where it differs from what is in the fields now.
conflict-aside-loose = The browser cannot keep the text on this computer. It is only here until you leave the page. Below you can see where it differs from what is in the fields now.
conflict-aside-same = The fields say the same now, so you can safely delete the text here.
conflict-put-back = Use my text again
conflict-put-back-other = Use this text again
conflict-drop = Delete my text
conflict-drop-other = Delete this text

take-away-copy = Copy the text
take-away-file = Download the text
take-away-copied = The text is copied.
take-away-not-copied = The text could not be copied. Download it instead.

lost-hearing = You no longer have access to the hearing
lost-hearing-text = The hearing was deleted, or your access was removed, while you were writing. That is why what you have written cannot be saved.
lost-right = You can no longer write here
lost-right-text = Your role on the hearing was changed while you were writing. That is why what you have written cannot be saved.
lost-draft = The text can no longer be saved here
lost-draft-text = The draft is not there any more. Perhaps you have sent or deleted it in another tab.
lost-words = Your text is in the fields until you leave the page. Copy or download it here:
lost-contact = If this is a mistake, ask the contact person:
