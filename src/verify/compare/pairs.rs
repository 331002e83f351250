//! Ids of one side and of the other that stand in the same places: where one comes again, so has the other to.

use std::collections::BTreeMap;

/// Which id stands for which, throughout a case.
#[derive(Debug, Default)]
pub struct Pairs {
    found_by_expected: BTreeMap<String, String>,
    expected_by_found: BTreeMap<String, String>,
}

impl Pairs {
    /// Whether two ids go together: none of them has gone with another.
    pub fn go_together(&mut self, expected: &str, found: &str) -> bool {
        let first = self.found_by_expected.entry(expected.to_owned()).or_insert_with(|| found.to_owned());
        let second = self.expected_by_found.entry(found.to_owned()).or_insert_with(|| expected.to_owned());
        first == found && second == expected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_goes_with_one_other() {
        let mut pairs = Pairs::default();
        assert!(pairs.go_together("a", "x") && pairs.go_together("b", "y") && pairs.go_together("a", "x"));
        assert!(!pairs.go_together("a", "y") && !pairs.go_together("c", "x"));
    }
}
