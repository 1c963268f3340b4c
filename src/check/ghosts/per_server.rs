//! A value for each server.

use crate::types::ServerId;

/// A value for each server, at first the default. There are few servers, so that a copy is cheap.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct PerServer<T>(Vec<T>);

impl<T: Default> PerServer<T> {
    /// A server's value, if it was ever set.
    #[inline]
    pub fn find(&self, server: ServerId) -> Option<&T> {
        self.0.get(usize::from(server.0))
    }

    /// A server's value, to be changed.
    #[inline]
    pub fn of(&mut self, server: ServerId) -> &mut T {
        let place = usize::from(server.0);
        if self.0.len() <= place {
            self.0.resize_with(place + 1, T::default);
        }
        &mut self.0[place]
    }
}

impl<T: Copy + Default> PerServer<T> {
    /// A server's value.
    #[inline]
    pub fn get(&self, server: ServerId) -> T {
        self.find(server).copied().unwrap_or_default()
    }
}
