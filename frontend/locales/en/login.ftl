# Logging in.

login-title = Log in
login-demo = Choose a person
login-demo-text = This is a demonstration with made-up people and hearings. Choose who you want to be.
login-account = Or log in with a user name
login-username = User name
login-password = Password
login-already = You are logged in as { $name }.
login-go-on = Go on
