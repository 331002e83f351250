//! The operations that are served, as plain names: what the journal records and what faults aim at. Which there are is
//! said by the routing table alone; it is handed in from there.

/// An operation of the vendor's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// What SDKs call it, such as `sessions.get`.
    pub name: &'static str,
    /// Its method.
    pub method: &'static str,
    /// Its path; `{name}` stands for one segment.
    pub path: &'static str,
}

impl Operation {
    /// Whether a method, a path (concrete, or as the table has it) or a name, where given, means this operation.
    #[must_use]
    pub fn is_meant_by(&self, name: Option<&str>, method: Option<&str>, path: Option<&str>) -> bool {
        self.name_fits(name)
            && method.is_none_or(|method| method.eq_ignore_ascii_case(self.method))
            && path.is_none_or(|path| path == self.path || self.matches_path(path))
    }

    /// Whether a name, if one is given, is this operation's.
    #[must_use]
    pub fn name_fits(&self, name: Option<&str>) -> bool {
        name.is_none_or(|name| name == self.name)
    }

    fn matches_path(&self, path: &str) -> bool {
        let segments = |path: &'static str| path.split('/').filter(|segment| !segment.is_empty());
        let given: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        segments(self.path).count() == given.len()
            && segments(self.path).zip(given).all(|(expected, segment)| expected.starts_with('{') || expected == segment)
    }
}
