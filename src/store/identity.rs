//! How a client proves who it is. Source: `DigestAuthenticationProvider`,
//! `IPAuthenticationProvider`; fact sheet §8.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest as _, Sha1};

use super::StoreConfig;
use crate::api::OpError;
use crate::types::Identity;

/// The address from which every client calls: that of its server's own machine.
pub const CLIENT_ADDRESS: &str = "127.0.0.1";

/// Adds to `identities` what `auth` proves by `scheme`.
///
/// # Errors
/// [`OpError::AuthFailed`] where nothing is proved by such a scheme; the connection has to go.
pub fn authenticate(
    config: &StoreConfig,
    identities: &Arc<[Identity]>,
    scheme: &str,
    auth: &[u8],
) -> Result<Arc<[Identity]>, OpError> {
    match scheme {
        // The address is known anyway.
        "ip" => Ok(Arc::clone(identities)),
        "digest" => {
            let digest = digest_of(&String::from_utf8_lossy(auth));
            let is_super = config.super_digest.as_deref() == Some(&digest);
            let above = is_super.then(|| identity("super", ""));
            let proved = above.into_iter().chain([identity("digest", &digest)]);
            let mut all = identities.to_vec();
            for identity in proved {
                if !all.contains(&identity) {
                    all.push(identity);
                }
            }
            Ok(all.into())
        }
        _ => Err(OpError::AuthFailed),
    }
}

/// `user:BASE64(SHA1(user:password))`, for a text of any shape.
/// Source: `DigestAuthenticationProvider.generateDigest`.
pub fn digest_of(user_and_password: &str) -> String {
    let user = user_and_password.split(':').next().unwrap_or_default();
    let hash = Sha1::digest(user_and_password.as_bytes());
    format!("{user}:{}", STANDARD.encode(hash))
}

/// What whoAmI tells: everyone's address, and of the rest no hashes.
pub(super) fn who(identities: &[Identity]) -> Arc<[Identity]> {
    let shown = identities.iter().map(|known| {
        let user = known.id.split(':').next().unwrap_or_default();
        identity(&known.scheme, user)
    });
    std::iter::once(identity("ip", CLIENT_ADDRESS)).chain(shown).collect()
}

fn identity(scheme: &str, id: &str) -> Identity {
    Identity { scheme: scheme.into(), id: id.into() }
}

#[cfg(test)]
mod tests {
    use super::digest_of;

    #[test]
    fn digests_are_zookeepers() {
        assert_eq!(digest_of("user1:12345"), "user1:+owfoSBn/am19roBPzR1/MfCblE=");
    }
}
