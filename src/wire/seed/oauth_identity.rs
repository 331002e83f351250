//! Whom OAuth providers know, in a seed.

use serde_json::{Value, json};

use super::node::{Kind, Node};
use super::object::seed_object;
use super::path::Path;
use super::report::Report;
use super::user::NameEntry;
use super::value::{SeedValue, seed_names};
use crate::domain::id_generator::IdGenerator;
use crate::domain::oauth::{OAuthIdentities, OAuthIdentity, OAuthProvider, PROVIDERS};
use crate::domain::user::Name;

seed_names! {
    OAuthProvider "provider": PROVIDERS.into_iter(), OAuthProvider::named;
}

seed_object! {
    /// Somebody as an OAuth provider knows them.
    OAuthIdentityEntry, "an OAuth identity" {
        /// The provider, such as google. Default: every provider.
        provider: Option<OAuthProvider>,
        /// The provider's own id of the person. Default: generated.
        provider_subject: Option<String>,
        /// Their address. Default: none.
        email: Option<String>,
        /// Their name: one text, or its parts. Default: none.
        name: Option<IdentityName>,
        /// Default: empty.
        profile_picture_url: Option<String>,
        /// Default: empty.
        locale: Option<String>,
    }
}

/// A name, as one text or in its parts.
#[derive(Debug, Clone, Default)]
pub struct IdentityName(Name);

impl SeedValue for IdentityName {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        if node.kind() != Kind::Text {
            return NameEntry::read(node, report).map(|entry| Self(entry.build()));
        }
        let text = node.text(report)?;
        let mut parts = text.split_whitespace();
        let first_name = parts.next().unwrap_or_default().to_owned();
        let last_name = parts.next_back().unwrap_or_default().to_owned();
        Some(Self(Name { first_name, middle_name: parts.collect::<Vec<_>>().join(" "), last_name }))
    }

    fn schema() -> Value {
        json!({ "anyOf": [String::schema(), NameEntry::schema()] })
    }
}

impl OAuthIdentityEntry {
    /// Fills in what was left out.
    pub fn fill_defaults(&mut self, ids: &mut IdGenerator<'_>) {
        self.provider_subject.get_or_insert_with(|| ids.uuid().as_u128().to_string());
    }

    fn build(&self) -> OAuthIdentity {
        let text = |given: &Option<String>| given.clone().unwrap_or_default();
        OAuthIdentity {
            provider: self.provider,
            provider_subject: text(&self.provider_subject),
            email: text(&self.email),
            name: self.name.clone().unwrap_or_default().0,
            profile_picture_url: text(&self.profile_picture_url),
            locale: text(&self.locale),
        }
    }
}

/// Reports identities that stand twice in their project.
pub fn check(entries: &[OAuthIdentityEntry], path: &Path<'_>, report: &mut Report<'_>) {
    for (index, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.provider_subject.is_some()) {
        let is_same =
            |other: &OAuthIdentityEntry| (other.provider, &other.provider_subject) == (entry.provider, &entry.provider_subject);
        if let Some(first) = entries[..index].iter().position(is_same) {
            report.add(&path.index(index), format!("this provider_subject stands at oauth_identities[{first}] already"));
        }
    }
}

/// The identities of a project; the default ones if it says nothing of them.
#[must_use]
pub fn build(entries: Option<&[OAuthIdentityEntry]>) -> OAuthIdentities {
    entries
        .map_or_else(OAuthIdentities::default, |entries| OAuthIdentities(entries.iter().map(OAuthIdentityEntry::build).collect()))
}

/// Writes identities into the seed entry of their project, unless they are the default ones.
pub fn export(entry: &mut Value, identities: &OAuthIdentities) {
    if *identities == OAuthIdentities::default() {
        return;
    }
    let identity = |each: &OAuthIdentity| {
        let Name { first_name, middle_name, last_name } = &each.name;
        json!({
            "provider": each.provider.map(OAuthProvider::as_str),
            "provider_subject": each.provider_subject,
            "email": each.email,
            "name": { "first_name": first_name, "middle_name": middle_name, "last_name": last_name },
            "profile_picture_url": each.profile_picture_url,
            "locale": each.locale,
        })
    };
    entry["oauth_identities"] = identities.0.iter().map(identity).collect();
}
