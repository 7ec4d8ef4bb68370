# Forms: errors at fields, saving, the toolbar.
#
# A field's error is looked up as field-<names in its pointer>-<code>, then as field-<code>.

error-summary = { $count ->
    [0] Det lykkedes ikke
    [one] Ret 1 fejl
   *[other] Ret { $count } fejl
}
field-error = Fejl:
field-optional = (frivilligt)
field-left = { $count ->
    [one] Du har 1 tegn tilbage
   *[other] Du har { $count } tegn tilbage
}
field-too-long = { $count ->
    [one] Du har skrevet 1 tegn for meget
   *[other] Du har skrevet { $count } tegn for meget
}

field-text-required = Feltet skal udfyldes.
field-text-too-long = Teksten er for lang.
field-text-forbidden-character = Teksten indeholder et skjult tegn, som ikke kan gemmes. Slet stedet, og skriv det igen.
field-list-too-long = Der er for mange. Fjern nogle, og prøv igen.
field-number-out-of-range = Tallet er for stort eller for lille.
field-date-required = Vælg en dato.
field-date-out-of-range = Datoen skal ligge mellem år 2000 og 2100.
field-email-invalid = Skriv en e-mailadresse som navn@kommune.dk.
field-section-repeated = Afsnittet er allerede med.
field-username-text-required = Skriv dit brugernavn.
field-password-text-required = Skriv din adgangskode.

save-saving = Gemmer …
save-saved = Gemt { $time }
save-failed = Ikke gemt endnu. Teksten bliver på siden.
save-stale = Ikke gemt: Du har også teksten åben et andet sted og har rettet den dér. Kopiér det, du mangler, og genindlæs siden.

toolbar = Formatering
toolbar-bold = Fed
toolbar-italic = Kursiv
toolbar-heading = Overskrift
toolbar-bullets = Punktopstilling
toolbar-numbers = Nummereret liste
toolbar-link = Link
