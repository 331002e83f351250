//! What the vendor suggests to do with whoever is behind a device or an address.

/// A suggestion. In the order of its severity: of several the greatest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Nothing speaks against them.
    Allow,
    /// They should prove more.
    Challenge,
    /// They should not get through.
    Block,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Allow, Self::Challenge, Self::Block];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "ALLOW",
            Self::Challenge => "CHALLENGE",
            Self::Block => "BLOCK",
        }
    }

    /// The action with this word.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == name)
    }
}
