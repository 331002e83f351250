//! A value that is shared until somebody changes it (copy on write): a part of a project that most projects have none of,
//! shared by worlds, snapshots and templates.

use std::sync::Arc;

use parking_lot::Mutex;

/// A value that is read whole, and copied by the first change after it was shared.
#[derive(Debug, Default)]
pub struct CopyOnWrite<T>(Mutex<Arc<T>>);

impl<T: Clone> CopyOnWrite<T> {
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
        let value = CopyOnWrite::of(Arc::new(vec![1]));
        let before = value.read();
        assert!(Arc::ptr_eq(&before, &value.read()));
        assert_eq!(value.change(Vec::pop), Some(1));
        assert_eq!((before.as_slice(), value.read().as_slice()), ([1].as_slice(), [].as_slice()));
    }
}
