//! Who may do what with a znode, as far as everyone is the same person: scheme `world` only.
//! Source: `PrepRequestProcessor.fixupACL`, `ZooKeeperServer.checkACL`; fact sheet §8.

use std::sync::Arc;

use crate::api::OpError;
use crate::types::Acl;

/// The list as it goes into a transaction: duplicates removed, the first one stays.
///
/// # Errors
/// [`OpError::InvalidAcl`] if it is empty or holds an entry that names nobody we know.
pub(super) fn fix_up(list: &Arc<[Acl]>) -> Result<Arc<[Acl]>, OpError> {
    if list.is_empty() || !list.iter().all(is_everyone) {
        return Err(OpError::InvalidAcl);
    }
    let is_first = |(at, entry): &(usize, &Acl)| !list[..*at].contains(entry);
    if list.iter().enumerate().all(|item| is_first(&item)) {
        return Ok(Arc::clone(list));
    }
    Ok(list.iter().enumerate().filter(is_first).map(|(_, entry)| entry.clone()).collect())
}

/// Whether a znode with this list permits what `needed` (bits of [`perms`](crate::types::perms))
/// names.
///
/// # Errors
/// [`OpError::NoAuth`] if it does not.
pub(super) fn check(list: &[Acl], needed: u32) -> Result<(), OpError> {
    let permits = |entry: &Acl| entry.perms & needed != 0 && is_everyone(entry);
    if list.is_empty() || list.iter().any(permits) { Ok(()) } else { Err(OpError::NoAuth) }
}

fn is_everyone(entry: &Acl) -> bool {
    &*entry.scheme == "world" && &*entry.id == "anyone"
}
