//! The emulated world's rules, pure and synchronous: users, sessions, buckets, and the vendor's refusals.
//! Knows neither HTTP nor serialisation nor the clock; `now` and randomness are arguments.

pub mod authorization;
pub mod bootstrap;
pub mod bucket;
pub mod claims;
pub mod claims_template;
pub mod client_list;
pub mod client_secrets;
pub mod compact_text;
pub mod conflict;
pub mod connected_app;
pub mod copy_on_write;
pub mod error_type;
pub mod evidence;
pub mod external_token;
pub mod factor;
pub mod fault;
pub mod fraud;
pub mod frozen_project;
pub mod frozen_users;
pub mod grant;
pub mod id;
pub mod id_generator;
pub mod impersonation;
pub mod journal;
pub mod layered;
pub mod login_settings;
pub mod login_token;
pub mod m2m_client;
pub mod oauth;
pub mod oauth_clients;
pub mod oauth_error;
pub mod one_time_code;
pub mod operation;
pub mod outbox;
pub mod password_hash;
pub mod password_strength;
pub mod pending_logins;
pub mod pkce;
pub mod project;
pub mod project_state;
pub mod qr_code;
pub mod rbac;
pub mod redirect_url;
pub mod refusal;
pub mod request_id;
pub mod secret;
pub mod session;
pub mod session_renewal;
pub mod session_token;
pub mod signing_key;
pub mod text_filter;
pub mod timestamp;
pub mod totp;
pub mod unused_id;
pub mod user;
pub mod user_lock;
mod user_store;
pub mod wallet;
pub mod webauthn;
pub mod world;
#[path = "../../vendor/zxcvbn/mod.rs"]
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, clippy::unwrap_used, dead_code, reason = "another project's, kept as near to it as can be")]
mod zxcvbn;

/// A JSON object as the vendor keeps one: custom claims and metadata. Data to the domain, never a wire shape.
pub type JsonObject = serde_json::Map<String, serde_json::Value>;
