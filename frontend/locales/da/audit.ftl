# The audit log's codes in plain words, and the auditors' page.

audit-title = Revisionslog
audit-login = Log ind for at læse revisionsloggen.
audit-lead = Her kan du se, hvem der gjorde hvad og hvornår. Det bliver også registreret, at du læser her.
audit-sealed = Loggen er forseglet til og med hændelse nr. { $position } ({ $at }). Hvis nogen retter eller fjerner en forseglet hændelse, kan det bevises.
audit-not-sealed = Ingen hændelser er forseglet endnu.
audit-seal-delayed = Forseglingen er gået i stå
audit-seal-delayed-text = { $count ->
    [one] 1 hændelse venter på at blive forseglet, siden { $since }.
   *[other] { $count } hændelser venter på at blive forseglet, den ældste siden { $since }.
} Sig det til dem, der driver Agora. Så længe det varer, kan det ikke bevises, at de nyeste hændelser er urørte.
audit-table = Hændelser, nyeste først
audit-column-when = Hvornår
audit-column-who = Hvem
audit-column-what = Hvad
audit-column-object = Vedrører
audit-column-outcome = Udfald
audit-column-changes = Ændringer
audit-column-details = Mere
audit-from = Fra og med
audit-to = Til og med
audit-person-id = Person-id
audit-person-is = Person: { $name }
audit-choose-person = Vælg en person
audit-choose = Vælg
audit-choose-label = Vælg { $name }
audit-hearing = Hørings-id
audit-object-id = Id
audit-entry = Hændelses-id
audit-source = Kilde (sløret adresse)
audit-request = Forespørgsels-id
audit-show = Vis hændelser
audit-show-all = Vis alle hændelser
audit-none = Vi fandt ingen hændelser
audit-none-text = Prøv en længere periode eller færre filtre.
audit-nobody = Ukendt person
audit-erased-person = Slettet person
audit-deleted-hearing = Slettet høring
audit-only-person = Vis kun hændelser af { $name }
audit-only-hearing = Vis kun hændelser om »{ $title }«
audit-times = { $count } gange
audit-rows = { $count ->
    [one] 1 række
   *[other] { $count } rækker
}
audit-values = { $count ->
    [one] 1 oplysning
   *[other] { $count } oplysninger
}
audit-details = Se mere
audit-details-from = Kilde { $source }
audit-details-changes = { $count ->
    [one] 1 ændring
   *[other] { $count } ændringer
}
audit-details-both = { $count ->
    [one] 1 ændring, kilde { $source }
   *[other] { $count } ændringer, kilde { $source }
}

audit-action-logged-in = Loggede ind
audit-action-login-failed = Forsøgte at logge ind
audit-action-logged-out = Loggede ud
audit-action-logged-out-everywhere = Loggede ud alle steder
audit-action-login-throttled = Måtte vente med at logge ind
audit-action-account-changed = Oprettede eller rettede en konto
audit-action-access-denied = Blev afvist
audit-action-hearing-created = Oprettede høringen
audit-action-hearing-changed = Rettede høringen
audit-action-hearing-published = Offentliggjorde høringen
audit-action-hearing-opened = Høringen åbnede
audit-action-hearing-deadline-passed = Fristen udløb
audit-action-conclusion-begun = Begyndte på konklusionen
audit-action-hearing-concluded = Konkluderede høringen
audit-action-hearing-deleted = Slettede kladden til høringen
audit-action-role-given = Gav en rolle
audit-action-role-taken = Fjernede en rolle
audit-action-access-revoked = Fjernede en inviterets adgang
audit-action-draft-created = Begyndte på et svar
audit-action-draft-discarded = Slettede en kladde til et svar
audit-action-response-sent = Sendte et svar
audit-action-response-edited = Rettede sit svar
audit-action-response-withdrawn = Trak sit svar tilbage
audit-action-responses-read = Læste svar med afsendere
audit-action-document-added = Tilføjede et dokument eller et billede
audit-action-document-changed = Omdøbte et dokument
audit-action-document-removed = Fjernede et dokument eller et billede
audit-action-attachment-added = Tilføjede et bilag til sin kladde
audit-action-attachment-removed = Fjernede et bilag fra sin kladde
audit-action-attachments-read = Hentede bilag til høringssvar
audit-action-employees-read = Slog medarbejdere op
audit-action-audit-log-read = Læste revisionsloggen
audit-action-jobs-read = Så jobkøen
audit-action-job-retried = Satte et job i gang igen
audit-action-values-erased = Slettede personoplysninger i loggen

audit-object-account = Konto
audit-object-session = Login
audit-object-hearing = Høring
audit-object-role = Rolle
audit-object-draft = Kladde til svar
audit-object-response = Høringssvar
audit-object-document = Dokument eller billede
audit-object-attachment = Bilag
audit-object-employee = Medarbejdere
audit-object-audit-log = Revisionslog
audit-object-job = Job
audit-object-address = Adresse

audit-outcome-done = Gennemført
audit-outcome-denied = Afvist

capacity-employee = Medarbejder
capacity-citizen = Borger
capacity-company = Virksomhed

audit-field-title = Titel
audit-field-summary = Resumé
audit-field-sections = Tekst
audit-field-audience = Hvem høringen er for
audit-field-invitation-only = Lukket høring
audit-field-start = Start
audit-field-deadline = Frist
audit-field-contact-name = Kontaktpersonens navn
audit-field-contact-department = Kontaktpersonens afdeling
audit-field-contact-email = Kontaktpersonens e-mail
audit-field-contact-phone = Kontaktpersonens telefon
audit-field-responses-shown = Hvornår svarene vises
audit-field-respondent-shown = Hvad andre ser af afsenderen
audit-field-image = Billede
audit-field-image-alternative-text = Alternativ tekst til billedet
audit-field-conclusion = Konklusion
audit-field-role = Rolle
audit-field-account = Person
audit-field-name = Navn
audit-field-email = E-mail
audit-field-department = Afdeling
audit-field-roles = Generelle roller
audit-field-reason = Begrundelse
audit-field-minute = Minut
audit-field-password = Adgangskode

change-from = Fra
change-to = til
change-text = Ny tekst
change-removed = (fjernet)
change-erased = Værdierne var personoplysninger og er slettet

field-id-invalid = Skriv hele id’et. Du kan kopiere det fra en hændelse.
field-to-date-before-start = Perioden slutter, før den begynder.
audit-sessions = { $count ->
    [one] 1 login afsluttet
   *[other] { $count } logins afsluttet
}
audit-files = { $count ->
    [one] 1 fil
   *[other] { $count } filer
}
audit-action-history-read = Læste høringens historik
