//! The world of the tests about every login alike: who is in it, and what each operation is asked so that it succeeds.

use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use crate::client::Request;
use crate::fixture::{NOW, PROJECT, SECRET};
use crate::life::{Caller, request};
use crate::messages::{PUBLIC_TOKEN, joined, last_message};
use crate::totps::code as totp_code;

pub const STRONG: &str = "correct horse battery staple";
pub const OTHER: &str = "another horse battery staple";
pub const BREACHED: &str = "a breached horse battery staple";
pub const TOTP_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
pub const MD5: &str = "5f4dcc3b5aa765d61d8327deb882cf99";
pub const ADA: &str = "user-test-00000000-0000-4000-8000-0000000000ad";
pub const LIVE: &str = "project-live-11111111-1111-4111-8111-111111111111";

/// The operations to which a session can be given that gets the factor.
pub const LOGINS: [&str; 9] = [
    "magicLinks.authenticate",
    "oauth.authenticate",
    "otps.authenticate",
    "passwords.authenticate",
    "passwords.email.reset",
    "passwords.existingPassword.reset",
    "passwords.sessions.reset",
    "totps.authenticate",
    "totps.recover",
];

/// Ada can log in in every way; Bea by nothing but her address, Cleo and Dora have to reset, Pia was invited, Ula has ten
/// addresses that nobody confirmed.
pub fn seed(project: &Value) -> String {
    let user = |name: &str, more: Value| {
        joined(
            json!({ "external_id": name, "emails": [{ "email": format!("{name}@example.com") }],
                "sessions": [{ "session_token": format!("{name}s-token"), "started_at": "-1m", "expires_at": "+1h" }] }),
            &more,
        )
    };
    let addresses: Vec<Value> =
        (0..10).map(|number| json!({ "email": format!("{number}@example.net"), "verified": false })).collect();
    let ada = json!({
        "user_id": ADA, "password": { "password": STRONG }, "phone_numbers": [{ "phone_number": "+12025550101" }],
        "totps": [{ "secret": TOTP_SECRET, "recovery_codes": ["ckss-2skx-ebow"] }],
        "sessions": [
            { "session_token": "adas-token", "started_at": "-1m", "expires_at": "+1h" },
            { "session_token": "adas-old-token", "started_at": "-6m", "expires_at": "+1h" },
            { "session_token": "adas-over", "started_at": "-2h", "expires_at": "-1h" },
        ],
    });
    let entry = json!({
        "project_id": PROJECT, "secrets": [SECRET],
        "password_strength": { "breached": [BREACHED] }, "user_lock": { "after": 1 },
        "oauth_identities": [{ "provider": "google", "provider_subject": "1", "email": "ada@example.com" }],
        "users": [
            user("ada", ada),
            user("bea", json!({ "phone_numbers": [{ "phone_number": "+12025550102" }] })),
            user("cleo", json!({ "password": { "password": STRONG, "requires_reset": true } })),
            user("dora", json!({ "password": { "password": BREACHED } })),
            user("pia", json!({ "status": "pending", "sessions": [] })),
            user("ula", json!({ "emails": addresses })),
        ],
    });
    let live = json!({ "project_id": LIVE, "secrets": ["s"] });
    json!({ "clock": NOW, "projects": [joined(entry, project), live] }).to_string()
}

/// What an operation is asked so that it succeeds, after the steps that it takes.
pub fn good(name: &str, caller: &mut Caller) -> Value {
    let email = |who: &str| json!({ "email": format!("{who}@example.com") });
    let sent = |caller: &mut Caller, path: &str, body: Value| {
        caller.posted(path, &body);
        last_message(&caller.house)
    };
    match name {
        "passwords.create" => joined(email("new"), &json!({ "password": STRONG })),
        "passwords.authenticate" => joined(email("ada"), &json!({ "password": STRONG })),
        "passwords.strengthCheck" => json!({ "password": STRONG }),
        "passwords.migrate" => joined(email("new"), &json!({ "hash": MD5, "hash_type": "md_5" })),
        "passwords.email.resetStart" | "magicLinks.email.send" | "otps.email.send" => email("ada"),
        "passwords.email.reset" => {
            let sent = sent(caller, "/v1/passwords/email/reset/start", joined(email("ada"), &attributes("203.0.113.1")));
            json!({ "token": sent["token"], "password": OTHER })
        }
        "passwords.existingPassword.reset" => {
            joined(email("ada"), &json!({ "existing_password": STRONG, "new_password": OTHER }))
        }
        "passwords.sessions.reset" => json!({ "session_token": "adas-token", "password": OTHER }),
        "magicLinks.email.loginOrCreate" | "magicLinks.email.invite" | "otps.email.loginOrCreate" => email("new"),
        "magicLinks.email.revokeInvite" => email("pia"),
        "magicLinks.create" | "totps.recoveryCodes" => json!({ "user_id": "ada" }),
        "magicLinks.authenticate" => {
            let sent = sent(caller, "/v1/magic_links/email/send", joined(email("ada"), &attributes("203.0.113.1")));
            json!({ "token": sent["token"] })
        }
        "magicLinks.redirect" => {
            let sent = sent(caller, "/v1/magic_links/email/send", email("ada"));
            json!({ "public_token": PUBLIC_TOKEN, "stytch_token_type": "magic_links", "token": sent["token"] })
        }
        "otps.authenticate" => {
            let sent = sent(caller, "/v1/otps/email/send", joined(email("ada"), &attributes("203.0.113.1")));
            json!({ "method_id": sent["method_id"], "code": sent["code"] })
        }
        "otps.sms.send" | "otps.whatsapp.send" => json!({ "phone_number": "+12025550101" }),
        "otps.sms.loginOrCreate" | "otps.whatsapp.loginOrCreate" => json!({ "phone_number": "+12025550199" }),
        "totps.create" => json!({ "user_id": "bea" }),
        "totps.authenticate" => json!({ "user_id": "ada", "totp_code": totp_code(TOTP_SECRET, 0) }),
        "totps.recover" => json!({ "user_id": "ada", "recovery_code": "ckss-2skx-ebow" }),
        "oauth.attach" => json!({ "provider": "google", "user_id": "ada" }),
        "oauth.start" => json!({ "{provider}": "google", "public_token": PUBLIC_TOKEN, "as": "1" }),
        "oauth.authenticate" => json!({ "token": oauth_token(caller, &json!({})) }),
        name => panic!("{name} is new: say how it succeeds"),
    }
}

pub fn attributes(ip_address: &str) -> Value {
    json!({ "attributes": { "ip_address": ip_address, "user_agent": "a browser" } })
}

/// The token that a browser brings back from a provider.
pub fn oauth_token(caller: &mut Caller, more: &Value) -> String {
    let ask = joined(json!({ "{provider}": "google", "public_token": PUBLIC_TOKEN, "as": "1" }), more);
    let response = caller.send(&call("GET", "/v1/public/oauth/{provider}/start", &ask));
    response.header("location").and_then(|url| url.split_once("&token=")).unwrap_or_else(|| panic!("{response:?}")).1.to_owned()
}

/// The request that asks an operation this, in its path, its query or its body; `null` is left out.
pub fn call(method: &str, path: &str, asked: &Value) -> Request {
    if method != "GET" {
        return request(method, path, asked);
    }
    let (mut path, mut query) = (path.to_owned(), Serializer::new(String::new()));
    for (name, value) in asked.as_object().unwrap() {
        match value.as_str() {
            Some(value) if name.starts_with('{') => path = path.replace(name.as_str(), value),
            Some(value) => drop(query.append_pair(name, value)),
            None => {}
        }
    }
    Request::get(format!("{path}?{}", query.finish()))
}
