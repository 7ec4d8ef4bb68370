//! What a connection may be used for: a client that takes nothing of what it is sent is let go of.

use std::{any::Any, time::Duration};

use actix_web::{dev::Extensions, rt::net::TcpStream};

/// For each new connection: closed when what was sent over it has not been taken for so long, however the client keeps
/// it open. The system does that, because nothing here is asked to go on while a client takes nothing.
pub fn bound_by(limit: Duration) -> impl Fn(&dyn Any, &mut Extensions) + Send + Sync + 'static {
    move |connection, _| {
        if let Some(connection) = connection.downcast_ref::<TcpStream>()
            && let Err(error) = close_after(connection, limit)
        {
            tracing::warn!(%error, "a connection has no limit on how long nothing is taken of it");
        }
    }
}

#[cfg(target_os = "linux")]
fn close_after(connection: &TcpStream, limit: Duration) -> std::io::Result<()> {
    socket2::SockRef::from(connection).set_tcp_user_timeout(Some(limit))
}

// Other systems have no such limit: they are for trying it out.
#[cfg(not(target_os = "linux"))]
fn close_after(_: &TcpStream, _: Duration) -> std::io::Result<()> {
    Ok(())
}
