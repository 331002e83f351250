//! `--wire`: which of the vendor's two faces.

use clap::ValueEnum;

use crate::wire::profile::WireProfile;

/// `--wire`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WireArg {
    /// As the endpoint's documentation prints it
    Page,
    /// As captured from the real service
    Live,
}

impl WireArg {
    /// The profile that it names.
    #[must_use]
    pub fn profile(self) -> WireProfile {
        match self {
            Self::Page => WireProfile::Page,
            Self::Live => WireProfile::Live,
        }
    }
}
