//! What operations of several files have in common: the arguments they share, finding what they name, and beginning a
//! session.

pub mod attribute_match;
pub mod email_link;
pub mod external_token_login;
pub mod factor_removal;
pub mod fraud_actions;
pub mod fraud_reasons;
pub mod fraud_rules;
pub mod jwks;
pub mod lifetime;
pub mod login;
pub mod message_arguments;
pub mod message_login;
pub mod oauth_page;
pub mod passcode;
pub mod passkey;
pub mod password;
pub mod pkce_arguments;
pub mod proven_factor;
pub mod public_token;
pub mod recipient;
pub mod sandbox;
pub mod sandbox_messages;
pub mod sandbox_oauth;
pub mod sandbox_passwords;
pub mod sandbox_totps;
pub mod sandbox_wallets;
pub mod session_answer;
pub mod session_arguments;
pub mod telemetry_arguments;
pub mod totp_login;
pub mod user_answer;
pub mod user_arguments;
pub mod user_lookup;
pub mod user_search;
pub mod wallet;
