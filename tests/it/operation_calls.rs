//! Of every operation a call that succeeds in the seeded world.

use serde_json::{Value, json};

use crate::connected_apps::{APP, APP_SECRET, APPS, AUTHORIZE, AUTHORIZE_START, asked};
use crate::fraud::{ALLOWED, EMAIL_RISK, LIST_REASONS, LIST_RULES, LOOKUP, OVERRIDE, SET_RULE};
use crate::idp::paths;
use crate::impersonation::IMPERSONATE;
use crate::life::{ALICE, ATTEST, AUTHENTICATE, BOB, BOBS_TOKEN, CAROL, EXCHANGE, MIGRATE, REVOKE, SEARCH, SESSION, TOKEN};
use crate::m2m::{M2M_CLIENTS, MACHINE, MACHINE_SECRET, machine, token_paths};
use crate::messages::{
    EMAIL_CODE, EMBEDDABLE, FOLLOW, INVITE, LINK, MAGIC_LINK, OTP, PUBLIC_TOKEN, REVOKE_INVITE, SEND_LINK, SMS_CODE,
};
use crate::oauth::{ATTACH, OAUTH_AUTHENTICATE};
use crate::project::{METRICS, POLICY};
use crate::totps::{SANDBOX_USER, TOTPS};
use crate::{wallets, webauthn};

pub const PASSWORDS: &str = "/v1/passwords";
pub const STRONG: &str = "correct horse battery staple";

/// Of each operation its name, its status, and a call that succeeds in the seeded world.
#[expect(clippy::too_many_lines, reason = "it is a table")]
pub fn calls() -> Vec<(&'static str, u16, &'static str, String, Value)> {
    let none = Value::Null;
    let factor =
        |kind: &str, prefix: &str, tail: &str| format!("/v1/users/{kind}/{prefix}-test-00000000-0000-4000-8000-0000000000{tail}");
    let renewal = json!({ "session_duration_minutes": 30, "session_custom_claims": { "claim2": 2.50 } });
    let with = |mut body: Value| {
        body.as_object_mut().unwrap().extend(renewal.as_object().unwrap().clone());
        body
    };
    let query = json!({ "operator": "AND", "operands": [{ "filter_name": "full_name_fuzzy", "filter_value": "alice" }] });
    let check = json!({ "resource_id": "documents", "action": "write" });
    let password = json!({ "email": "new@example.com", "password": STRONG });
    let mut signup = password.clone();
    signup["name"] = json!({ "first_name": "New" });
    signup["trusted_metadata"] = json!({ "plan": "free" });
    let user = json!({
        "email": "new@example.com", "phone_number": "+12025550143", "name": { "first_name": "New" }, "external_id": "new",
        "trusted_metadata": { "plan": "free" }, "untrusted_metadata": { "theme": "light" }
    });
    let client_credentials = json!({ "grant_type": "client_credentials", "client_id": MACHINE, "client_secret": MACHINE_SECRET });
    let token = "{{answer:/access_token}}";
    let of_app = json!({ "client_id": APP, "client_secret": APP_SECRET, "token": token });
    let in_body = json!({ "access_token": token });
    vec![
        ("sessions.get", 200, "GET", format!("/v1/sessions?user_id={ALICE}"), none.clone()),
        (
            "sessions.authenticate",
            200,
            "POST",
            AUTHENTICATE.into(),
            with(json!({ "session_token": TOKEN, "authorization_check": check })),
        ),
        ("sessions.revoke", 200, "POST", REVOKE.into(), json!({ "session_id": SESSION })),
        ("sessions.migrate", 200, "POST", MIGRATE.into(), with(json!({ "session_token": "external-of-alice" }))),
        ("sessions.exchangeAccessToken", 200, "POST", EXCHANGE.into(), with(json!({ "access_token": "access-of-bob" }))),
        (
            "sessions.attest",
            200,
            "POST",
            ATTEST.into(),
            with(json!({ "profile_id": "profile-b", "token": "trusted-of-bob", "session_token": BOBS_TOKEN })),
        ),
        (
            "sessions.getJWKS",
            200,
            "GET",
            "/v1/sessions/jwks/project-test-11111111-1111-4111-8111-111111111111".into(),
            none.clone(),
        ),
        ("sessions.getJWKS-well-known", 200, "GET", "/.well-known/jwks.json".into(), none.clone()),
        ("users.search", 200, "POST", SEARCH.into(), json!({ "query": query, "limit": 1 })),
        ("users.create", 201, "POST", "/v1/users".into(), user),
        ("users.deleteEmail", 200, "DELETE", factor("emails", "email", "a1"), none.clone()),
        ("users.deletePhoneNumber", 200, "DELETE", factor("phone_numbers", "phone-number", "a3"), none.clone()),
        (
            "users.deleteWebAuthnRegistration",
            200,
            "DELETE",
            factor("webauthn_registrations", "webauthn-registration", "a5"),
            none.clone(),
        ),
        (
            "users.deleteBiometricRegistration",
            200,
            "DELETE",
            factor("biometric_registrations", "biometric-registration", "a6"),
            none.clone(),
        ),
        ("users.deleteTOTP", 200, "DELETE", factor("totps", "totp", "a7"), none.clone()),
        ("users.deleteCryptoWallet", 200, "DELETE", factor("crypto_wallets", "crypto-wallet", "a8"), none.clone()),
        ("users.deletePassword", 200, "DELETE", factor("passwords", "password", "a9"), none.clone()),
        ("users.deleteOAuthRegistration", 200, "DELETE", factor("oauth", "oauth-user", "a4"), none.clone()),
        ("users.get", 200, "GET", format!("/v1/users/{ALICE}"), none.clone()),
        (
            "users.update",
            200,
            "PUT",
            format!("/v1/users/{ALICE}"),
            json!({ "name": { "first_name": "Al" }, "trusted_metadata": { "plan": null, "x": [] } }),
        ),
        ("users.delete", 200, "DELETE", format!("/v1/users/{BOB}"), none.clone()),
        ("users.deleteExternalId", 200, "DELETE", "/v1/users/alice/external_id".into(), none.clone()),
        (
            "users.exchangePrimaryFactor",
            200,
            "PUT",
            format!("/v1/users/{CAROL}/exchange_primary_factor"),
            json!({ "phone_number": "+12025550144" }),
        ),
        ("users.connectedApps", 200, "GET", format!("/v1/users/{ALICE}/connected_apps"), none.clone()),
        ("totps.create", 200, "POST", TOTPS.into(), json!({ "user_id": ALICE, "expiration_minutes": 5 })),
        (
            "totps.authenticate",
            200,
            "POST",
            format!("{TOTPS}/authenticate"),
            with(json!({ "user_id": SANDBOX_USER, "totp_code": "000000" })),
        ),
        ("totps.recoveryCodes", 200, "POST", format!("{TOTPS}/recovery_codes"), json!({ "user_id": ALICE })),
        (
            "totps.recover",
            200,
            "POST",
            format!("{TOTPS}/recover"),
            with(json!({ "user_id": ALICE, "recovery_code": "{{answer:/recovery_codes/0}}", "session_token": TOKEN })),
        ),
        (
            "oauth.authenticate",
            200,
            "POST",
            OAUTH_AUTHENTICATE.into(),
            with(json!({ "token": "hdPVZHHX0UoRa7hJTuuPHi1vlddffSnoweRbVFf5-H8g" })),
        ),
        ("oauth.attach", 200, "POST", ATTACH.into(), json!({ "provider": "github", "session_token": TOKEN })),
        ("passwords.create", 200, "POST", PASSWORDS.into(), with(signup.clone())),
        ("passwords.authenticate", 200, "POST", format!("{PASSWORDS}/authenticate"), with(password.clone())),
        ("passwords.strengthCheck", 200, "POST", format!("{PASSWORDS}/strength_check"), json!({ "password": "p@ssword1" })),
        (
            "passwords.migrate",
            200,
            "POST",
            format!("{PASSWORDS}/migrate"),
            json!({
                "email": "carol@example.com", "hash": "5f4dcc3b5aa765d61d8327deb882cf99", "hash_type": "md_5",
                "set_email_verified": true, "phone_number": "+12025550144", "roles": ["editor"]
            }),
        ),
        (
            "passwords.email.resetStart",
            200,
            "POST",
            format!("{PASSWORDS}/email/reset/start"),
            json!({ "email": "alice@work.example" }),
        ),
        (
            "passwords.email.reset",
            200,
            "POST",
            format!("{PASSWORDS}/email/reset"),
            with(json!({ "token": "{{outbox:/token}}", "password": STRONG })),
        ),
        (
            "passwords.existingPassword.reset",
            200,
            "POST",
            format!("{PASSWORDS}/existing_password/reset"),
            with(json!({ "email": "new@example.com", "existing_password": STRONG, "new_password": "another horse battery" })),
        ),
        (
            "passwords.sessions.reset",
            200,
            "POST",
            format!("{PASSWORDS}/session/reset"),
            with(json!({ "session_token": "{{answer:/session_token}}", "password": "another horse battery" })),
        ),
        ("otps.sms.send", 200, "POST", "/v1/otps/sms/send".into(), json!({ "phone_number": "+12025550142" })),
        ("otps.sms.loginOrCreate", 200, "POST", SMS_CODE.into(), json!({ "phone_number": "+12025550143" })),
        ("otps.whatsapp.send", 200, "POST", "/v1/otps/whatsapp/send".into(), json!({ "phone_number": "+447700900123" })),
        (
            "otps.whatsapp.loginOrCreate",
            200,
            "POST",
            "/v1/otps/whatsapp/login_or_create".into(),
            json!({ "phone_number": "+12025550143", "create_user_as_pending": true }),
        ),
        ("otps.email.send", 200, "POST", "/v1/otps/email/send".into(), json!({ "email": "new@example.com", "user_id": BOB })),
        ("otps.email.loginOrCreate", 200, "POST", EMAIL_CODE.into(), json!({ "email": "new@example.com" })),
        (
            "otps.authenticate",
            200,
            "POST",
            OTP.into(),
            with(json!({ "method_id": "{{outbox:/method_id}}", "code": "{{outbox:/code}}" })),
        ),
        ("magicLinks.email.send", 200, "POST", SEND_LINK.into(), json!({ "email": "alice@work.example" })),
        ("magicLinks.email.loginOrCreate", 200, "POST", LINK.into(), json!({ "email": "new@example.com" })),
        ("magicLinks.email.invite", 200, "POST", INVITE.into(), json!({ "email": "new@example.com" })),
        ("magicLinks.email.revokeInvite", 200, "POST", REVOKE_INVITE.into(), json!({ "email": "carol@example.com" })),
        ("magicLinks.create", 200, "POST", EMBEDDABLE.into(), json!({ "user_id": ALICE })),
        ("magicLinks.authenticate", 200, "POST", MAGIC_LINK.into(), with(json!({ "token": "{{outbox:/token}}" }))),
        (
            "magicLinks.redirect",
            302,
            "GET",
            format!("{FOLLOW}?public_token={PUBLIC_TOKEN}&stytch_token_type=magic_links&token={{{{outbox:/token}}}}"),
            none.clone(),
        ),
        ("m2m.clients.create", 200, "POST", M2M_CLIENTS.into(), machine()),
        ("m2m.clients.get", 200, "GET", format!("{M2M_CLIENTS}/{MACHINE}"), none.clone()),
        (
            "m2m.clients.update",
            200,
            "PUT",
            format!("{M2M_CLIENTS}/{MACHINE}"),
            json!({ "status": "inactive", "trusted_metadata": { "plan": "pro" } }),
        ),
        ("m2m.clients.delete", 200, "DELETE", format!("{M2M_CLIENTS}/{MACHINE}"), none.clone()),
        ("m2m.clients.search", 200, "POST", format!("{M2M_CLIENTS}/search"), json!({ "limit": 1 })),
        ("m2m.clients.secrets.rotateStart", 200, "POST", format!("{M2M_CLIENTS}/{MACHINE}/secrets/rotate/start"), json!({})),
        ("m2m.clients.secrets.rotateCancel", 200, "POST", format!("{M2M_CLIENTS}/{MACHINE}/secrets/rotate/cancel"), json!({})),
        ("m2m.clients.secrets.rotate", 200, "POST", format!("{M2M_CLIENTS}/{MACHINE}/secrets/rotate"), json!({})),
        ("m2m.token", 200, "POST", token_paths()[0].clone(), client_credentials.clone()),
        ("m2m.token-custom-domain", 200, "POST", token_paths()[1].clone(), client_credentials),
        (
            "connectedApp.clients.create",
            200,
            "POST",
            APPS.into(),
            json!({ "client_type": "third_party", "client_name": "New", "redirect_urls": ["https://new.example/in"] }),
        ),
        ("connectedApp.clients.get", 200, "GET", format!("{APPS}/{APP}"), none.clone()),
        (
            "connectedApp.clients.update",
            200,
            "PUT",
            format!("{APPS}/{APP}"),
            json!({ "logo_url": "https://app.example/logo.png" }),
        ),
        ("connectedApp.clients.delete", 200, "DELETE", format!("{APPS}/{APP}"), none.clone()),
        ("connectedApp.clients.search", 200, "POST", format!("{APPS}/search"), json!({ "limit": 1 })),
        ("connectedApp.clients.secrets.rotateStart", 200, "POST", format!("{APPS}/{APP}/secrets/rotate/start"), json!({})),
        ("connectedApp.clients.secrets.rotateCancel", 200, "POST", format!("{APPS}/{APP}/secrets/rotate/cancel"), json!({})),
        ("connectedApp.clients.secrets.rotate", 200, "POST", format!("{APPS}/{APP}/secrets/rotate"), json!({})),
        ("idp.oauth.authorizeStart", 200, "POST", AUTHORIZE_START.into(), asked(json!({ "user_id": ALICE }))),
        (
            "idp.oauth.authorize",
            200,
            "POST",
            AUTHORIZE.into(),
            asked(json!({ "user_id": ALICE, "consent_granted": true, "state": "a b", "nonce": "n" })),
        ),
        ("users.revoke", 200, "POST", format!("/v1/users/{ALICE}/connected_apps/{APP}/revoke"), json!({})),
        ("idp.introspectTokenNetwork", 200, "POST", paths()[0].introspect.clone(), of_app.clone()),
        ("idp.introspectTokenNetwork-custom-domain", 200, "POST", paths()[1].introspect.clone(), of_app.clone()),
        ("oauth2.revoke", 200, "POST", paths()[0].revoke.clone(), of_app.clone()),
        ("oauth2.revoke-custom-domain", 200, "POST", paths()[1].revoke.clone(), of_app),
        ("oauth2.userinfo-post", 200, "POST", paths()[0].userinfo.clone(), in_body.clone()),
        ("oauth2.userinfo-post-custom-domain", 200, "POST", paths()[1].userinfo.clone(), in_body),
        ("oauth2.openidConfiguration", 200, "GET", paths()[0].discovery.clone(), none.clone()),
        ("oauth2.openidConfiguration-custom-domain", 200, "GET", paths()[1].discovery.clone(), none.clone()),
        (
            "cryptoWallets.authenticateStart",
            200,
            "POST",
            wallets::START.into(),
            json!({
                "crypto_wallet_type": "ethereum", "crypto_wallet_address": wallets::ADDRESS,
                "siwe_params": { "domain": "example.com", "uri": "https://example.com" }
            }),
        ),
        (
            "cryptoWallets.authenticate",
            200,
            "POST",
            wallets::AUTHENTICATE.into(),
            with(json!({
                "crypto_wallet_type": "ethereum", "crypto_wallet_address": wallets::SANDBOX, "signature": wallets::SANDBOX_SIGNATURE
            })),
        ),
        (
            "webauthn.registerStart",
            200,
            "POST",
            webauthn::REGISTER_START.into(),
            json!({ "user_id": "alice", "domain": "example.com", "authenticator_type": "platform" }),
        ),
        ("webauthn.register", 200, "POST", webauthn::REGISTER.into(), with(webauthn::seeded_registration())),
        ("webauthn.authenticateStart", 200, "POST", webauthn::START.into(), json!({ "domain": "example.com", "user_id": ALICE })),
        ("webauthn.authenticate", 200, "POST", webauthn::AUTHENTICATE.into(), with(webauthn::seeded_login())),
        (
            "webauthn.update",
            200,
            "PUT",
            "/v1/webauthn/webauthn-registration-test-00000000-0000-4000-8000-0000000000a5".into(),
            json!({ "name": "Old laptop" }),
        ),
        ("webauthn.listCredentials", 200, "GET", format!("/v1/webauthn/credentials/{ALICE}/example.com"), none.clone()),
        ("rbac.policy", 200, "GET", POLICY.into(), none.clone()),
        ("project.metrics", 200, "GET", METRICS.into(), none.clone()),
        (
            "impersonation.authenticate",
            200,
            "POST",
            IMPERSONATE.into(),
            json!({ "impersonation_token": "impersonation-of-alice" }),
        ),
        (
            "fraud.fingerprint.lookup",
            200,
            "POST",
            LOOKUP.into(),
            json!({ "telemetry_id": ALLOWED, "external_metadata": { "external_id": "alice" } }),
        ),
        (
            "fraud.rules.set",
            200,
            "POST",
            SET_RULE.into(),
            json!({ "action": "BLOCK", "cidr_block": "203.0.113.0/24", "expires_in_minutes": 10, "description": "x" }),
        ),
        ("fraud.rules.list", 200, "POST", LIST_RULES.into(), json!({ "limit": 1 })),
        (
            "fraud.verdictReasons.override",
            200,
            "POST",
            OVERRIDE.into(),
            json!({ "verdict_reason": "VIRTUAL_MACHINE", "override_action": "ALLOW" }),
        ),
        ("fraud.verdictReasons.list", 200, "POST", LIST_REASONS.into(), json!({ "overrides_only": false })),
        ("fraud.email.risk", 200, "POST", EMAIL_RISK.into(), json!({ "email_address": "a.da+x@example.com" })),
        ("debug.whoami", 200, "GET", "/v1/debug/whoami".into(), none),
    ]
}
