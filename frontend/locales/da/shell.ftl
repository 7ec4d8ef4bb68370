# What surrounds every page, and what stands where a page is missing.

site-name = Høringsportalen
document-title = { $page } – { $municipality }
skip-link = Gå til sidens indhold
breadcrumb = Brødkrummesti
menu = Menu
menu-close = Luk
menu-main = Hovedmenu
nav-front = Forside
nav-hearings = Høringer
nav-mine = Mine høringer
nav-workspace = Sagsbehandling
nav-audit = Revisionslog
nav-jobs = Drift
nav-integrations = Integrationer
log-in = Log ind
log-out = Log ud
log-out-everywhere = Log ud alle steder
print = Udskriv
search = Søg
to-front = Gå til forsiden
try-again = Prøv igen
cancel = Annuller
see-all-hearings = Se alle høringer

footer-about = Her kan du læse og svare på kommunens høringer.
footer-links = Genveje
footer-api = Data til andre systemer (API)
language-choice = Sprog

alert-info = Information
alert-success = Succes
alert-warning = Advarsel
alert-error = Fejl
dialog-close = Luk
tag-remove = Fjern filter

offline-heading = Du har ingen internetforbindelse
offline-text = Du kan læse videre og skrive. Det, du skriver, bliver på siden og gemmes, når forbindelsen er tilbage.
session-unknown-heading = Vi kan ikke se, om du er logget ind
page-not-now = Siden kan ikke vises lige nu
new-version-heading = Siden er blevet opdateret
new-version-text = Hent den nye udgave, når det passer dig. Det, du er i gang med at skrive, går ikke tabt.
new-version-reload = Hent den nye udgave

unknown-value = Ukendt
remote-loading = Henter { $what } …
remote-failed = Vi kunne ikke hente { $what }
remote-unreachable = Ingen forbindelse: Vi kunne ikke hente { $what }
remote-reference = Kontakt kommunen, hvis fejlen bliver ved, og oplys referencen { $reference }.
what-hearings = høringerne
what-hearing = høringen
what-responses = høringssvarene
what-answer = dit svar
what-conclusion = konklusionen
what-receipt = din kvittering
what-mine = dine høringer
what-terms = teksten om, hvordan svarene bruges
what-login = siden, hvor du logger ind

login-first = Du skal logge ind
not-found = Siden findes ikke
not-found-text = Måske er adressen skrevet forkert, eller også er siden fjernet. Du kan lede efter høringen på listen.
not-found-or-login = Siden findes ikke, eller du skal logge ind
not-found-or-login-text = Nogle høringer kan kun ses af de personer, de er rettet til. Log ind, så kommer du tilbage hertil.
forbidden = Du har ikke adgang til siden
forbidden-text = Siden er for medarbejdere med en bestemt rolle. Kontakt kommunens it-support, hvis du mener, at du skal have adgang.

list-more = Vis flere
list-shown = { $count ->
    [one] Viser 1
   *[other] Viser { $count }
}
table-sort = Sortér efter denne kolonne

steps = Trin
step-done = Trin { $number } er klaret

session-ending-heading = Du bliver snart logget ud
session-ending-text = Du har ikke brugt siden i et stykke tid. Om under to minutter bliver du logget ud, medmindre du vælger at blive.
session-stay = Bliv logget ind
session-ended-heading = Du er blevet logget ud
session-ended-text = Det, du har skrevet, er ikke tabt. Log ind igen, så kommer du tilbage til samme side.
session-log-in-again = Log ind igen
log-out-failed-heading = Du er ikke logget ud endnu
log-out-failed-text = Vi kunne ikke få forbindelse til serveren, så du er stadig logget ind på denne computer. Intet af det, du har skrevet, er slettet. Luk browseren, hvis det bliver ved.
log-out-failed-back = Tilbage til siden
log-out-unsaved-heading = Noget er ikke gemt
log-out-unsaved-text = Vi har prøvet at gemme, men det lykkedes ikke for alt. Hvis du logger ud nu, mister du:
log-out-unsaved-words = det, du har skrevet på denne side og ikke har fået gemt
log-out-unsaved-files = filer, der ikke er sendt færdigt
log-out-unsaved-on-device = tekst fra tidligere eller fra en anden fane, som kun ligger på denne computer
log-out-stay = Bliv her
log-out-anyway = Log ud alligevel
session-other-heading = { $name } er logget ind nu
session-other-text = Der er logget ind som en anden i denne browser, så siden kan ikke gemme mere. Det, du har skrevet som { $name }, ligger på denne computer. Det bliver ikke gemt som en anden. Log ind igen som { $name }, så fortsætter du her.
session-other-log-in = Log ind som { $name }
session-other-go-on = Gå til forsiden som { $name }
log-out-everywhere-failed-heading = Du er ikke logget ud alle steder endnu
log-out-everywhere-failed-text = Log ind igen, hvis det bliver ved, og prøv så en gang til.
