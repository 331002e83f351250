//! Ids get others: the same id the same one, wherever it stands, in order of appearance. So a recording tells nothing of where
//! it was made, and a second recording of the same differs in nothing.

use std::collections::HashMap;

use serde_json::{Map, Value};
use uuid::Uuid;

/// The length of a hyphenated UUID.
const LENGTH: usize = 36;

/// The UUID of the emulator's own project.
const PROJECT: Uuid = Uuid::from_u128(0x1111_1111_1111_4111_8111_1111_1111_1111);

/// Which id stands for which.
#[derive(Debug, Default)]
pub struct Renaming {
    /// `None`: every id is kept.
    names: Option<HashMap<Uuid, Uuid>>,
}

impl Renaming {
    /// One that keeps every id.
    #[must_use]
    pub fn none() -> Self {
        Self { names: None }
    }

    /// One that knows the project, which becomes the emulator's own.
    #[must_use]
    pub fn of_project(project_id: &str) -> Self {
        let mut renaming = Self { names: Some(HashMap::new()) };
        let uuid = project_id.get(project_id.len().saturating_sub(LENGTH)..).and_then(|uuid| Uuid::try_parse(uuid).ok());
        if let (Some(names), Some(uuid)) = (&mut renaming.names, uuid) {
            names.insert(uuid, PROJECT);
        }
        renaming
    }

    /// A text with each of the vendor's ids in it renamed: `user-test-<uuid>`.
    pub fn text(&mut self, text: &str) -> String {
        let Some(names) = &mut self.names else { return text.to_owned() };
        let (mut renamed, mut rest) = (String::with_capacity(text.len()), text);
        while let Some(at) = ["-test-", "-live-"].iter().filter_map(|infix| rest.find(infix)).min() {
            let (before, after) = rest.split_at(at + "-test-".len());
            renamed.push_str(before);
            rest = after;
            let uuid = after.get(..LENGTH).and_then(|uuid| Uuid::try_parse(uuid).ok());
            if let Some(uuid) = uuid {
                let count = names.len() as u128;
                // a UUID of version 4 to look at, that no service has given out
                let name = *names.entry(uuid).or_insert(Uuid::from_u128(count << 96 | 0x4000_8000_0000_0000_0000));
                renamed.push_str(&name.hyphenated().to_string());
                rest = &after[LENGTH..];
            }
        }
        renamed + rest
    }

    /// A value with every id in it renamed.
    pub fn value(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(elements) => elements.iter().map(|element| self.value(element)).collect(),
            Value::Object(members) => Value::Object(self.object(members)),
            other => other.clone(),
        }
    }

    /// An object with every id in it renamed.
    pub fn object(&mut self, members: &Map<String, Value>) -> Map<String, Value> {
        members.iter().map(|(key, value)| (self.text(key), self.value(value))).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ONE: &str = "16d9ba61-97a1-4ba4-9720-b03761dc50c6";
    const TWO: &str = "26d9ba61-97a1-4ba4-9720-b03761dc50c6";

    #[test]
    fn the_same_id_gets_the_same_other() {
        let mut renaming = Renaming::of_project(&format!("project-live-{ONE}"));
        let value = json!({
            "project_id": format!("project-live-{ONE}"),
            "user_id": format!("user-live-{TWO}"),
            "note": format!("see user-live-{TWO}, not a-test-thing or x-test-1"),
            "external_id": "customer-42",
        });
        let renamed = renaming.value(&value);
        assert_eq!(renamed["project_id"], "project-live-11111111-1111-4111-8111-111111111111");
        let user = renamed["user_id"].as_str().unwrap().to_owned();
        assert_eq!(user, "user-live-00000001-0000-4000-8000-000000000000");
        assert_eq!(Uuid::try_parse(&user[10..]).unwrap().get_version_num(), 4);
        assert_eq!(renamed["note"], format!("see {user}, not a-test-thing or x-test-1"));
        assert_eq!(renamed["external_id"], "customer-42");
        assert_eq!(Renaming::none().value(&value), value);
    }
}
