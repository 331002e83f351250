//! TOTPs: from a new secret to a session, by codes of the app and by recovery codes.

use data_encoding::BASE32_NOPAD;
use ring::hmac;
use serde_json::{Value, json};
use std::sync::Barrier;
use std::thread;
use stytch_mock::Emulator;

use crate::fixture::{House, STRANGER};
use crate::life::{ALICE, BOB, BOBS_TOKEN, Caller, TOKEN, life, request, text};
use crate::openapi;

pub const TOTPS: &str = "/v1/totps";
pub const SANDBOX_USER: &str = "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd";
const AUTHENTICATE: &str = "/v1/totps/authenticate";
const RECOVER: &str = "/v1/totps/recover";
const RECOVERY_CODES: &str = "/v1/totps/recovery_codes";

/// The secret of RFC 6238's own examples.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// 2021-08-09T08:00:00Z, where the clock of the tests stands.
const START: u64 = 1_628_496_000;

/// The code that an app shows so many seconds after the start, by RFC 6238.
pub fn code(secret: &str, seconds: u64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &BASE32_NOPAD.decode(secret.as_bytes()).unwrap());
    let tag = hmac::sign(&key, &((START + seconds) / 30).to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes(tag[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// Alice's new TOTP.
fn created(caller: &mut Caller) -> Value {
    caller.posted(TOTPS, &json!({ "user_id": ALICE }))
}

fn by_code(secret: &str, seconds: u64) -> Value {
    json!({ "user_id": ALICE, "totp_code": code(secret, seconds) })
}

fn with(body: &Value, more: &Value) -> Value {
    let mut body = body.clone();
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// An emulator with Alice, who has a verified TOTP.
fn seeded() -> Caller {
    let seed = json!({ "clock": "2021-08-09T08:00:00Z", "projects": [{ "users": [
        { "user_id": ALICE, "totps": [{ "totp_id": "totp-of-alice", "secret": SECRET, "recovery_codes": ["ckss-2skx-ebow"] }],
          "sessions": [{ "session_token": TOKEN, "expires_at": "+2h" }] },
        { "user_id": BOB, "sessions": [{ "session_token": BOBS_TOKEN, "expires_at": "+2h" }] },
    ] }] });
    Caller::of(Emulator::builder().seed_json(seed.to_string()).id_seed(7))
}

#[test]
fn a_new_secret_lasts_once_a_code_of_it_came() {
    let mut caller = life();
    let totp = created(&mut caller);
    let (secret, totp_id) = (text(&totp, "/secret").to_owned(), text(&totp, "/totp_id").to_owned());
    assert_eq!(secret.len(), 32);
    assert_eq!(totp["recovery_codes"].as_array().unwrap().len(), 10);
    assert!(text(&totp, "/qr_code").starts_with("data:image/png;base64, iVBOR"));
    assert_eq!(totp["user"]["totps"], json!([{ "totp_id": totp_id, "verified": false }]), "it takes the place of the old one");
    let answer = caller.posted(AUTHENTICATE, &by_code(&secret, 0));
    assert_eq!(
        (&answer["session"], &answer["session_token"], &answer["session_jwt"], &answer["user_device"]),
        (&Value::Null, &json!(""), &json!(""), &Value::Null)
    );
    assert_eq!((&answer["totp_id"], &answer["user_id"]), (&json!(totp_id), &json!(ALICE)));
    assert_eq!(answer["user"]["totps"], json!([{ "totp_id": totp_id, "verified": true }]));
    assert_eq!(caller.post(TOTPS, &json!({ "user_id": ALICE })).outcome(), "400 active_totp_exists");
    caller.advance("30s");
    let answer = caller.posted(AUTHENTICATE, &with(&by_code(&secret, 30), &json!({ "session_duration_minutes": 60 })));
    let factors = &answer["session"]["authentication_factors"];
    let at = "2021-08-09T08:00:30Z";
    assert_eq!(
        *factors,
        json!([{ "type": "totp", "delivery_method": "authenticator_app", "authenticator_app_factor": { "totp_id": totp_id },
            "created_at": at, "last_authenticated_at": at, "updated_at": at }])
    );
    assert!(caller.sessions(ALICE).iter().any(|session| session["session_id"] == answer["session"]["session_id"]));
}

#[test]
fn a_given_session_gets_the_factor_added() {
    let mut caller = seeded();
    let answer = caller.posted(AUTHENTICATE, &with(&by_code(SECRET, 0), &json!({ "session_token": TOKEN })));
    let types = |answer: &Value| -> Vec<Value> {
        let factors = answer["session"]["authentication_factors"].as_array().unwrap();
        factors.iter().map(|factor| factor["type"].clone()).collect()
    };
    assert_eq!(types(&answer), ["magic_link", "totp"]);
    let jwt = answer["session_jwt"].clone();
    let recover = json!({ "user_id": ALICE, "recovery_code": "CKSS-2skx-ebow", "session_jwt": jwt });
    let answer = caller.posted(RECOVER, &recover);
    assert_eq!(types(&answer), ["magic_link", "totp", "recovery_codes"]);
    assert_eq!((&answer["totp_id"], &answer["session_token"]), (&json!("totp-of-alice"), &json!(TOKEN)));
    let factor = &answer["session"]["authentication_factors"][2];
    assert_eq!(factor["delivery_method"], "recovery_code");
    assert!(text(factor, "/recovery_code_factor/totp_recovery_code_id").starts_with("totp-recovery-code-test-"));
    let codes = caller.posted(RECOVERY_CODES, &json!({ "user_id": ALICE }));
    assert_eq!(codes["totps"], json!([{ "recovery_codes": [], "totp_id": "totp-of-alice", "verified": true }]));
}

/// What is refused of each operation: the answer, how far the clock goes before, the path and the body. Alice has the
/// seed's TOTP, with a code used at the start; Bob has none.
pub fn refusals() -> Vec<(&'static str, &'static str, &'static str, Value)> {
    let code_of = |user_id: &str, code: &str| json!({ "user_id": user_id, "totp_code": code });
    let recover = |user_id: &str, code: &str| json!({ "user_id": user_id, "recovery_code": code });
    let user = |user_id: &str| json!({ "user_id": user_id });
    vec![
        ("400 invalid_user_id", "", TOTPS, user("user-test-1")),
        ("404 user_not_found", "", TOTPS, user("")),
        ("404 user_not_found", "", TOTPS, user(STRANGER)),
        ("400 bad_request", "", TOTPS, json!({})),
        ("400 active_totp_exists", "", TOTPS, user(ALICE)),
        ("400 invalid_expiration", "", TOTPS, json!({ "user_id": BOB, "expiration_minutes": 4 })),
        ("400 invalid_expiration", "", TOTPS, json!({ "user_id": BOB, "expiration_minutes": 1441 })),
        ("404 user_not_found", "", AUTHENTICATE, code_of(STRANGER, "123456")),
        ("404 user_not_found", "", AUTHENTICATE, code_of("user-test-1", "123456")),
        ("404 totps_not_found_for_user", "", AUTHENTICATE, code_of(BOB, "123456")),
        ("400 invalid_totp_code", "", AUTHENTICATE, code_of(ALICE, "12345")),
        ("400 recovery_code_used_as_totp_code", "", AUTHENTICATE, code_of(ALICE, "ckss-2skx-ebow")),
        ("401 unable_to_authenticate_totp", "61s", AUTHENTICATE, by_code(SECRET, 0)),
        ("400 totp_code_already_authenticated", "", AUTHENTICATE, by_code(SECRET, 0)),
        ("400 user_id_mismatch", "", AUTHENTICATE, with(&by_code(SECRET, 0), &json!({ "session_token": BOBS_TOKEN }))),
        ("404 user_not_found", "", RECOVERY_CODES, user(STRANGER)),
        ("404 totps_not_found_for_user", "", RECOVERY_CODES, user(BOB)),
        ("404 user_not_found", "", RECOVER, recover(STRANGER, "ckss-2skx-ebow")),
        ("404 totps_not_found_for_user", "", RECOVER, recover(BOB, "ckss-2skx-ebow")),
        ("400 invalid_recovery_code", "", RECOVER, recover(ALICE, "ckss-2skx")),
        ("400 totp_code_used_as_recovery_code", "", RECOVER, recover(ALICE, "123456")),
        ("401 unable_to_authenticate_recovery_code", "", RECOVER, recover(ALICE, "ckss-2skx-eboX")),
        // these come about by the two tests below
        ("400 expired_totp", "5m", AUTHENTICATE, Value::Null),
        ("429 user_lock_limit_reached", "", AUTHENTICATE, Value::Null),
    ]
}

#[test]
fn what_is_wrong_is_refused_by_its_own_error() {
    for (expected, advance, path, body) in refusals().into_iter().filter(|(.., body)| !body.is_null()) {
        let mut caller = seeded();
        let document = openapi::document(&caller.house.client);
        caller.posted(AUTHENTICATE, &by_code(SECRET, 0));
        if !advance.is_empty() {
            caller.advance(advance);
        }
        let response = caller.post(path, &body);
        assert_eq!(response.outcome(), expected, "{path} {body}");
        openapi::assert_declared(&document, "POST", path, &response.json());
    }
}

#[test]
fn the_first_code_has_to_come_in_time() {
    for (minutes, expected) in [("4m59s", "200"), ("5m", "400 expired_totp")] {
        let mut caller = life();
        let totp = caller.posted(TOTPS, &json!({ "user_id": BOB, "expiration_minutes": 5 }));
        caller.advance(minutes);
        let recover = json!({ "user_id": BOB, "recovery_code": totp["recovery_codes"][3] });
        assert_eq!(caller.post(RECOVER, &recover).outcome(), expected);
        let seconds = if minutes == "5m" { 300 } else { 299 };
        let body = json!({ "user_id": BOB, "totp_code": code(text(&totp, "/secret"), seconds) });
        assert_eq!(caller.post(AUTHENTICATE, &body).outcome(), expected);
        assert_eq!(caller.post(TOTPS, &json!({ "user_id": BOB })).status, if expected == "200" { 400 } else { 200 });
    }
}

#[test]
fn ten_wrong_codes_in_a_row_lock_the_user_and_the_clock_frees_them() {
    let mut caller = seeded();
    let wrong = json!({ "user_id": ALICE, "recovery_code": "aaaa-bbbb-cccc" });
    for _ in 0..9 {
        assert_eq!(caller.post(RECOVER, &wrong).outcome(), "401 unable_to_authenticate_recovery_code");
        assert_eq!(caller.post(RECOVER, &json!({ "user_id": ALICE, "recovery_code": "x" })).status, 400, "no attempt");
    }
    caller.posted(AUTHENTICATE, &by_code(SECRET, 0));
    for _ in 0..10 {
        assert_eq!(caller.post(RECOVER, &wrong).outcome(), "401 unable_to_authenticate_recovery_code");
    }
    caller.advance("30s");
    assert_eq!(caller.post(AUTHENTICATE, &by_code(SECRET, 30)).outcome(), "429 user_lock_limit_reached");
    assert_eq!(caller.post(RECOVER, &wrong).outcome(), "429 user_lock_limit_reached");
    let user = caller.get(&format!("/v1/users/{ALICE}")).json();
    assert_eq!((&user["is_locked"], &user["lock_expires_at"]), (&json!(true), &json!("2021-08-09T09:00:00Z")));
    caller.advance("59m30s");
    assert_eq!(caller.post(AUTHENTICATE, &by_code(SECRET, 3600)).outcome(), "200");
}

#[test]
fn a_seeds_totp_and_what_became_of_it_come_back_from_a_state() {
    let mut caller = seeded();
    caller.posted(AUTHENTICATE, &by_code(SECRET, 0));
    let totp = caller.posted(TOTPS, &json!({ "user_id": BOB }));
    let state = caller.state();
    assert_eq!(
        state["projects"][0]["users"][0]["totps"],
        json!([{ "totp_id": "totp-of-alice", "verified": true, "secret": SECRET, "recovery_codes": ["ckss-2skx-ebow"],
            "last_code_at": "2021-08-09T08:00:00Z" }])
    );
    let mut again = Caller::of(Emulator::builder().seed_json(state.to_string()).id_seed(7));
    assert_eq!(again.state(), state);
    assert_eq!(again.post(AUTHENTICATE, &by_code(SECRET, 0)).outcome(), "400 totp_code_already_authenticated");
    let body = json!({ "user_id": BOB, "totp_code": code(text(&totp, "/secret"), 0) });
    assert_eq!(again.post(AUTHENTICATE, &body).outcome(), "200");
    assert_eq!(again.post(RECOVER, &json!({ "user_id": ALICE, "recovery_code": "ckss-2skx-ebow" })).outcome(), "200");
}

#[test]
fn a_secret_alone_gets_recovery_codes_and_an_id_alone_is_proven_by_nothing() {
    let seed = json!({ "clock": "2021-08-09T08:00:00Z", "projects": [{ "users": [
        { "user_id": ALICE, "totps": [{ "secret": SECRET, "verified": false }] },
        { "user_id": BOB, "totps": [{ "totp_id": "mentioned" }] },
    ] }] });
    let mut caller = Caller::of(Emulator::builder().seed_json(seed.to_string()));
    let codes = caller.posted(RECOVERY_CODES, &json!({ "user_id": ALICE }));
    assert_eq!(codes["totps"][0]["recovery_codes"].as_array().unwrap().len(), 10);
    assert_eq!(caller.posted(AUTHENTICATE, &by_code(SECRET, 0))["user"]["totps"][0]["verified"], true);
    let state = caller.state();
    assert_eq!(Caller::of(Emulator::builder().seed_json(state.to_string())).state(), state);
    let body = json!({ "user_id": BOB, "totp_code": "123456" });
    assert_eq!(caller.post(AUTHENTICATE, &body).outcome(), "401 unable_to_authenticate_totp");
    assert_eq!(caller.posted(RECOVERY_CODES, &json!({ "user_id": BOB }))["totps"][0]["recovery_codes"], json!([]));
}

#[test]
fn the_sandbox_user_needs_no_seed() {
    let mut caller = life();
    let user = json!({ "user_id": SANDBOX_USER });
    assert_eq!(caller.posted(TOTPS, &user)["user_id"], SANDBOX_USER);
    assert_eq!(caller.posted(RECOVERY_CODES, &user)["totps"][0]["recovery_codes"], json!(["a1b2-c3d4-e5f6"]));
    for (path, right, wrong, refusal) in [
        (AUTHENTICATE, json!({ "totp_code": "000000" }), json!({ "totp_code": "000001" }), "401 unable_to_authenticate_totp"),
        (
            RECOVER,
            json!({ "recovery_code": "a1b2-c3d4-e5f6" }),
            json!({ "recovery_code": "a1b2-c3d4-e5f7" }),
            "401 unable_to_authenticate_recovery_code",
        ),
    ] {
        let answer = caller.posted(path, &with(&with(&user, &right), &json!({ "session_duration_minutes": 5 })));
        assert_eq!(answer["session"]["session_id"], "session-test-eb94233f-8800-4ebd-8645-51dc15f9d028");
        assert_eq!(answer["session_token"], "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY");
        assert_eq!(caller.post(path, &with(&user, &right)).json()["session"], Value::Null);
        assert_eq!(caller.post(path, &with(&user, &wrong)).outcome(), refusal);
    }
}

#[test]
fn of_two_who_come_with_one_recovery_code_one_is_late_every_time() {
    const ROUNDS: usize = 1_000;
    let codes: Vec<String> = (0..ROUNDS).map(|round| format!("{round:04}-aaaa-bbbb")).collect();
    let seed =
        json!({ "projects": [{ "users": [{ "user_id": ALICE, "totps": [{ "secret": SECRET, "recovery_codes": codes }] }] }] });
    let house = House::of(Emulator::builder().seed_json(seed.to_string()));
    let start = Barrier::new(2);
    let come = || -> Vec<u16> {
        let mut connection = house.client.connect();
        let each = |code: &String| {
            let request = request("POST", RECOVER, &json!({ "user_id": ALICE, "recovery_code": code }));
            start.wait();
            connection.send(&request).status
        };
        codes.iter().map(each).collect()
    };
    let (one, other) = thread::scope(|scope| {
        let [one, other] = [(), ()].map(|()| scope.spawn(come));
        (one.join().unwrap(), other.join().unwrap())
    });
    for (round, statuses) in one.into_iter().zip(other).enumerate() {
        assert!(matches!(statuses, (200, 401) | (401, 200)), "{round}: {statuses:?}");
    }
}

#[test]
fn a_seed_tells_when_a_code_came_and_until_when_one_may_from_the_clock_on() {
    let totp = |more: Value| with(&json!({ "secret": SECRET, "recovery_codes": [] }), &more);
    for (totp, after, expected) in [
        (totp(json!({ "last_code_at": "now" })), "0s", "400 totp_code_already_authenticated"),
        (totp(json!({ "last_code_at": "+30s" })), "0s", "400 totp_code_already_authenticated"),
        (totp(json!({ "last_code_at": "-30s" })), "0s", "200"),
        (totp(json!({ "verified": false, "expires_at": "+10m" })), "9m59s", "200"),
        (totp(json!({ "verified": false, "expires_at": "+10m" })), "10m", "400 expired_totp"),
    ] {
        let seed = json!({ "clock": "2021-08-09T08:00:00Z", "projects": [{ "users": [{ "user_id": ALICE, "totps": [totp] }] }] });
        let mut caller = Caller::of(Emulator::builder().seed_json(seed.to_string()));
        let client = caller.house.client.clone();
        client.steered("POST", "/__mock/clock/advance", json!({ "by": after }).to_string());
        let now: chrono::DateTime<chrono::Utc> =
            client.steered("GET", "/__mock/clock", "")["now"].as_str().unwrap().parse().unwrap();
        let seconds = u64::try_from(now.timestamp()).unwrap() - START;
        assert_eq!(caller.post(AUTHENTICATE, &by_code(SECRET, seconds)).outcome(), expected, "{totp} after {after}");
    }
}
