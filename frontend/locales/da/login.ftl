# Logging in.

login-title = Log ind
login-demo = Vælg en person
login-demo-text = Det her er en demonstration med opdigtede personer og høringer. Vælg, hvem du vil være.
login-account = Eller log ind med brugernavn
login-username = Brugernavn
login-password = Adgangskode
login-already = Du er logget ind som { $name }.
login-go-on = Fortsæt
