# Hearings: front page, list, a hearing's own page.

status-draft = Kladde
status-scheduled = Afventer start
status-open = Åben for svar
status-processing = Under behandling
status-concluded = Konkluderet
status-cancelled = Aflyst

left-days = { $days } dage tilbage
left-tomorrow = Sidste dag er i morgen
left-today = Sidste dag er i dag
left-none = Fristen er udløbet
when-opens = Åbner { $date }
when-deadline = Frist { $date }
when-deadline-planned = Planlagt frist { $date }
when-deadline-was = Fristen var { $date }

card-days-left = dage tilbage
card-draft = Du har en kladde
card-answered = Du har svaret (nr. { $number })
card-invitation-only = Lukket høring
response-count = { $count ->
    [0] Ingen svar endnu
    [one] 1 svar
   *[other] { $count } svar
}

front-title = Sig din mening, før det bliver besluttet
front-lead = Her finder du de forslag, kommunen har i høring. Læs dem, send dit svar, og se bagefter, hvad der kom ud af det.
front-waiting = Venter på dit svar
front-drafts = Dine kladder
front-tasks = Dine opgaver
front-open = Åbne høringer lige nu
front-none-open = Der er ingen åbne høringer lige nu
front-none-open-text = Når et nyt forslag kommer i høring, står det her. Du kan stadig læse de tidligere høringer.
draft-saved = Gemt { $time }
task-conclude = Mangler en konklusion
how = Sådan fungerer det
how-read = Læs forslaget
how-read-text = Øverst på hver høring kan du se, hvad den handler om, og hvornår fristen er.
how-write = Skriv dit svar
how-write-text = Din kladde gemmes, mens du skriver. Du ser hele svaret, som andre vil se det, før du sender.
how-outcome = Se, hvad der kom ud af det
how-outcome-text = Når svarene er behandlet, står konklusionen på samme side.

search-hearings = Søg i høringer
list-title = Høringer
filter-status = Status
filter-all = Alle
filter-order = Rækkefølge
filter-counted = { $value } ({ $count })
filter-at-least = { $value } ({ $count }+)
filter-audience = Målgruppe
filter-audience-internal = Kun for medarbejdere
filter-audience-public = Offentlige høringer
filter-words = Søgeord: { $words }
order-deadline = Frist: udløber først
order-deadline-descending = Frist: udløber sidst
order-updated = Ændret: ældste først
order-updated-descending = Ændret: nyeste først
order-title = Titel
order-relevance = Bedste match først
list-results = Resultater
list-none-found = Vi fandt ingen høringer
list-none-found-text = Prøv med andre eller færre ord, eller fjern et filter.
list-show-all = Vis alle høringer
list-empty = Der er ingen høringer at vise
list-empty-text = Når kommunen sender et forslag i høring, kan du finde det her. Nogle høringer ser du først, når du er logget ind.

hearing-aside = Om høringen
hearing-contents = Indhold
hearing-facts = Fakta
hearing-timeline = Forløb
hearing-conclusion = Konklusion
hearing-documents = Dokumenter
hearing-how-used = Sådan bruges svarene
hearing-to-workspace = Åbn høringen i sagsbehandlingen
fact-deadline = Frist
fact-audience = Hvem kan svare
fact-audience-internal = Kommunens medarbejdere
fact-audience-public = Alle, der er logget ind
fact-audience-invited = Kun dem, der er inviteret
fact-shown = Hvem kan se svarene
fact-sender = Hvad andre ser af afsenderen
fact-responses = Modtagne svar
fact-contact = Spørgsmål til høringen
shown-never = Svarene vises ikke for andre. Kun de medarbejdere, der behandler høringen, læser dem.
shown-when-approved = Andre, der kan se høringen, kan læse svarene, så snart de er sendt.
shown-after-deadline = Andre, der kan se høringen, kan læse svarene, når fristen er udløbet.
sender-name-and-department = Navn og afdeling
sender-department = Afdeling
sender-nothing = Ingenting
timeline-published = Offentliggjort
timeline-open = Åben for svar
timeline-processing = Svarene behandles
timeline-concluded = Konklusion
timeline-from-to = Fra { $from } til { $to }

section-answer = Svar på dette afsnit
section-answer-to = Svar på dette afsnit: { $title }
back-to-hearing = Tilbage til høringen
