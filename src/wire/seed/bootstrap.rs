//! What pages are told of their project, in a seed. An answer of the vendor's `projects/bootstrap` is a valid entry.

use serde_json::{Value, json};

use super::node::Node;
use super::object::seed_object;
use super::report::Report;
use super::value::{Ignored, SeedValue};
use crate::domain::bootstrap::{Bootstrap, PkceRequired};

seed_object! {
    /// What pages are told of the project; paste what the vendor answers to a page's SDK.
    BootstrapEntry, "a bootstrap" {
        /// What the project is called. Default: `stytch-mock`.
        project_name: Option<String>,
        /// Whether a page that sends a magic link has to bring a code challenge. Default: false.
        pkce_required_for_email_magic_links: Option<bool>,
        /// Whether a page that starts a password reset has to bring a code challenge. Default: false.
        pkce_required_for_password_resets: Option<bool>,
        /// Whether OAuth has to be started with a code challenge. Default: false.
        pkce_required_for_oauth: Option<bool>,
        /// Whether the ready-made pages do without the vendor's mark. Default: true.
        disable_sdk_watermark: Option<bool>,
        /// Whether crypto wallets sign a message of the form of EIP-4361. Default: false.
        siwe_required_for_crypto_wallets: Option<bool>,
        /// Stands in a pasted answer; there is no captcha.
        captcha_settings: Option<Ignored>,
        /// Stands in a pasted answer; not looked at.
        cname_domain: Option<Ignored>,
        /// Stands in a pasted answer; not looked at.
        create_organization_enabled: Option<Ignored>,
        /// Stands in a pasted answer; no device is recognised.
        dfp_protected_auth_enabled: Option<Ignored>,
        /// Stands in a pasted answer; no device is recognised.
        dfp_protected_auth_mode: Option<Ignored>,
        /// Stands in a pasted answer; not looked at.
        email_domains: Option<Ignored>,
        /// Stands in a pasted answer; the project's `password_strength` says it.
        password_config: Option<Ignored>,
        /// Stands in a pasted answer; not looked at.
        pkce_required_for_sso: Option<Ignored>,
        /// Stands in a pasted answer; the project's `rbac_policy` says it.
        rbac_policy: Option<Ignored>,
        /// Stands in a pasted answer; not looked at.
        request_id: Option<Ignored>,
        /// Stands in a pasted answer; not looked at.
        slug_pattern: Option<Ignored>,
        /// Stands in a pasted answer; not looked at.
        status_code: Option<Ignored>,
        /// Stands in a pasted answer; not looked at.
        vertical: Option<Ignored>,
    }
}

impl SeedValue for Bootstrap {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let entry = BootstrapEntry::read(node, report)?;
        let usual = Self::default();
        let is_required = |said: Option<bool>| said.unwrap_or_default();
        Some(Self {
            project_name: entry.project_name.unwrap_or(usual.project_name),
            pkce_required: PkceRequired {
                email_magic_links: is_required(entry.pkce_required_for_email_magic_links),
                password_resets: is_required(entry.pkce_required_for_password_resets),
                oauth: is_required(entry.pkce_required_for_oauth),
            },
            disable_sdk_watermark: entry.disable_sdk_watermark.unwrap_or(usual.disable_sdk_watermark),
            siwe_required_for_crypto_wallets: is_required(entry.siwe_required_for_crypto_wallets),
        })
    }

    fn schema() -> Value {
        BootstrapEntry::schema()
    }
}

/// Writes it into the seed entry of its project.
pub fn export(entry: &mut Value, bootstrap: &Bootstrap) {
    if *bootstrap != Bootstrap::default() {
        entry["bootstrap"] = json!({
            "project_name": bootstrap.project_name,
            "pkce_required_for_email_magic_links": bootstrap.pkce_required.email_magic_links,
            "pkce_required_for_password_resets": bootstrap.pkce_required.password_resets,
            "pkce_required_for_oauth": bootstrap.pkce_required.oauth,
            "disable_sdk_watermark": bootstrap.disable_sdk_watermark,
            "siwe_required_for_crypto_wallets": bootstrap.siwe_required_for_crypto_wallets,
        });
    }
}
