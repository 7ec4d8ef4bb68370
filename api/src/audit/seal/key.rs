//! The key of the seals, and what is made with it.

use diesel::data_types::PgTimestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha512};

use super::{
    canonical::{Bytes, FORMAT, LoggedEntry},
    rows::Seal,
};
use crate::secret::Secret;

/// Makes seals and tells whether they are genuine. Made from the service's secret key.
#[derive(Clone)]
pub struct SealKey {
    hmac: Hmac<Sha256>,
    id: String,
}

impl SealKey {
    /// The seals' key of a service with this secret key.
    #[must_use]
    pub fn derived_from(secret: &Secret) -> Self {
        let key = Sha512::new().chain_update(b"audit seal\0").chain_update(secret.expose()).finalize();
        let mut key = Self { hmac: Hmac::new(&key), id: String::new() };
        key.id = hex::encode(key.mac(b"key id\0", &[]).get(..4).unwrap_or_default());
        key
    }

    /// Which key it is; tells nothing of the key itself.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The seals of entries in a row, behind the seal `head` or at the chain's beginning.
    pub(super) fn seals(
        &self,
        head: Option<Seal>,
        entries: &[LoggedEntry],
        caught_up: bool,
        now: PgTimestamp,
    ) -> Vec<Seal> {
        let (mut position, mut previous) = head.map_or((0, Vec::new()), |head| (head.position, head.mac));
        let seal = |(index, entry): (usize, &LoggedEntry)| {
            position += 1;
            let mut seal = Seal {
                position,
                entry_id: entry.id,
                mac: Vec::new(),
                sealed_at: now,
                format: FORMAT,
                key_id: self.id.clone(),
                digest: self.digest(entry, FORMAT),
                caught_up: caught_up && index + 1 == entries.len(),
            };
            seal.mac = self.link(&previous, &seal);
            previous.clone_from(&seal.mac);
            seal
        };
        entries.iter().enumerate().map(seal).collect()
    }

    /// What a seal of a format holds of its entry.
    pub(super) fn digest(&self, entry: &LoggedEntry, format: i32) -> Vec<u8> {
        self.mac(b"entry\0", &entry.canonical(format))
    }

    /// What ties a seal to the one before: over everything in it but this itself.
    pub(super) fn link(&self, previous: &[u8], seal: &Seal) -> Vec<u8> {
        let Seal { position, entry_id, mac: _, sealed_at, format, key_id, digest, caught_up } = seal;
        let mut bytes = Bytes::default();
        bytes.field(Some(previous));
        bytes.field(Some(&position.to_be_bytes()));
        bytes.field(Some(entry_id.as_bytes()));
        bytes.field(Some(&sealed_at.0.to_be_bytes()));
        bytes.field(Some(&format.to_be_bytes()));
        bytes.field(Some(key_id));
        bytes.field(Some(digest));
        bytes.field(Some([u8::from(*caught_up)]));
        self.mac(b"link\0", &bytes.0)
    }

    fn mac(&self, purpose: &[u8], bytes: &[u8]) -> Vec<u8> {
        self.hmac.clone().chain_update(purpose).chain_update(bytes).finalize().into_bytes().to_vec()
    }
}

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealKey").field("id", &self.id).finish_non_exhaustive()
    }
}
