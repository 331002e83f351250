//! How a fact about the vendor is known.

/// Where a row of the error catalogue is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Stands in the vendor's documentation or in the text of an official SDK.
    Documented,
    /// Was seen on the wire, or is asserted by an official test against the real service.
    Captured,
    /// The type's name is the vendor's; status or message is this project's guess.
    Assumed,
}

impl Evidence {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Captured => "captured",
            Self::Assumed => "assumed",
        }
    }
}
