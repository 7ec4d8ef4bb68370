# The workspace: the list of hearings, a new hearing, the queue of jobs.

yes = Ja
no = Nej
undo = Fortryd

role-owner = Høringsejer
role-case-worker = Sagsbehandler
role-reviewer = Reviewer
role-invitee = Inviteret
role-owner-means = Retter og offentliggør høringen, læser svarene og skriver konklusionen.
role-case-worker-means = Læser alle svar med afsender og arbejder med dem.
role-reviewer-means = Læser høringen, før den bliver offentliggjort.
role-invitee-means = Kan se høringen og svare på den. Portalen sender ikke besked.

workspace-login = Log ind for at arbejde med høringer.
workspace-lead = Her er de høringer, du arbejder med.
workspace-search = Søg i dine høringer
workspace-table = Høringer, du arbejder med
workspace-column-hearing = Høring
workspace-column-deadline = Frist
workspace-column-responses = Svar
workspace-column-role = Din rolle
workspace-column-updated = Ændret
workspace-no-deadline = Ikke sat
workspace-in-progress = I gang
workspace-all = Alle, også afsluttede
workspace-none-found = Prøv med andre eller færre ord, eller vælg en anden status eller rolle.
workspace-empty = Du har ingen høringer i gang
workspace-empty-creator = Når du opretter en høring, står den her. Det tager få minutter, og du kan gøre den færdig i ro og mag.
workspace-empty-employee = Når en høringsejer giver dig en rolle på en høring, står den her. Du kan stadig læse og svare på de høringer, du er inviteret til.
workspace-see-ended = Se også dem, der er afsluttet
workspace-first = Opret din første høring

new-title = Ny høring
new-lead = Giv høringen en titel. Så opretter vi en kladde, som kun du kan se, og du skriver resten på næste side.
new-field = Høringens titel
new-field-hint = Skriv kort, hvad forslaget handler om, fx »Ny struktur på skoleområdet«.
new-not-heading = En høring er ikke en partshøring
new-not-text = Skal du høre en part i en konkret sag efter forvaltningslovens § 19, skal det ske i sagen og ikke her.
new-create = Opret kladde

what-people = deltagerne
what-employees = medarbejderne
people-search = Søg efter navn, afdeling eller e-mail
people-search-hint = Skriv begyndelsen af et navn, en afdeling eller en e-mailadresse, og søg.
people-none-found = Vi fandt ingen medarbejdere
people-none-found-text = Prøv med begyndelsen af fornavnet, efternavnet, afdelingen eller e-mailadressen.
what-history = historikken
what-audit-log = revisionsloggen
what-audit-seal = hvor langt loggen er forseglet
what-jobs = jobbene

jobs-title = Drift: job i kø
jobs-login = Log ind for at se køen.
jobs-lead = Mails og andet, der sker bagefter, ligger i en kø. Her ser du det, der ikke er nået endnu, og det, der gik galt.
jobs-dead = Opgivet
jobs-waiting = Venter
jobs-none-dead = Intet er gået galt
jobs-none-dead-text = Hvis vi opgiver et job efter mange forsøg, står det her, så du kan prøve igen.
jobs-none-waiting = Køen er tom.
jobs-column-kind = Job
jobs-column-why = Hvorfor det ikke lykkedes
jobs-column-attempts = Forsøg
jobs-column-queued = Sat i kø
jobs-column-next = Næste forsøg
jobs-column-action = Handling
jobs-not-tried = Ikke forsøgt endnu
jobs-retry-label = Prøv igen: { $name }
jobs-retried = Jobbet er sat i gang igen.
jobs-changed = Jobbet er ændret i mellemtiden. Listen er hentet igen.

what-integrations = integrationerne
integrations-title = Integrationer
integrations-login = Log ind for at se integrationerne.
integrations-lead = Her ser du, hvad høringsportalen er forbundet med, og om det virker lige nu.
integrations-column-port = Bruges til
integrations-column-adapter = Sat op med
integrations-column-state = Status
integrations-again = Spørg igen
integration-ok = Virker
integration-full = Ingen plads
integration-incomplete = Noget mangler
integration-failing = Virker ikke
integration-off = Ikke sat op
port-identity-provider = Log ind
port-mail = Mail
port-file-store = Filer
port-virus-scanner = Virusscanning
adapter-built-in = Brugere i portalen selv
adapter-file = Mails skrives i en mappe
adapter-local = En mappe
adapter-s3 = Et S3-kompatibelt lager
adapter-none = Ingenting
without-virus-scanner = Filer bliver ikke tjekket for virus. De er markeret som »ikke scannet«.
without-identity-provider = Ingen kan logge ind.
without-mail = Mails kan ikke sendes. De venter i køen.
file-store-full = Der er ikke plads til flere filer. Dem, der er der, kan hentes.
files-lost =
    { $count ->
        [one] En fil er gået tabt og kan ikke hentes. Bed driften om at køre »agora files verify«.
       *[other] { $count } filer er gået tabt og kan ikke hentes. Bed driften om at køre »agora files verify«.
    }
without-file-store = Filer kan hverken gemmes eller hentes. Alt andet virker.
job-mail-receipt = Kvittering på mail
job-hearing-opened = Høring åbnet
job-hearing-deadline-passed = Frist udløbet
job-file-remove-content = Slet en fil, som ingen bruger
job-file-look-at = Gør en ældre fil klar til at blive vist
job-hearing-image-sizes = Lav størrelser af en hørings billede

versions-show = Vis tidligere udgaver
versions-show-of = Vis tidligere udgaver af svar nr. { $number }
versions-heading = Udgave { $version }
versions-from = sendt
versions-to = gjaldt til
