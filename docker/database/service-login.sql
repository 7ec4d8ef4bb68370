-- The login that the service runs as, made when the database is. The migrations, run by the owner, give its role what
-- it may do and no more.
\getenv password AGORA_SERVICE_PASSWORD
CREATE ROLE agora_service NOLOGIN;
CREATE ROLE agora_app LOGIN IN ROLE agora_service PASSWORD :'password';
