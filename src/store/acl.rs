//! Who may do what with a znode. Source: `PrepRequestProcessor.fixupACL`,
//! `ZooKeeperServer.checkACL`, `org.apache.zookeeper.server.auth`; fact sheet §8.
//!
//! Identities are those that a connection has proved; its address, which everyone has, goes without
//! saying.

use std::net::Ipv4Addr;
use std::sync::Arc;

use super::identity::CLIENT_ADDRESS;
use crate::api::OpError;
use crate::types::{Acl, Identity, perms};

/// The list as it goes into a transaction: duplicates removed (the first one stays), and each
/// `auth` replaced by the client's own identities.
///
/// # Errors
/// [`OpError::InvalidAcl`] if it is empty or holds an entry that names nobody.
pub(super) fn fix_up(list: &Arc<[Acl]>, own: &[Identity]) -> Result<Arc<[Acl]>, OpError> {
    if let [entry] = &list[..]
        && is_everyone(entry)
    {
        return Ok(Arc::clone(list));
    }
    let is_first = |(at, entry): &(usize, &Acl)| !list[..*at].contains(entry);
    let mut fixed = Vec::with_capacity(list.len());
    for (_, entry) in list.iter().enumerate().filter(is_first) {
        match &*entry.scheme {
            "auth" => fixed.extend(expanded(entry.perms, own)?),
            _ if is_valid(entry) => fixed.push(entry.clone()),
            _ => return Err(OpError::InvalidAcl),
        }
    }
    if fixed.is_empty() { Err(OpError::InvalidAcl) } else { Ok(fixed.into()) }
}

/// One entry for each identity that was proved, in the order of the hash table in which ZooKeeper
/// keeps them; the super user's second name is none. Source: fact sheet §8.
fn expanded(perms: u32, own: &[Identity]) -> Result<Vec<Acl>, OpError> {
    let mut own: Vec<&Identity> = own.iter().filter(|known| &*known.scheme != "super").collect();
    if own.is_empty() {
        return Err(OpError::InvalidAcl);
    }
    own.sort_by_key(|known| bucket(known));
    let entry = |known: &Identity| {
        let (scheme, id) = (Arc::clone(&known.scheme), Arc::clone(&known.id));
        Acl { perms, scheme, id }
    };
    Ok(own.into_iter().map(entry).collect())
}

/// The place of an identity among the sixteen of a Java hash set.
fn bucket(identity: &Identity) -> u32 {
    let scheme = (37_i32 * 17).wrapping_add(java_hash(&identity.scheme));
    let hash = scheme.wrapping_mul(37).wrapping_add(java_hash(&identity.id)).cast_unsigned();
    (hash ^ (hash >> 16)) % 16
}

/// Source: `java.lang.String.hashCode`.
fn java_hash(text: &str) -> i32 {
    text.encode_utf16().fold(0_i32, |hash, unit| hash.wrapping_mul(31).wrapping_add(unit.into()))
}

fn is_valid(entry: &Acl) -> bool {
    match &*entry.scheme {
        "world" => &*entry.id == "anyone",
        "digest" => is_digest(&entry.id),
        "ip" => Network::from_text(&entry.id).is_some(),
        _ => false,
    }
}

/// Two parts with a colon between; empty parts at the end do not count, as in Java's `split`.
fn is_digest(id: &str) -> bool {
    let mut parts: Vec<&str> = id.split(':').collect();
    while parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    parts.len() == 2
}

/// Whether a znode with this list permits what `needed` (bits of [`perms`]) names to a client with
/// these identities. One bit of several is enough.
///
/// # Errors
/// [`OpError::NoAuth`] if it does not.
pub(super) fn check(list: &[Acl], needed: u32, own: &[Identity]) -> Result<(), OpError> {
    let permits =
        |entry: &Acl| entry.perms & needed != 0 && (is_everyone(entry) || matches(entry, own));
    if list.is_empty() || list.iter().any(permits) || own.iter().any(is_super) {
        Ok(())
    } else {
        Err(OpError::NoAuth)
    }
}

/// Whether a znode with this list may be read, and whether someone who watches it may be told.
pub fn may_read(list: &[Acl], own: &[Identity]) -> bool {
    check(list, perms::READ, own).is_ok()
}

fn matches(entry: &Acl, own: &[Identity]) -> bool {
    match &*entry.scheme {
        "ip" => Network::from_text(&entry.id).is_some_and(|network| network.contains_clients()),
        scheme => own.iter().any(|known| *known.scheme == *scheme && known.id == entry.id),
    }
}

fn is_everyone(entry: &Acl) -> bool {
    &*entry.scheme == "world" && &*entry.id == "anyone"
}

fn is_super(identity: &Identity) -> bool {
    &*identity.scheme == "super"
}

/// The list as a client may see it: who may not set it, sees no hashes of passwords.
/// Source: `FinalRequestProcessor.handleGetACLRequest`.
pub(super) fn shown(list: &Arc<[Acl]>, own: &[Identity]) -> Arc<[Acl]> {
    if check(list, perms::ADMIN, own).is_ok() {
        return Arc::clone(list);
    }
    let masked = |entry: &Acl| match entry.id.split_once(':') {
        Some((user, _)) if &*entry.scheme == "digest" => {
            Acl { id: format!("{user}:x").into(), ..entry.clone() }
        }
        _ => entry.clone(),
    };
    list.iter().map(masked).collect()
}

/// `10.0.0.0/8`: an IPv4 address and how many of its bits count. As in 3.8.0 there is no IPv6.
struct Network {
    address: u32,
    bits: u32,
}

impl Network {
    fn from_text(text: &str) -> Option<Network> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, bits.parse().ok().filter(|bits| *bits <= 32)?),
            None => (text, 32),
        };
        Some(Network { address: address_of(address)?, bits })
    }

    fn contains_clients(&self) -> bool {
        let address = address_of(CLIENT_ADDRESS).expect("an IPv4 address");
        let differing = self.address ^ address;
        self.bits == 0 || differing >> (32 - self.bits) == 0
    }
}

/// Four numbers, each of them with leading zeros if it likes. Source:
/// `IPAuthenticationProvider.v4addr2Bytes`.
fn address_of(text: &str) -> Option<u32> {
    let numbers: Option<Vec<u8>> = text.split('.').map(|number| number.parse().ok()).collect();
    let bytes: [u8; 4] = numbers?.try_into().ok()?;
    Some(Ipv4Addr::from(bytes).to_bits())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::fix_up;
    use crate::api::OpError;
    use crate::store::acl;
    use crate::types::{Acl, Identity, perms};

    fn acl(entries: &[(&str, &str)]) -> Arc<[Acl]> {
        let entry =
            |&(scheme, id): &(&str, &str)| Acl { perms: 1, scheme: scheme.into(), id: id.into() };
        entries.iter().map(entry).collect()
    }

    #[test]
    fn a_list_names_people_who_can_be() {
        let own = [Identity { scheme: "digest".into(), id: "bob:hash".into() }];
        let check = |entry: (&str, &str), expected: Result<&[(&str, &str)], OpError>| {
            assert_eq!(fix_up(&acl(&[entry]), &own), expected.map(acl), "{entry:?}");
        };
        check(("world", "anyone"), Ok(&[("world", "anyone")]));
        check(("auth", "whoever"), Ok(&[("digest", "bob:hash")]));
        for valid in ["10.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "010.0.0.1/+8"] {
            check(("ip", valid), Ok(&[("ip", valid)]));
        }
        for invalid in ["", "10.0.0", "300.0.0.1", "::1", "10.0.0.1/33", "10.0.0.1/"] {
            check(("ip", invalid), Err(OpError::InvalidAcl));
        }
        for invalid in ["", ":", "a:", "a:b:c", "a"] {
            check(("digest", invalid), Err(OpError::InvalidAcl));
        }
        check(("digest", ":b"), Ok(&[("digest", ":b")]));
        check(("World", "anyone"), Err(OpError::InvalidAcl));
    }

    #[test]
    fn one_of_the_bits_is_enough_and_super_is_always() {
        let list = acl(&[("digest", "bob:hash"), ("ip", "127.1.0.0/16")]);
        let known = |scheme: &str, id: &str| [Identity { scheme: scheme.into(), id: id.into() }];
        let bob = known("digest", "bob:hash");
        assert_eq!(acl::check(&list, perms::READ | perms::ADMIN, &bob), Ok(()));
        assert_eq!(acl::check(&list, perms::WRITE, &bob), Err(OpError::NoAuth));
        assert_eq!(acl::check(&list, perms::READ, &[]), Err(OpError::NoAuth));
        assert_eq!(acl::check(&list, perms::WRITE, &known("super", "")), Ok(()));
        assert_eq!(acl::check(&acl(&[("ip", "127.0.0.0/8")]), perms::READ, &[]), Ok(()));
    }
}
