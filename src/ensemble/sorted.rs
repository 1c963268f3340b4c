//! A map kept as a sorted vector: for the few dozen things that live at a time and are looked up
//! several times at every step. A new key mostly comes last.

/// A map from `K` to `V`, in the order of the keys.
#[derive(Clone, Hash, Debug)]
pub(crate) struct SortedMap<K, V> {
    entries: Vec<(K, V)>,
}

impl<K: Copy + Ord, V> SortedMap<K, V> {
    pub fn new() -> SortedMap<K, V> {
        SortedMap { entries: Vec::new() }
    }

    pub fn find(&self, key: K) -> Option<&V> {
        self.position(key).ok().map(|position| &self.entries[position].1)
    }

    pub fn find_mut(&mut self, key: K) -> Option<&mut V> {
        self.position(key).ok().map(|position| &mut self.entries[position].1)
    }

    /// The value of the key, which is made if there is none.
    pub fn find_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let position = match self.position(key) {
            Ok(position) => position,
            Err(position) => {
                self.entries.insert(position, (key, make()));
                position
            }
        };
        &mut self.entries[position].1
    }

    /// Adds a value, or replaces the one that the key had, which is answered.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.position(key) {
            Ok(position) => Some(std::mem::replace(&mut self.entries[position].1, value)),
            Err(position) => {
                self.entries.insert(position, (key, value));
                None
            }
        }
    }

    pub fn remove(&mut self, key: K) -> Option<V> {
        let position = self.position(key).ok()?;
        Some(self.entries.remove(position).1)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &V)> {
        self.entries.iter().map(|(key, value)| (*key, value))
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = (K, &mut V)> {
        self.entries.iter_mut().map(|(key, value)| (*key, value))
    }

    fn position(&self, key: K) -> Result<usize, usize> {
        self.entries.binary_search_by_key(&key, |(key, _)| *key)
    }
}

impl<K: Copy + Ord, V> Default for SortedMap<K, V> {
    fn default() -> SortedMap<K, V> {
        SortedMap::new()
    }
}
