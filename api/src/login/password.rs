//! Passwords as they are stored: Argon2id, in PHC form.

use argon2::{
    Algorithm, Argon2, Block, Params, PasswordHasher, Version,
    password_hash::phc::{Output, PasswordHash},
};
use parking_lot::Mutex;

use super::Error;

/// Memory that hashing is done in, 19 MiB for each hash at once. It is kept and used again: given back to the allocator
/// each time, it would pile up in a place of its own for each thread.
static MEMORY: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());

/// What is hashed with when there is no account, so that it takes as long.
const NO_SALT: [u8; 16] = [0; 16];

/// Whether a password fits a stored hash. Without a hash it takes as long and says no.
///
/// # Errors
/// When the stored hash is none.
pub(super) fn verify(password: &str, stored: Option<&str>) -> Result<bool, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Hashing(error.to_string());
    let Some(stored) = stored else {
        let argon2 = Argon2::default();
        derive(&argon2, password, &NO_SALT, &mut [0; Params::DEFAULT_OUTPUT_LEN])?;
        return Ok(false);
    };
    let stored = PasswordHash::new(stored).map_err(|error| failed(&error))?;
    let (Some(salt), Some(expected)) = (stored.salt, stored.hash) else {
        return Err(failed(&"it has no salt or no hash"));
    };
    let algorithm = Algorithm::try_from(stored.algorithm.as_str()).map_err(|error| failed(&error))?;
    let version = stored.version.map_or(Ok(Version::default()), Version::try_from).map_err(|error| failed(&error))?;
    let params = Params::try_from(&stored).map_err(|error| failed(&error))?;
    let mut derived = vec![0; expected.len()];
    derive(&Argon2::new(algorithm, version, params), password, &salt, &mut derived)?;
    // Compared in constant time.
    Ok(Output::new(&derived).map_err(|error| failed(&error))? == expected)
}

fn derive(argon2: &Argon2<'_>, password: &str, salt: &[u8], into: &mut [u8]) -> Result<(), Error> {
    let blocks = argon2.params().block_count();
    let mut memory = MEMORY.lock().pop().unwrap_or_default();
    if memory.len() < blocks {
        memory.resize(blocks, Block::default());
    }
    // No more of it than this hash wants, though a costlier one may have left more.
    let room = memory.get_mut(..blocks).unwrap_or_default();
    let derived = argon2.hash_password_into_with_memory(password.as_bytes(), salt, into, room);
    MEMORY.lock().push(memory);
    derived.map_err(|error| Error::Hashing(error.to_string()))
}

/// Hashes a password for storage, in PHC form.
///
/// # Errors
/// When the system gives no random numbers.
pub(crate) fn hash(password: &str) -> Result<String, Error> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| Error::Hashing(error.to_string()))
}

#[cfg(test)]
mod tests {
    use argon2::PasswordVerifier;

    use super::*;

    #[test]
    fn only_the_right_password_fits() {
        let stored = hash("blåbærgrød").unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(verify("blåbærgrød", Some(&stored)).unwrap());
        assert!(!verify("Blåbærgrød", Some(&stored)).unwrap());
        assert!(!verify("blåbærgrød", None).unwrap());
        assert!(verify("blåbærgrød", Some("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ")).is_err());
    }

    /// A hash with other figures than today's, as an earlier version may have stored it.
    #[test]
    fn stored_figures_count() {
        let other = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(1024, 3, 2, None).unwrap());
        let stored = other.hash_password(b"hemmelig").unwrap().to_string();
        assert!(Argon2::default().verify_password(b"hemmelig", stored.as_str()).is_ok());
        assert!(verify("hemmelig", Some(&stored)).unwrap());
        assert!(!verify("hemmelig2", Some(&stored)).unwrap());
    }

    #[test]
    fn memory_is_used_again() {
        for _ in 0..20 {
            assert!(!verify("hemmelig", None).unwrap());
        }
        // As many as hash at once here: tests run beside each other.
        assert!(MEMORY.lock().len() <= std::thread::available_parallelism().unwrap().get() + 8);
    }
}
