//! A login for the service in a private cluster: in the role that may do the service's work and nothing more.

use tokio_postgres::NoTls;

/// The login's name.
pub const LOGIN: &str = "agora_app";

/// Makes the database `name` unless it is there. `url` is that of a superuser, in any database of the cluster.
///
/// # Errors
/// When the cluster does not answer.
pub async fn database(url: &str, name: &str) -> Result<(), tokio_postgres::Error> {
    let client = connect(url).await?;
    let known = client.query_opt("SELECT FROM pg_database WHERE datname = $1", &[&name]).await?;
    if known.is_none() {
        client.batch_execute(&format!("CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")).await?;
    }
    Ok(())
}

/// Makes the login, or gives it this password. After the migrations, which make its role. The password is made by this
/// service of letters and digits.
///
/// # Errors
/// When the cluster does not answer.
pub async fn service_login(url: &str, password: &str) -> Result<(), tokio_postgres::Error> {
    let client = connect(url).await?;
    let known = client.query_opt("SELECT FROM pg_roles WHERE rolname = $1", &[&LOGIN]).await?;
    if known.is_none() {
        client.batch_execute(&format!("CREATE ROLE {LOGIN} LOGIN IN ROLE agora_service")).await?;
    }
    let password: String = password.chars().filter(char::is_ascii_alphanumeric).collect();
    client.batch_execute(&format!("ALTER ROLE {LOGIN} PASSWORD '{password}'")).await
}

async fn connect(url: &str) -> Result<tokio_postgres::Client, tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "the connection that provisions ended");
        }
    });
    Ok(client)
}
