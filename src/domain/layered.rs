//! A concurrent map in two layers: an immutable base that any number of worlds share, and the changes made on
//! top of it. Going back to the base, or starting another world from it, copies nothing.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dashmap::DashMap;
use foldhash::fast::RandomState;

/// A map by ids: hashed fast, since every request does it, and not proof against somebody who chooses ids to collide.
pub type IdMap<K, V> = HashMap<K, V, RandomState>;

/// A map that was built once and is only read.
pub type Base<K, V> = Arc<IdMap<K, V>>;

/// A power of two, and no more with more processors: a thousand projects cost what they hold.
const SHARDS: usize = 8;

/// What has changed since a base was made; `None` marks what was removed.
#[derive(Debug)]
pub struct Changes<K: Eq + Hash, V> {
    map: DashMap<K, Option<V>, RandomState>,
    /// Whether there was ever a change: most bases are only read, and then one look is enough.
    is_changed: AtomicBool,
}

impl<K: Eq + Hash, V: Clone> Default for Changes<K, V> {
    fn default() -> Self {
        Self { map: DashMap::with_hasher_and_shard_amount(RandomState::default(), SHARDS), is_changed: AtomicBool::new(false) }
    }
}

impl<K: Eq + Hash, V: Clone> Changes<K, V> {
    /// The value under `key`: the changed one, if it was changed, or else what `base` has.
    pub fn get_or<Q>(&self, key: &Q, base: impl FnOnce() -> Option<V>) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        match self.is_changed.load(Ordering::Acquire).then(|| self.map.get(key)).flatten() {
            Some(change) => change.value().clone(),
            None => base(),
        }
    }

    /// Whether the value under `key` was changed, or removed.
    pub fn has<Q>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.is_changed.load(Ordering::Acquire) && self.map.contains_key(key)
    }

    /// Puts a value under `key`.
    pub fn insert(&self, key: K, value: V) {
        self.put(key, Some(value));
    }

    /// Takes away what is under `key`.
    pub fn remove(&self, key: K) {
        self.put(key, None);
    }

    fn put(&self, key: K, change: Option<V>) {
        self.map.insert(key, change);
        self.is_changed.store(true, Ordering::Release);
    }

    /// How many values were changed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether there was no change yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.is_changed.load(Ordering::Acquire)
    }

    /// The values that were changed and not removed, in no order.
    #[must_use]
    pub fn values(&self) -> Vec<V> {
        self.map.iter().filter_map(|change| change.value().clone()).collect()
    }
}

/// A base and its changes.
#[derive(Debug)]
pub struct Layered<K: Eq + Hash, V> {
    base: Base<K, V>,
    changes: Changes<K, V>,
}

impl<K: Clone + Eq + Hash, V: Clone> Layered<K, V> {
    /// A map that holds what `base` holds.
    #[must_use]
    pub fn over(base: Base<K, V>) -> Self {
        Self { base, changes: Changes::default() }
    }

    /// The value under `key`.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<V> {
        self.changes.get_or(key, || self.base.get(key).cloned())
    }

    /// Puts a value under `key`.
    pub fn insert(&self, key: K, value: V) {
        self.changes.insert(key, value);
    }

    /// What the map holds now, as a base for others.
    #[must_use]
    pub fn freeze(&self) -> Base<K, V> {
        if self.changes.is_empty() {
            return Arc::clone(&self.base);
        }
        let mut merged = (*self.base).clone();
        for change in &self.changes.map {
            match change.value() {
                Some(value) => merged.insert(change.key().clone(), value.clone()),
                None => merged.remove(change.key()),
            };
        }
        Arc::new(merged)
    }

    /// All values, in no order.
    #[must_use]
    pub fn values(&self) -> Vec<V> {
        let untouched = self.base.iter().filter(|(key, _)| !self.changes.has(*key)).map(|(_, value)| value.clone());
        untouched.chain(self.changes.values()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_cover_the_base_and_leave_it_alone() {
        let base = Arc::new(IdMap::from_iter([("a", 1), ("b", 2)]));
        let map = Layered::over(Arc::clone(&base));
        assert!(Arc::ptr_eq(&map.freeze(), &base));
        map.insert("b", 20);
        map.insert("c", 30);
        map.changes.remove("a");
        assert_eq!((map.get(&"a"), map.get(&"b"), map.get(&"c"), map.get(&"d")), (None, Some(20), Some(30), None));
        assert_eq!((map.changes.has("a"), map.changes.has("d")), (true, false));
        let mut values = map.values();
        values.sort_unstable();
        assert_eq!(values, [20, 30]);
        assert_eq!(*map.freeze(), IdMap::from_iter([("b", 20), ("c", 30)]));
        assert_eq!(*base, IdMap::from_iter([("a", 1), ("b", 2)]));
    }
}
