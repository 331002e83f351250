//! OAuth: from the start in a browser to a session, with PKCE, with an identity attached to a user who is there.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::{Request, Response};
use crate::fixture::{House, PROJECT};
use crate::golden::assert_golden;
use crate::life::{ALICE, BOB, BOBS_TOKEN, Caller, EXPIRED_TOKEN, TOKEN, builder, life, request, text};
use crate::openapi;

pub const OAUTH_AUTHENTICATE: &str = "/v1/oauth/authenticate";
pub const ATTACH: &str = "/v1/oauth/attach";

/// RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const PROVIDERS: [(&str, &str); 24] = [
    ("amazon", "amazon_oauth_factor"),
    ("apple", "apple_oauth_factor"),
    ("bitbucket", "bitbucket_oauth_factor"),
    ("coinbase", "coinbase_oauth_factor"),
    ("discord", "discord_oauth_factor"),
    ("facebook", "facebook_oauth_factor"),
    ("figma", "figma_oauth_factor"),
    ("github", "github_oauth_factor"),
    ("gitlab", "git_lab_oauth_factor"),
    ("google", "google_oauth_factor"),
    ("hubspot", "hubspot_oauth_factor"),
    ("instagram", "instagram_oauth_factor"),
    ("linkedin", "linked_in_oauth_factor"),
    ("microsoft", "microsoft_oauth_factor"),
    ("salesforce", "salesforce_oauth_factor"),
    ("shopify", "shopify_oauth_factor"),
    ("slack", "slack_oauth_factor"),
    ("snapchat", "snapchat_oauth_factor"),
    ("spotify", "spotify_oauth_factor"),
    ("steam", "steam_oauth_factor"),
    ("tiktok", "tik_tok_oauth_factor"),
    ("twitch", "twitch_oauth_factor"),
    ("twitter", "twitter_oauth_factor"),
    ("yahoo", "yahoo_oauth_factor"),
];

fn public_token() -> String {
    PROJECT.replace("project-", "public-token-")
}

fn path(provider: &str, more: &str) -> String {
    format!("/v1/public/oauth/{provider}/start?public_token={}{more}", public_token())
}

/// What a browser gets.
fn browse(house: &House, path: &str) -> Response {
    let mut connection = house.client.connect();
    connection.write(&Request::get(path).bytes());
    connection.read_response(false)
}

/// The token that a browser brings back, and the URL it brings it to.
fn redirected(house: &House, path: &str) -> (String, String) {
    let response = browse(house, path);
    assert_eq!((response.status, response.text()), (302, ""), "{response:?}");
    assert_eq!(response.header("cache-control"), Some("no-store"));
    let location = response.header("location").unwrap();
    let (url, token) = location.split_once("stytch_token_type=oauth&token=").unwrap();
    assert_eq!(token.len(), 44, "{location}");
    (url.to_owned(), token.to_owned())
}

fn token(house: &House, provider: &str, more: &str) -> Value {
    json!({ "token": redirected(house, &path(provider, &format!("&as=olivia@example.com{more}"))).1 })
}

fn with(body: &Value, more: &Value) -> Value {
    let mut body = body.clone();
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[test]
fn the_start_has_a_golden_in_each_profile() {
    for folder in ["page", "live"] {
        let caller = Caller::of(builder());
        let response = browse(&caller.house, &path("google", "&as=olivia@example.com"));
        let golden = json!({ "status": response.status, "location": response.header("location") });
        assert_golden(&format!("{folder}/operations/oauth.start.json"), &golden.to_string());
    }
}

#[test]
fn every_provider_signs_a_person_up_and_in() {
    for (provider, factor) in PROVIDERS {
        let mut caller = life();
        let more = "&login_redirect_url=https://app.example/in?x=1&signup_redirect_url=https://app.example/up";
        let start = path(provider, &format!("&as=100000000000000000001{more}"));
        let (url, token) = redirected(&caller.house, &start);
        assert_eq!(url, "https://app.example/up?", "a new user's browser");
        let body = json!({ "token": token, "session_duration_minutes": 60 });
        let answer = caller.posted(OAUTH_AUTHENTICATE, &body);
        let user = &answer["user"];
        assert_eq!((&user["status"], &user["emails"][0]["verified"]), (&json!("active"), &json!(true)), "{provider}");
        assert_eq!(user["name"], json!({ "first_name": "Olivia", "last_name": "Auth", "middle_name": "" }));
        let registration = &user["providers"][0];
        for key in ["oauth_user_registration_id", "provider_subject", "provider_type"] {
            assert_eq!(answer[key], registration[key], "{provider} {key}");
        }
        assert_eq!(text(&answer, "/provider_type").to_lowercase(), provider);
        let values = &answer["user_session"]["authentication_factors"][0];
        assert_eq!((&values["type"], &values["delivery_method"]), (&json!("oauth"), &json!(format!("oauth_{provider}"))));
        assert_eq!(
            values[factor],
            json!({ "email_id": user["emails"][0]["email_id"], "id": registration["oauth_user_registration_id"],
                "provider_subject": "100000000000000000001" }),
            "{provider}"
        );
        assert_eq!(caller.sessions(text(&answer, "/user_id")), [answer["user_session"].clone()]);
        assert_eq!(answer["reset_sessions"], false);
        let (url, token) = redirected(&caller.house, &start);
        assert_eq!(url, "https://app.example/in?x=1&", "whoever was there before");
        let again = caller.posted(OAUTH_AUTHENTICATE, &json!({ "token": token }));
        assert_eq!((&again["user_id"], &again["user_session"]), (&answer["user_id"], &Value::Null));
        assert_eq!(again["user"]["providers"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn an_identity_with_the_address_of_a_user_is_theirs_and_a_given_session_gets_the_factor() {
    let seed = json!({ "clock": "2021-08-09T08:00:00Z", "projects": [{
        "oauth_identities": [
            { "provider": "github", "provider_subject": "gh-1", "email": "alice@example.com", "name": "Alice B. C. Doe" },
            { "provider": "google", "email": "new@example.com", "name": { "first_name": "New" }, "locale": "de" },
        ],
        "users": [
            { "user_id": ALICE, "emails": [{ "email": "Alice@example.com", "verified": false }], "password": {},
              "sessions": [{ "session_token": TOKEN, "expires_at": "+1h" }, { "expires_at": "+1h" }] },
            { "user_id": BOB, "sessions": [{ "session_token": BOBS_TOKEN, "expires_at": "+1h" }] },
        ],
    }] });
    let mut caller = Caller::of(Emulator::builder().seed_json(seed.to_string()).id_seed(7));
    let body = json!({ "token": redirected(&caller.house, &path("github", "&as=gh-1&custom_scopes=repo+gist")).1 });
    let strange = with(&body, &json!({ "session_token": BOBS_TOKEN }));
    assert_eq!(caller.post(OAUTH_AUTHENTICATE, &strange).outcome(), "400 user_id_mismatch", "and nothing is used up");
    let answer = caller.posted(OAUTH_AUTHENTICATE, &with(&body, &json!({ "session_token": TOKEN })));
    assert_eq!((&answer["user_id"], &answer["reset_sessions"]), (&json!(ALICE), &json!(true)));
    assert_eq!(answer["user_session"]["authentication_factors"].as_array().unwrap().len(), 2);
    assert_eq!(answer["provider_values"]["scopes"], json!(["openid", "email", "profile", "repo", "gist"]));
    assert_eq!(answer["provider_values"]["expires_at"], "2021-08-09T09:00:00Z");
    assert_eq!(
        (&answer["user"]["password"]["requires_reset"], &answer["user"]["emails"][0]["verified"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(caller.sessions(ALICE), [answer["user_session"].clone()], "the other session is ended");
    let state = caller.state();
    assert_eq!(Caller::of(Emulator::builder().seed_json(state.to_string())).state(), state);
    assert_eq!(
        state["projects"][0]["oauth_identities"][0]["name"],
        json!({ "first_name": "Alice", "middle_name": "B. C.", "last_name": "Doe" })
    );
}

#[test]
fn an_attach_token_adds_the_identity_to_its_user_once() {
    for who in [json!({ "user_id": "alice" }), json!({ "session_token": TOKEN })] {
        let mut caller = life();
        let answer = caller.posted(ATTACH, &with(&json!({ "provider": "github" }), &who));
        let attach = format!("&oauth_attach_token={}", text(&answer, "/oauth_attach_token"));
        let start = path("github", &format!("&as=olivia@example.com{attach}"));
        let wrong = browse(&caller.house, &path("gitlab", &format!("&as=olivia@example.com{attach}")));
        assert_eq!(wrong.outcome(), "400 invalid_oauth_attach_token", "it is of another provider");
        let body = json!({ "token": redirected(&caller.house, &start).1 });
        let answer = caller.posted(OAUTH_AUTHENTICATE, &body);
        assert_eq!(answer["user_id"], ALICE);
        assert_eq!(browse(&caller.house, &start).outcome(), "400 invalid_oauth_attach_token");
        // by now the identity is Alice's
        let answer = caller.posted(ATTACH, &json!({ "provider": "github", "user_id": BOB }));
        let attach = format!("&oauth_attach_token={}", text(&answer, "/oauth_attach_token"));
        let refused = browse(&caller.house, &path("github", &format!("&as=olivia@example.com{attach}")));
        assert_eq!(refused.outcome(), "400 invalid_oauth_attach_token");
    }
}

/// What the start refuses: the provider, the rest of the query.
fn starts() -> Vec<(&'static str, &'static str, String)> {
    let as_olivia = |more: &str| format!("&as=olivia@example.com{more}");
    vec![
        ("400 invalid_oauth_provider", "myspace", as_olivia("")),
        ("400 invalid_login_oauth_url", "google", as_olivia("&login_redirect_url=/in")),
        ("400 invalid_signup_oauth_url", "google", as_olivia("&signup_redirect_url=javascript:alert(1)")),
        ("400 invalid_pkce_code_challenge", "google", as_olivia("&code_challenge=x")),
        ("400 pkce_required_for_native_callback", "google", as_olivia("&login_redirect_url=myapp://in")),
        ("400 invalid_oauth_attach_token", "google", as_olivia("&oauth_attach_token=x")),
        ("400 invalid_oauth_attach_token", "google", "&oauth_attach_token=x".to_owned()),
        ("400 oauth_flow_callback_error", "google", "&as=nobody@example.com".to_owned()),
        ("400 bad_request", "google", as_olivia("&as=olivia@example.com")),
    ]
}

/// What `authenticate` refuses: what the start has beside, how long it took, the body beside the token.
fn authentications() -> Vec<(&'static str, &'static str, &'static str, Value)> {
    let challenge = "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let verifier = |text: &str| json!({ "code_verifier": text });
    vec![
        ("400 invalid_token", "", "1s", json!({ "token": "" })),
        ("400 oauth_token_not_found", "", "1s", json!({ "token": "x" })),
        ("400 oauth_token_not_found", "", "5m", json!({})),
        ("400 pkce_expected_code_verifier", challenge, "1s", json!({})),
        ("400 pkce_did_not_expect_code_verifier", "", "1s", verifier(VERIFIER)),
        ("400 pkce_mismatch", challenge, "1s", verifier(&VERIFIER.replace('d', "e"))),
        ("400 invalid_pkce_code_verifier", challenge, "1s", verifier("short")),
    ]
}

/// What `attach` refuses.
fn attachments() -> Vec<(&'static str, Value)> {
    vec![
        ("400 invalid_oauth_provider", json!({ "provider": "Google", "user_id": ALICE })),
        ("400 bad_request", json!({ "user_id": ALICE })),
        ("400 no_user_selection_arguments", json!({ "provider": "google" })),
        ("400 too_many_user_selection_arguments", json!({ "provider": "google", "user_id": ALICE, "session_token": TOKEN })),
        ("400 too_many_user_selection_arguments", json!({ "provider": "google", "session_jwt": "x", "session_token": TOKEN })),
        ("404 user_not_found", json!({ "provider": "google", "user_id": "nobody" })),
        ("404 session_not_found", json!({ "provider": "google", "session_token": EXPIRED_TOKEN })),
    ]
}

/// The rows of the catalogue that these tests come to.
pub fn refused() -> BTreeSet<&'static str> {
    let rows = starts().into_iter().map(|row| row.0).chain(authentications().into_iter().map(|row| row.0));
    let rows = rows.chain(attachments().into_iter().map(|row| row.0));
    let more = ["400 public_token_required", "404 public_token_not_found", "400 oauth_config_not_found"];
    rows.chain(more).map(|row| row.split_once(' ').unwrap().1).collect()
}

#[test]
fn what_is_wrong_is_refused_by_its_own_error() {
    let mut caller = life();
    let document = openapi::document(&caller.house.client);
    let before = caller.state();
    let check = |expected: &str, method: &str, target: &str, response: &Response| {
        assert_eq!(response.outcome(), expected, "{method} {target}");
        openapi::assert_declared(&document, method, target, &response.json());
    };
    for (expected, provider, more) in starts() {
        let target = path(provider, &more);
        check(expected, "GET", &target, &browse(&caller.house, &target));
    }
    for (expected, query) in [
        ("400 public_token_required", "?as=olivia@example.com"),
        ("400 public_token_required", "?public_token="),
        ("404 public_token_not_found", "?public_token=public-token-test-1"),
        ("404 public_token_not_found", "?public_token=project-test-11111111-1111-4111-8111-111111111111"),
    ] {
        let target = format!("/v1/public/oauth/google/start{query}");
        check(expected, "GET", &target, &browse(&caller.house, &target));
    }
    for (expected, body) in attachments() {
        check(expected, "POST", ATTACH, &caller.post(ATTACH, &body));
    }
    assert_eq!(caller.state(), before, "who is refused changes nothing");
    for (expected, more, wait, body) in authentications() {
        let mut caller = life();
        let token = token(&caller.house, "google", more);
        caller.advance(wait);
        check(expected, "POST", OAUTH_AUTHENTICATE, &caller.post(OAUTH_AUTHENTICATE, &with(&token, &body)));
    }
    let none = House::seeded(r#"{"projects": [{"oauth_identities": [{"provider": "github"}]}]}"#);
    check("400 oauth_config_not_found", "GET", &path("google", ""), &browse(&none, &path("google", "")));
    assert_eq!(browse(&none, &path("github", "")).status, 200);
}

#[test]
fn a_verifier_goes_with_its_challenge_and_ten_wrong_ones_lock_the_user() {
    let mut caller = life();
    let challenge = format!("&code_challenge={CHALLENGE}&login_redirect_url=myapp://in&signup_redirect_url=myapp://up");
    let body = with(&token(&caller.house, "google", &challenge), &json!({ "code_verifier": VERIFIER }));
    let wrong = with(&body, &json!({ "code_verifier": "x".repeat(43) }));
    assert_eq!(caller.post(OAUTH_AUTHENTICATE, &wrong).outcome(), "400 pkce_mismatch");
    caller.posted(OAUTH_AUTHENTICATE, &body);
    assert_eq!(caller.post(OAUTH_AUTHENTICATE, &body).outcome(), "400 oauth_token_not_found", "it was used");
    let body = with(&token(&caller.house, "google", &challenge), &json!({ "code_verifier": VERIFIER }));
    for _ in 0..10 {
        assert_eq!(caller.post(OAUTH_AUTHENTICATE, &wrong).status, 400);
        let wrong = with(&body, &json!({ "code_verifier": "x".repeat(43) }));
        assert_eq!(caller.post(OAUTH_AUTHENTICATE, &wrong).outcome(), "400 pkce_mismatch");
    }
    assert_eq!(caller.post(OAUTH_AUTHENTICATE, &body).outcome(), "429 user_lock_limit_reached");
}

#[test]
fn a_token_ends_with_its_user_its_registration_and_the_state() {
    let mut caller = life();
    let body = token(&caller.house, "google", "");
    let users = caller.state()["projects"][0]["users"].as_array().unwrap().clone();
    let user = users.last().unwrap();
    assert_eq!(user["status"], "pending", "until the token comes back");
    let registration = text(user, "/providers/0/oauth_user_registration_id").to_owned();
    assert_eq!(caller.delete(&format!("/v1/users/oauth/{registration}")).outcome(), "200");
    assert_eq!(caller.post(OAUTH_AUTHENTICATE, &body).outcome(), "400 oauth_token_not_found");
    let body = token(&caller.house, "google", "");
    assert_eq!(caller.delete(&format!("/v1/users/{}", text(user, "/user_id"))).outcome(), "200");
    assert_eq!(caller.post(OAUTH_AUTHENTICATE, &body).outcome(), "400 oauth_token_not_found");
    let body = token(&caller.house, "google", "");
    caller.house.client.steered("POST", "/__mock/reset", "");
    assert_eq!(caller.post(OAUTH_AUTHENTICATE, &body).outcome(), "400 oauth_token_not_found");
}

#[test]
fn the_page_offers_each_identity_of_the_provider_as_a_link_and_runs_nothing() {
    let seed = json!({ "projects": [{ "oauth_identities": [
        { "provider_subject": "1&<x>", "name": "<b>Eve</b>", "email": "eve\"@example.com" },
        { "provider": "github", "provider_subject": "2", "email": "gh@example.com" },
        { "provider": "google", "provider_subject": "3", "email": "other@example.com" },
    ] }] });
    let house = House::seeded(&seed.to_string());
    let response = browse(&house, &path("github", &format!("&code_challenge={CHALLENGE}&custom_scopes=a+b")));
    assert_eq!((response.status, response.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let policy = response.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    assert_eq!((response.header("cache-control"), response.header("referrer-policy")), (Some("no-store"), Some("no-referrer")));
    let page = response.text();
    assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("other@example.com"), "{page}");
    assert!(page.contains("<title>Sign in with GitHub</title>") && page.contains("&lt;b&gt;Eve&lt;/b&gt;"), "{page}");
    let links: Vec<String> =
        page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&")).collect();
    assert_eq!(links.len(), 2);
    let (url, token) = redirected(&house, &format!("/v1/public/oauth/github/start{}", links[0]));
    assert_eq!(url, "http://localhost:3000/authenticate?");
    let body = json!({ "token": token, "code_verifier": VERIFIER });
    let answer = house.client.send(&request("POST", OAUTH_AUTHENTICATE, &body)).json();
    assert_eq!(answer["provider_subject"], "1&<x>");
    assert_eq!(answer["provider_values"]["scopes"], json!(["openid", "email", "profile", "a", "b"]));
}

#[test]
fn the_journal_holds_no_token_of_a_start_and_says_that_it_was_answered() {
    let mut caller = life();
    let attach = caller.posted(ATTACH, &json!({ "provider": "google", "user_id": ALICE }));
    let attach = text(&attach, "/oauth_attach_token").to_owned();
    let (_, token) = redirected(&caller.house, &path("google", &format!("&as=olivia@example.com&oauth_attach_token={attach}")));
    caller.posted(OAUTH_AUTHENTICATE, &json!({ "token": token }));
    let journal = caller.house.client.steered("GET", "/__mock/requests", "");
    let entries = journal["requests"].as_array().unwrap();
    let start = entries.iter().find(|entry| entry["status"] == 302).unwrap();
    assert!(start["reason"].as_str().is_none_or(str::is_empty), "{start}");
    assert_eq!(start["ignored"].as_array().map_or(0, Vec::len), 0, "{start}");
    let all = journal.to_string();
    assert!(!all.contains(&attach) && !all.contains(&token), "{all}");
}

#[test]
fn the_sandbox_tokens_need_no_seed() {
    let mut caller = life();
    let good = json!({ "token": "hdPVZHHX0UoRa7hJTuuPHi1vlddffSnoweRbVFf5-H8g", "session_duration_minutes": 5 });
    let answer = caller.posted(OAUTH_AUTHENTICATE, &good);
    assert_eq!(answer["user_id"], crate::totps::SANDBOX_USER);
    assert_eq!(answer["user_session"]["session_id"], "session-test-eb94233f-8800-4ebd-8645-51dc15f9d028");
    let bad = json!({ "token": "59cnLELtq5cFVS6uYK9f-pAWzBkhqZl8AvLhbhOvKNWw" });
    assert_eq!(caller.post(OAUTH_AUTHENTICATE, &bad).outcome(), "400 oauth_token_not_found");
}

#[test]
fn of_two_who_come_with_one_token_one_is_late_every_time() {
    const ROUNDS: usize = 1_000;
    let house = House::seeded(r#"{"projects": [{}]}"#);
    let tokens: Vec<Value> = (0..ROUNDS).map(|_| token(&house, "google", "")).collect();
    let start = Barrier::new(2);
    let come = || -> Vec<u16> {
        let mut connection = house.client.connect();
        let each = |body: &Value| {
            start.wait();
            connection.send(&request("POST", OAUTH_AUTHENTICATE, body)).status
        };
        tokens.iter().map(each).collect()
    };
    let (one, other) = thread::scope(|scope| {
        let [one, other] = [(), ()].map(|()| scope.spawn(come));
        (one.join().unwrap(), other.join().unwrap())
    });
    for (round, statuses) in one.into_iter().zip(other).enumerate() {
        assert!(matches!(statuses, (200, 400) | (400, 200)), "{round}: {statuses:?}");
    }
}
