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
field-list-too-long = Der er for mange. Fjern nogle, og prøv igen.
field-number-out-of-range = Tallet er for stort eller for lille.
field-date-required = Vælg en dato.
field-date-out-of-range = Datoen skal ligge mellem år 2000 og 2099.
field-email-invalid = Skriv en e-mailadresse som navn@kommune.dk.
field-section-repeated = Afsnittet er allerede med.
field-username-text-required = Skriv dit brugernavn.
field-password-text-required = Skriv din adgangskode.

save-saving = Gemmer …
save-saved = Gemt { $time }
save-failed = Ikke gemt endnu. Teksten bliver på siden.

upload-drop = Træk filer hertil, eller vælg dem:
upload-drop-one = Træk et billede hertil, eller vælg det:
upload-list = Valgte filer
upload-waiting = Venter …
upload-sending = Sender … { $percent } %
upload-checking = Tjekker filen …
upload-kept = { $name } er tilføjet.
upload-failed = { $name }: { $reason }
upload-removed = { $name } er fjernet.
upload-remove = Fjern
upload-remove-of = Fjern { $name }
upload-rename = Omdøb
upload-rename-of = Omdøb { $name }
upload-changed = Dokumentet hedder nu { $name }.
rename-name = Nyt navn
rename-save = Gem navn
upload-retry-of = Prøv igen med { $name }
field-attachments-files-under-way = Vent, til alle filer er sendt.
field-attachments-files-failed = Ikke alle filer er kommet med. Prøv igen, eller fjern dem fra listen.
field-file-name-required = Filen mangler et navn. Giv den et, og prøv igen.
field-file-name-too-long = Filens navn er for langt. Giv filen et kortere navn, og prøv igen.
field-file-name-path = Filens navn må ikke begynde med et punktum eller indeholde skråstreger.

file-type-pdf = PDF
file-type-docx = Word
file-type-odt = OpenDocument
file-type-xlsx = Excel
file-type-png = PNG-billede
file-type-jpeg = JPEG-billede
file-type-text = tekst
file-type-unknown = fil
file-not-yet = – kan hentes, når filen er tjekket for virus
file-not-looked-at = – kan hentes om lidt, når filen er gjort klar til at blive vist for andre
file-not-shown = – kan ikke vises, fordi der ikke kan laves en kopi, som andre må se

toolbar = Formatering
toolbar-bold = Fed
toolbar-italic = Kursiv
toolbar-heading = Overskrift
toolbar-bullets = Punktopstilling
toolbar-numbers = Nummereret liste
toolbar-link = Link
save-lost = Ikke gemt: Det kan ikke gemmes her længere. Se øverst på siden.
field-reason-text-required = Skriv, hvorfor du fjerner adgangen.

conflict-mine = Det, du har skrevet
conflict-theirs = Det, der er gemt
conflict-theirs-at = Gemt den { $at }
conflict-theirs-by = Gemt af { $name }
conflict-theirs-by-at = Gemt af { $name } den { $at }
conflict-in-form = Det, der står i felterne nu
conflict-overwrite = Erstat den gemte udgave med min
conflict-overwrite-of = Erstat udgaven fra { $name } med min
conflict-load = Hent den gemte udgave
conflict-load-of = Hent udgaven fra { $name }
conflict-not-saved = Ikke gemt: Vælg øverst på siden, hvilken udgave der skal gælde.
conflict-aside-heading = Det, du havde skrevet
conflict-aside-in-form = Det, der stod i felterne før
conflict-aside-of = Udgaven fra { $name }, som du erstattede
conflict-aside-saved = Den gemte udgave, som du erstattede
conflict-aside-text = Teksten er lagt til side på denne computer i op til 14 dage, eller til du sletter den eller logger ud. Herunder kan du se, hvor den afviger fra det, der står i felterne nu.
conflict-aside-loose = Browseren kan ikke gemme teksten på denne computer. Den står kun her, indtil du forlader siden. Herunder kan du se, hvor den afviger fra det, der står i felterne nu.
conflict-aside-same = Det samme står i felterne nu, så du kan roligt slette teksten her.
conflict-put-back = Brug min tekst igen
conflict-put-back-other = Brug denne tekst igen
conflict-drop = Slet min tekst
conflict-drop-other = Slet denne tekst

take-away-copy = Kopiér teksten
take-away-file = Hent teksten som fil
take-away-copied = Teksten er kopieret.
take-away-not-copied = Teksten kunne ikke kopieres. Hent den som fil i stedet.

lost-hearing = Du har ikke længere adgang til høringen
lost-hearing-text = Høringen er slettet, eller din adgang er fjernet, mens du skrev. Derfor kan det, du har skrevet, ikke gemmes.
lost-right = Du kan ikke længere skrive her
lost-right-text = Din rolle på høringen er ændret, mens du skrev. Derfor kan det, du har skrevet, ikke gemmes.
lost-draft = Teksten kan ikke gemmes her længere
lost-draft-text = Kladden findes ikke mere. Måske har du sendt eller slettet den i en anden fane.
lost-words = Din tekst står i felterne, indtil du forlader siden. Kopiér eller hent den her:
lost-contact = Er det en fejl, så spørg kontaktpersonen:
