//! State of a project that most projects have none of: one immutable value, shared by worlds, snapshots and templates until
//! somebody changes it.

use std::sync::Arc;

use parking_lot::Mutex;

/// A value that is read whole, and copied by the first change after it was shared.
#[derive(Debug, Default)]
pub struct Registry<T>(Mutex<Arc<T>>);

impl<T: Clone> Registry<T> {
    /// One that begins with what a project at rest has.
    #[must_use]
    pub fn of(state: Arc<T>) -> Self {
        Self(Mutex::new(state))
    }

    /// The value as it is now.
    #[must_use]
    pub fn read(&self) -> Arc<T> {
        Arc::clone(&self.0.lock())
    }

    /// Changes the value; nobody else changes it in between.
    pub fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        change(Arc::make_mut(&mut self.0.lock()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_a_change_stays_as_it_was() {
        let registry = Registry::of(Arc::new(vec![1]));
        let before = registry.read();
        assert!(Arc::ptr_eq(&before, &registry.read()));
        assert_eq!(registry.change(Vec::pop), Some(1));
        assert_eq!((before.as_slice(), registry.read().as_slice()), ([1].as_slice(), [].as_slice()));
    }
}
