//! A concurrent map in two layers: an immutable base that any number of worlds share, and the changes made on
//! top of it. Going back to the base, or starting another world from it, copies nothing.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dashmap::DashMap;
use dashmap::mapref::one::Ref;
use foldhash::fast::RandomState;

/// A map by ids: hashed fast, since every request does it, and not proof against somebody who chooses ids to collide.
pub type IdMap<K, V> = HashMap<K, V, RandomState>;

/// A map that was built once and is only read.
pub type Base<K, V> = Arc<IdMap<K, V>>;

/// A power of two, and no more with more processors: a thousand projects cost what they hold.
const SHARDS: usize = 8;

/// A base and its changes; `None` marks what was removed.
#[derive(Debug)]
pub struct Layered<K: Eq + Hash, V> {
    base: Base<K, V>,
    changes: DashMap<K, Option<V>, RandomState>,
    /// Whether there was ever a change: most maps are only read, and then one look is enough.
    is_changed: AtomicBool,
}

impl<K: Clone + Eq + Hash, V: Clone> Layered<K, V> {
    /// A map that holds what `base` holds.
    #[must_use]
    pub fn over(base: Base<K, V>) -> Self {
        let changes = DashMap::with_hasher_and_shard_amount(RandomState::default(), SHARDS);
        Self { base, changes, is_changed: AtomicBool::new(false) }
    }

    /// The value under `key`.
    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        match self.change(key) {
            Some(change) => change.value().clone(),
            None => self.base.get(key).cloned(),
        }
    }

    fn change<Q>(&self, key: &Q) -> Option<Ref<'_, K, Option<V>>>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        if self.is_changed.load(Ordering::Acquire) { self.changes.get(key) } else { None }
    }

    /// Whether there is a value under `key`.
    pub fn contains<Q>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        match self.change(key) {
            Some(change) => change.is_some(),
            None => self.base.contains_key(key),
        }
    }

    /// Whether there is a value under `key`, or was one.
    pub fn has_known<Q>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.changes.contains_key(key) || self.base.contains_key(key)
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
        self.changes.insert(key, change);
        self.is_changed.store(true, Ordering::Release);
    }

    /// What the map holds now, as a base for others.
    #[must_use]
    pub fn freeze(&self) -> Base<K, V> {
        if self.changes.is_empty() {
            return Arc::clone(&self.base);
        }
        let mut merged = (*self.base).clone();
        for change in &self.changes {
            match change.value() {
                Some(value) => merged.insert(change.key().clone(), value.clone()),
                None => merged.remove(change.key()),
            };
        }
        Arc::new(merged)
    }

    /// Whether the map may hold more than `count` values; a cheap upper estimate.
    #[must_use]
    pub fn may_exceed(&self, count: usize) -> bool {
        self.base.len() + self.changes.len() > count
    }

    /// All values, in no order.
    #[must_use]
    pub fn values(&self) -> Vec<V> {
        let untouched = self.base.iter().filter(|(key, _)| !self.changes.contains_key(*key)).map(|(_, value)| value.clone());
        untouched.chain(self.changes.iter().filter_map(|change| change.value().clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_cover_the_base_and_leave_it_alone() {
        let base = Arc::new(IdMap::from_iter([("a", 1), ("b", 2)]));
        let map = Layered::over(Arc::clone(&base));
        map.insert("b", 20);
        map.insert("c", 30);
        map.remove("a");
        assert_eq!((map.get("a"), map.get("b"), map.get("c"), map.get("d")), (None, Some(20), Some(30), None));
        assert!(!map.contains("a"));
        assert_eq!((map.has_known("a"), map.has_known("b"), map.has_known("c"), map.has_known("d")), (true, true, true, false));
        let mut values = map.values();
        values.sort_unstable();
        assert_eq!(values, [20, 30]);
        assert_eq!(*map.freeze(), IdMap::from_iter([("b", 20), ("c", 30)]));
        assert_eq!(*base, IdMap::from_iter([("a", 1), ("b", 2)]));
        assert!(Arc::ptr_eq(&Layered::over(Arc::clone(&base)).freeze(), &base));
    }
}
