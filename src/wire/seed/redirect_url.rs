//! The redirect URLs of a project, in a seed.

use serde_json::{Value, json};

use super::node::Node;
use super::object::seed_object;
use super::path::Path;
use super::report::Report;
use super::value::{SeedValue, parse, seed_names};
use crate::domain::redirect_url::{AllowedRedirectUrl, RedirectUrl, RedirectUrlType, RedirectUrls};

seed_object! {
    /// Where a link or a provider may send a browser.
    RedirectUrlEntry, "a redirect URL" {
        /// The URL, as requests name it to the last parameter; a `www.` before its host makes no difference.
        url: Option<RedirectUrl>,
        /// What it is for. Default: everything.
        types: Option<Vec<RedirectUrlType>>,
        /// Whether it is used where a request names none. Default: true; of several, the first is used.
        is_default as "default": Option<bool>,
    }
}

impl SeedValue for RedirectUrl {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        parse(node, report, RedirectUrl::parse)
    }

    fn schema() -> Value {
        json!({ "type": "string", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:." })
    }
}

seed_names! {
    RedirectUrlType "type": RedirectUrlType::ALL.into_iter(), RedirectUrlType::parse;
}

/// Reports an entry without a URL.
pub fn check(entries: &[RedirectUrlEntry], project: &Path<'_>, report: &mut Report<'_>) {
    let path = project.key("redirect_urls");
    for (index, _) in entries.iter().enumerate().filter(|(_, entry)| entry.url.is_none()) {
        report.add(&path.index(index), "a redirect URL needs a url");
    }
}

/// The URLs that entries describe.
#[must_use]
pub fn build(entries: &[RedirectUrlEntry]) -> RedirectUrls {
    let build = |entry: &RedirectUrlEntry| {
        Some(AllowedRedirectUrl {
            url: entry.url.clone()?,
            types: entry.types.clone().unwrap_or_else(|| RedirectUrlType::ALL.to_vec()),
            is_default: entry.is_default.unwrap_or(true),
        })
    };
    RedirectUrls(entries.iter().filter_map(build).collect())
}

/// Writes redirect URLs into the seed entry of their project.
pub fn export(entry: &mut Value, urls: &RedirectUrls) {
    if !urls.0.is_empty() {
        let types = |types: &[RedirectUrlType]| types.iter().map(|kind| kind.as_str()).collect::<Vec<_>>();
        let url =
            |url: &AllowedRedirectUrl| json!({ "url": url.url.as_str(), "types": types(&url.types), "default": url.is_default });
        entry["redirect_urls"] = urls.0.iter().map(url).collect();
    }
}
