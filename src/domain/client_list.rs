//! Clients in the order in which they came, found by their ids.

use std::collections::{BTreeMap, HashMap};

/// Something that has a `client_id`.
pub trait Client {
    /// Its id.
    fn client_id(&self) -> &str;
}

/// The clients of one kind.
#[derive(Debug, Clone)]
pub struct ClientList<T> {
    clients: BTreeMap<u64, T>,
    numbers: HashMap<String, u64>,
    next_number: u64,
}

impl<T> Default for ClientList<T> {
    fn default() -> Self {
        Self { clients: BTreeMap::new(), numbers: HashMap::new(), next_number: 0 }
    }
}

impl<T: Client> ClientList<T> {
    /// The client with this id.
    #[must_use]
    pub fn get(&self, client_id: &str) -> Option<&T> {
        self.clients.get(self.numbers.get(client_id)?)
    }

    /// The client with this id, to change what is not its id.
    #[must_use]
    pub fn get_mut(&mut self, client_id: &str) -> Option<&mut T> {
        self.clients.get_mut(self.numbers.get(client_id)?)
    }

    /// Adds a client; whether its id was free.
    pub fn add(&mut self, client: T) -> bool {
        if self.numbers.contains_key(client.client_id()) {
            return false;
        }
        self.numbers.insert(client.client_id().to_owned(), self.next_number);
        self.clients.insert(self.next_number, client);
        self.next_number += 1;
        true
    }

    /// Takes a client away; whether there was one.
    pub fn remove(&mut self, client_id: &str) -> bool {
        self.numbers.remove(client_id).is_some_and(|number| self.clients.remove(&number).is_some())
    }

    /// All of them with their numbers, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (u64, &T)> {
        self.clients.iter().map(|(number, client)| (*number, client))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clients.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.clients.len()
    }
}

impl<T: Client> FromIterator<T> for ClientList<T> {
    /// Of two with one id the first counts.
    fn from_iter<I: IntoIterator<Item = T>>(clients: I) -> Self {
        let mut list = Self::default();
        for client in clients {
            list.add(client);
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Client for &str {
        fn client_id(&self) -> &str {
            self
        }
    }

    #[test]
    fn clients_keep_their_order_and_an_id_stands_once() {
        let mut list: ClientList<&str> = ["b", "a", "b"].into_iter().collect();
        assert!(!list.add("a") && list.add("c"));
        assert!(list.remove("a") && !list.remove("a"));
        assert!(list.add("a"));
        assert_eq!(list.iter().collect::<Vec<_>>(), [(0, &"b"), (2, &"c"), (3, &"a")]);
        assert_eq!((list.get("c"), list.get("d"), list.len(), list.is_empty()), (Some(&"c"), None, 3, false));
    }
}
