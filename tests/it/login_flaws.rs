//! What can be wrong with the request of a login: each flaw with the refusal that it comes to.

use serde_json::json;

use crate::fixture::STRANGER;
use crate::flaws::{
    Case, ConcatAll, after, of_addresses, of_attributes, of_codes, of_links, of_logins, of_new_passwords, of_numbers, of_owners,
    of_profiles, of_renewals, of_sessions, of_verifiers, says, with_url,
};
use crate::hash_flaws;
use crate::life::text;
use crate::login_world::{ADA, BREACHED, LOGINS, OTHER, STRONG, TOTP_SECRET};
use crate::messages::joined;
use crate::totps::code as totp_code;

fn cases_of_passwords() -> Vec<Case> {
    let mut cases = vec![
        says("passwords.create", "400 invalid_email", json!({ "email": "ada" })),
        says("passwords.create", "400 duplicate_email", json!({ "email": "Ada@example.com" })),
        says("passwords.email.resetStart", "400 invalid_email", json!({ "email": "ada" })),
        says("passwords.email.resetStart", "404 email_not_found", json!({ "email": "nobody@example.com" })),
        says("passwords.email.resetStart", "400 invalid_expiration", json!({ "reset_password_expiration_minutes": 4 })),
        says("passwords.email.resetStart", "400 invalid_locale", json!({ "locale": "de" })),
        says("passwords.email.resetStart", "400 invalid_pkce_code_challenge", json!({ "code_challenge": "x" })),
        says(
            "passwords.email.resetStart",
            "400 invalid_password_reset_redirect_url",
            json!({ "reset_password_redirect_url": "nowhere" }),
        ),
        says(
            "passwords.email.resetStart",
            "400 pkce_required_for_native_callback",
            json!({ "reset_password_redirect_url": "myapp://x" }),
        ),
        with_url("passwords.email.resetStart", "400 no_password_reset_redirect_url", ("login", true), json!({})),
        with_url(
            "passwords.email.resetStart",
            "400 no_match_for_provided_magic_link_url",
            ("reset_password", true),
            json!({ "reset_password_redirect_url": "https://evil.example/" }),
        ),
        says("passwords.email.reset", "400 invalid_token", json!({ "token": "" })),
        says("passwords.email.reset", "401 unable_to_auth_password_reset_token", json!({ "token": "unknown" })),
        after("passwords.email.reset", "401 unable_to_auth_password_reset_token", |caller, asked| {
            caller.posted("/v1/passwords/email/reset", &asked);
            asked
        }),
        after("passwords.email.reset", "401 unable_to_auth_password_reset_token", |caller, asked| {
            caller.advance("30m");
            asked
        }),
        after("passwords.email.reset", "404 user_not_found", |caller, asked| {
            caller.delete("/v1/users/ada");
            asked
        }),
        says("passwords.sessions.reset", "400 no_session_arguments", json!({ "session_token": null })),
        says("passwords.sessions.reset", "400 session_too_old_to_reset_password", json!({ "session_token": "adas-old-token" })),
    ];
    for (name, key) in [("passwords.authenticate", "password"), ("passwords.existingPassword.reset", "existing_password")] {
        let of = |who: &str, password: &str| json!({ "email": format!("{who}@example.com"), key: password });
        cases.extend([
            says(name, "400 invalid_email", json!({ "email": "ada" })),
            says(name, "404 email_not_found", of("nobody", STRONG)),
            says(name, "400 no_user_password", of("bea", STRONG)),
            says(name, "401 unauthorized_credentials", of("ada", OTHER)),
            says(name, "400 reset_password", of("cleo", STRONG)),
            says(name, "400 reset_password", of("dora", BREACHED)),
        ]);
    }
    for (name, key) in [
        ("passwords.create", "password"),
        ("passwords.email.reset", "password"),
        ("passwords.existingPassword.reset", "new_password"),
        ("passwords.sessions.reset", "password"),
    ] {
        cases.extend(of_new_passwords(name, key));
    }
    cases.extend(
        [of_renewals("passwords.create"), of_profiles("passwords.create"), of_profiles("passwords.migrate")].concat_all(),
    );
    cases.extend([of_verifiers("passwords.email.reset"), of_attributes("passwords.email.reset")].concat_all());
    cases
}

fn cases_of_codes() -> Vec<Case> {
    let strange = "email-test-00000000-0000-4000-8000-000000000000";
    let mut cases = vec![
        says("otps.authenticate", "400 invalid_method_id", json!({ "method_id": ADA })),
        says("otps.authenticate", "400 invalid_code", json!({ "code": "12345" })),
        says("otps.authenticate", "404 otp_code_not_found", json!({ "method_id": strange })),
        after("otps.authenticate", "404 otp_code_not_found", |_, asked| {
            let wrong = crate::messages::other_code(&asked["code"]);
            joined(asked, &json!({ "code": wrong }))
        }),
        after("otps.authenticate", "401 unable_to_auth_otp_code", |caller, asked| {
            caller.posted("/v1/otps/authenticate", &asked);
            asked
        }),
        after("otps.authenticate", "401 unable_to_auth_otp_code", |caller, asked| {
            caller.advance("2m");
            asked
        }),
        says("otps.email.send", "404 email_not_found", json!({ "email": "new@example.com" })),
        says("otps.email.send", "400 duplicate_email", json!({ "user_id": "bea" })),
    ];
    for name in ["otps.email.send", "otps.email.loginOrCreate"] {
        cases.extend([of_addresses(name), of_codes(name)].concat_all());
    }
    cases.extend(of_owners("otps.email.send", &json!({ "email": "new@example.com" })));
    for name in ["otps.sms.send", "otps.whatsapp.send"] {
        cases.push(says(name, "404 phone_number_not_found", json!({ "phone_number": "+12025550199" })));
        cases.push(says(name, "400 duplicate_phone_number", json!({ "user_id": "bea" })));
        cases.extend(of_owners(name, &json!({ "phone_number": "+12025550199" })));
    }
    for name in ["otps.sms.send", "otps.whatsapp.send", "otps.sms.loginOrCreate", "otps.whatsapp.loginOrCreate"] {
        cases.extend([of_numbers(name), of_codes(name)].concat_all());
    }
    cases.extend(of_attributes("otps.authenticate"));
    cases
}

fn cases_of_links() -> Vec<Case> {
    let invite = |url: &str| json!({ "invite_magic_link_url": url });
    let mut cases = vec![
        says("magicLinks.create", "400 invalid_user_id", json!({ "user_id": "user-test-1" })),
        says("magicLinks.create", "404 user_not_found", json!({ "user_id": STRANGER })),
        says("magicLinks.create", "400 invalid_expiration", json!({ "expiration_minutes": 10_081 })),
        says("magicLinks.email.send", "404 email_not_found", json!({ "email": "new@example.com" })),
        says("magicLinks.email.send", "400 duplicate_email", json!({ "user_id": "bea" })),
        says("magicLinks.email.invite", "400 duplicate_email", json!({ "email": "ada@example.com" })),
        says("magicLinks.email.invite", "400 invalid_expiration", json!({ "invite_expiration_minutes": 4 })),
        says("magicLinks.email.invite", "400 invalid_locale", json!({ "locale": "de" })),
        says("magicLinks.email.invite", "400 invalid_invite_magic_link_url", invite("/in")),
        says("magicLinks.email.invite", "400 pkce_required_for_native_callback", invite("myapp://in")),
        with_url(
            "magicLinks.email.invite",
            "400 no_match_for_provided_magic_link_url",
            ("invite", true),
            invite("https://evil.example/"),
        ),
        with_url("magicLinks.email.invite", "400 no_invite_redirect_urls_set", ("login", true), invite("https://app.example/")),
        with_url("magicLinks.email.invite", "400 no_default_invite_redirect_url_set", ("invite", false), json!({})),
        says("magicLinks.email.revokeInvite", "404 email_not_found", json!({ "email": "ada@example.com" })),
        says("magicLinks.authenticate", "400 invalid_token", json!({ "token": "" })),
        says("magicLinks.authenticate", "404 magic_link_not_found", json!({ "token": "unknown" })),
        after("magicLinks.authenticate", "401 unable_to_auth_magic_link", |caller, asked| {
            caller.posted("/v1/magic_links/authenticate", &asked);
            asked
        }),
        after("magicLinks.authenticate", "401 unable_to_auth_magic_link", |caller, asked| {
            caller.advance("1h");
            asked
        }),
        says("magicLinks.redirect", "400 public_token_required", json!({ "public_token": null })),
        says("magicLinks.redirect", "404 public_token_not_found", json!({ "public_token": "public-token-test-x" })),
        says("magicLinks.redirect", "400 invalid_token", json!({ "token": null })),
        says("magicLinks.redirect", "400 invalid_token", json!({ "stytch_token_type": "oauth" })),
        says("magicLinks.redirect", "404 magic_link_not_found", json!({ "token": "unknown" })),
    ];
    for name in
        ["magicLinks.email.send", "magicLinks.email.loginOrCreate", "magicLinks.email.invite", "magicLinks.email.revokeInvite"]
    {
        cases.extend(of_addresses(name));
    }
    for name in ["magicLinks.email.send", "magicLinks.email.loginOrCreate"] {
        cases.extend(of_links(name));
    }
    cases.extend(of_owners("magicLinks.email.send", &json!({ "email": "new@example.com" })));
    cases.extend(of_profiles("magicLinks.email.invite"));
    cases.extend([of_verifiers("magicLinks.authenticate"), of_attributes("magicLinks.authenticate")].concat_all());
    cases
}

fn cases_of_totps() -> Vec<Case> {
    let mut cases = vec![
        says("totps.create", "400 invalid_user_id", json!({ "user_id": "user-test-1" })),
        says("totps.create", "404 user_not_found", json!({ "user_id": "" })),
        says("totps.create", "400 active_totp_exists", json!({ "user_id": "ada" })),
        says("totps.create", "400 invalid_expiration", json!({ "expiration_minutes": 1441 })),
        says("totps.authenticate", "400 invalid_totp_code", json!({ "totp_code": "12345" })),
        says("totps.authenticate", "400 recovery_code_used_as_totp_code", json!({ "totp_code": "ckss-2skx-ebow" })),
        says("totps.authenticate", "401 unable_to_authenticate_totp", json!({ "totp_code": totp_code(TOTP_SECRET, 600) })),
        after("totps.authenticate", "401 unable_to_authenticate_totp", |caller, asked| {
            caller.advance("61s");
            asked
        }),
        after("totps.authenticate", "400 totp_code_already_authenticated", |caller, asked| {
            caller.posted("/v1/totps/authenticate", &asked);
            asked
        }),
        after("totps.authenticate", "400 expired_totp", |caller, _| {
            let made = caller.posted("/v1/totps", &json!({ "user_id": "bea", "expiration_minutes": 5 }));
            caller.advance("5m");
            json!({ "user_id": "bea", "totp_code": totp_code(text(&made, "/secret"), 300) })
        }),
        says("totps.recover", "400 invalid_recovery_code", json!({ "recovery_code": "ckss-2skx" })),
        says("totps.recover", "400 totp_code_used_as_recovery_code", json!({ "recovery_code": "123456" })),
        says("totps.recover", "401 unable_to_authenticate_recovery_code", json!({ "recovery_code": "aaaa-bbbb-cccc" })),
        after("totps.recover", "401 unable_to_authenticate_recovery_code", |caller, asked| {
            caller.posted("/v1/totps/recover", &asked);
            asked
        }),
        after("totps.recover", "400 expired_totp", |caller, _| {
            let made = caller.posted("/v1/totps", &json!({ "user_id": "bea", "expiration_minutes": 5 }));
            caller.advance("5m");
            json!({ "user_id": "bea", "recovery_code": made["recovery_codes"][0] })
        }),
    ];
    for name in ["totps.authenticate", "totps.recover", "totps.recoveryCodes"] {
        cases.push(says(name, "404 user_not_found", json!({ "user_id": STRANGER })));
        cases.push(says(name, "404 totps_not_found_for_user", json!({ "user_id": "bea" })));
    }
    cases
}

fn cases_of_oauth() -> Vec<Case> {
    let url = |kind: &str, url: &str| json!({ format!("{kind}_redirect_url"): url });
    let mut cases = vec![
        says("oauth.start", "400 public_token_required", json!({ "public_token": null })),
        says("oauth.start", "404 public_token_not_found", json!({ "public_token": "public-token-test-x" })),
        says("oauth.start", "400 invalid_oauth_provider", json!({ "{provider}": "myspace" })),
        says("oauth.start", "400 oauth_config_not_found", json!({ "{provider}": "github" })),
        says("oauth.start", "400 oauth_flow_callback_error", json!({ "as": "nobody" })),
        says("oauth.start", "400 invalid_oauth_attach_token", json!({ "oauth_attach_token": "x" })),
        says("oauth.start", "400 invalid_pkce_code_challenge", json!({ "code_challenge": "x" })),
        says("oauth.start", "400 pkce_required_for_native_callback", url("login", "myapp://in")),
        says("oauth.start", "400 invalid_login_oauth_url", url("login", "/in")),
        says("oauth.start", "400 invalid_signup_oauth_url", url("signup", "javascript:alert(1)")),
        with_url("oauth.start", "400 no_match_for_provided_oauth_url", ("login", true), url("login", "https://evil.example/")),
        with_url("oauth.start", "400 no_login_redirect_urls_set", ("signup", true), url("login", "https://app.example/")),
        with_url("oauth.start", "400 no_signup_redirect_urls_set", ("login", true), url("signup", "https://app.example/")),
        with_url("oauth.start", "400 no_default_login_redirect_url_set", ("signup", true), json!({})),
        with_url("oauth.start", "400 no_default_signup_redirect_url_set", ("login", true), json!({})),
        says("oauth.attach", "400 invalid_oauth_provider", json!({ "provider": "Google" })),
        says("oauth.attach", "400 no_user_selection_arguments", json!({ "user_id": null })),
        says("oauth.attach", "400 too_many_user_selection_arguments", json!({ "session_token": "adas-token" })),
        says("oauth.attach", "404 user_not_found", json!({ "user_id": STRANGER })),
        says("oauth.authenticate", "400 invalid_token", json!({ "token": "" })),
        says("oauth.authenticate", "400 oauth_token_not_found", json!({ "token": "unknown" })),
        after("oauth.authenticate", "400 oauth_token_not_found", |caller, asked| {
            caller.posted("/v1/oauth/authenticate", &asked);
            asked
        }),
        after("oauth.authenticate", "400 oauth_token_not_found", |caller, asked| {
            caller.advance("5m");
            asked
        }),
    ];
    cases.extend(of_sessions("oauth.attach"));
    cases.extend(of_verifiers("oauth.authenticate"));
    cases
}

/// All of them.
pub fn cases() -> Vec<Case> {
    let lists =
        [cases_of_passwords(), hash_flaws::cases(), cases_of_codes(), cases_of_links(), cases_of_totps(), cases_of_oauth()];
    lists.into_iter().flatten().chain(LOGINS.into_iter().flat_map(of_logins)).collect()
}
