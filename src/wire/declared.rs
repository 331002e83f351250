//! The parameters and fields that each operation declares, at hand for every request. They are a copy of what the OpenAPI
//! document says of them: a line for each operation, with its name and a tab before theirs, and after each the JSON types that it
//! takes.
//! A test holds the copy to the document (`UPDATE_DOCS=1 cargo test --test it openapi` makes it anew).

/// A line for each operation.
static LINES: &str = include_str!("declared.txt");

/// What one operation declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared(&'static str);

impl Declared {
    /// What an operation declares, by the operation's name; nothing if there is none of this name.
    #[must_use]
    pub fn of(operation: &str) -> Self {
        let line = LINES.lines().find_map(|line| line.strip_prefix(operation)?.strip_prefix('\t'));
        Self(line.unwrap_or_default())
    }

    /// Whether it has a query parameter or a field of this name.
    #[must_use]
    pub fn has(self, name: &str) -> bool {
        self.types(name).is_some()
    }

    /// Whether it has a field of this name that takes values of this JSON type.
    #[must_use]
    pub fn takes(self, name: &str, json_type: &str) -> bool {
        self.types(name).is_some_and(|mut types| types.any(|known| known == json_type))
    }

    fn types(self, name: &str) -> Option<impl Iterator<Item = &'static str>> {
        self.0.split(' ').find_map(|declared| Some(declared.strip_prefix(name)?.strip_prefix(':')?.split('|')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_declared_as_a_whole_and_with_its_types() {
        let update = Declared::of("users.update");
        assert!(update.has("external_id") && !update.has("external") && !update.has("external_id:string") && !update.has(""));
        let create = Declared::of("passwords.create");
        assert!(create.takes("session_duration_minutes", "integer") && create.takes("session_duration_minutes", "null"));
        assert!(!create.takes("session_duration_minutes", "string") && !create.takes("nothing", "string"));
        assert!(Declared::of("sessions.get").has("user_id"));
        // of two whose names begin alike each has its own
        assert_ne!(Declared::of("m2m.token"), Declared::of("m2m"));
        assert_eq!(Declared::of("nothing"), Declared(""));
    }
}
