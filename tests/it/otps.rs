//! One-time codes: sent, used once, for some minutes, by the user whom they were sent to.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::fixture::House;
use crate::life::{ALICE, BOB, BOBS_TOKEN, CAROL, EXPIRED_TOKEN, TOKEN, life, text};
use crate::messages::{EMAIL_CODE, OTP, SMS_CODE, joined, last_message, message_count, other_code, race, sent_one_by_one};

const SEND_SMS: &str = "/v1/otps/sms/send";
const SEND_EMAIL: &str = "/v1/otps/email/send";
const BOBS_NUMBER: &str = "+447700900123";
const BOBS_PHONE_ID: &str = "phone-number-test-00000000-0000-4000-8000-0000000000b1";

#[test]
fn a_new_user_signs_up_by_each_channel_and_is_listed_with_a_session() {
    for (channel, path, address, sub_object) in [
        ("sms", SMS_CODE, json!({ "phone_number": "+12025550143" }), "phone_number_factor"),
        ("whatsapp", "/v1/otps/whatsapp/login_or_create", json!({ "phone_number": "+12025550143" }), "phone_number_factor"),
        ("email", EMAIL_CODE, json!({ "email": "new@example.com" }), "email_factor"),
    ] {
        let mut caller = life();
        let answer = caller.posted(path, &joined(address.clone(), &json!({ "locale": "fr", "expiration_minutes": 10 })));
        assert_eq!(answer["user_created"], true);
        let message = last_message(&caller.house);
        let to = address.as_object().unwrap().values().next().unwrap();
        assert_eq!((&message["channel"], &message["to"], &message["kind"]), (&json!(channel), to, &json!("otp")));
        assert_eq!((&message["locale"], &message["expires_at"]), (&json!("fr"), &json!("2021-08-09T08:10:00Z")));
        assert_eq!(message["user_id"], answer["user_id"]);
        let user_id = text(&answer, "/user_id").to_owned();
        let contact = |user: &Value| user[if channel == "email" { "emails" } else { "phone_numbers" }][0]["verified"].clone();
        assert_eq!(contact(&caller.get(&format!("/v1/users/{user_id}")).json()), false);
        let login = caller.redeem(&message, &json!({ "session_duration_minutes": 30 })).json();
        assert_eq!((&login["user_id"], &login["reset_sessions"]), (&json!(user_id), &json!(false)), "{login}");
        assert_eq!((&login["method_id"], contact(&login["user"])), (&message["method_id"], json!(true)));
        let factor = &login["session"]["authentication_factors"][0];
        assert_eq!((&factor["type"], &factor["delivery_method"]), (&json!("otp"), &json!(channel)));
        let (id, value) = if channel == "email" { ("email_id", "email_address") } else { ("phone_id", "phone_number") };
        assert_eq!(factor[sub_object], json!({ id: login["method_id"], value: to }));
        assert_eq!(caller.sessions(&user_id).len(), 1);
        assert_eq!(caller.posted(path, &address)["user_created"], false, "they are known from now on");
    }
}

#[test]
fn a_code_without_a_duration_begins_no_session() {
    let mut caller = life();
    let message = caller.sent(EMAIL_CODE, &json!({ "email": "new@example.com" }));
    let login = caller.redeem(&message, &json!({ "telemetry_id": "x" })).json();
    let parts = ["session", "session_jwt", "session_token", "user_device"].map(|key| login[key].clone());
    assert_eq!(parts, [Value::Null, json!(""), json!(""), Value::Null]);
}

#[test]
fn a_given_session_gets_the_factor() {
    let mut caller = life();
    let jwt = caller.jwt(BOBS_TOKEN);
    for (more, factors) in [(json!({ "session_token": BOBS_TOKEN }), 2), (json!({ "session_jwt": jwt }), 3)] {
        let message = caller.sent(SEND_SMS, &json!({ "phone_number": BOBS_NUMBER }));
        let login = caller.redeem(&message, &more).json();
        assert_eq!(login["session_token"], BOBS_TOKEN);
        assert_eq!(login["session"]["authentication_factors"].as_array().unwrap().len(), factors, "{login}");
    }
    let message = caller.sent(SEND_SMS, &json!({ "phone_number": BOBS_NUMBER }));
    let response = caller.redeem(&message, &json!({ "session_token": TOKEN }));
    assert_eq!(response.outcome(), "400 user_id_mismatch");
    assert_eq!(caller.redeem(&message, &json!({ "session_token": EXPIRED_TOKEN })).outcome(), "404 session_not_found");
    assert_eq!(caller.redeem(&message, &json!({})).outcome(), "200", "who is refused uses no code up");
}

#[test]
fn a_pending_user_becomes_active() {
    let mut caller = life();
    let message = caller.sent(EMAIL_CODE, &json!({ "email": "new@example.com", "create_user_as_pending": true }));
    let status = |caller: &mut crate::life::Caller| {
        caller.get(&format!("/v1/users/{}", text(&message, "/user_id"))).json()["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status(&mut caller), "pending");
    caller.redeem(&message, &json!({}));
    assert_eq!(status(&mut caller), "active");
}

#[test]
fn the_template_shown_is_that_of_a_login_or_of_a_sign_up() {
    let mut caller = life();
    let templates = json!({ "login_template_id": "in", "signup_template_id": "up" });
    for (path, email, expected) in [
        (EMAIL_CODE, "new@example.com", "up"),
        (EMAIL_CODE, "alice@example.com", "in"),
        (EMAIL_CODE, "carol@example.com", "up"),
        (SEND_EMAIL, "Alice@Example.com", "in"),
    ] {
        let message = caller.sent(path, &joined(json!({ "email": email }), &templates));
        assert_eq!(message["template_id"], expected, "{email}");
    }
}

#[test]
fn each_flaw_of_a_request_for_a_code_has_its_error() {
    let mut caller = life();
    let before = caller.state();
    let number = |more: Value| joined(json!({ "phone_number": "+12025550199" }), &more);
    let email = |more: Value| joined(json!({ "email": "new@example.com" }), &more);
    for (expected, path, body) in [
        ("400 bad_request", SEND_SMS, json!({})),
        ("400 invalid_phone_number", SEND_SMS, json!({ "phone_number": "12025550142" })),
        ("400 invalid_email", EMAIL_CODE, json!({ "email": "nobody" })),
        ("400 invalid_locale", SMS_CODE, number(json!({ "locale": "de" }))),
        ("400 invalid_expiration_otp", SMS_CODE, number(json!({ "expiration_minutes": 0 }))),
        ("400 invalid_expiration_otp", EMAIL_CODE, email(json!({ "expiration_minutes": 11 }))),
        ("404 phone_number_not_found", SEND_SMS, number(json!({}))),
        ("404 email_not_found", SEND_EMAIL, email(json!({}))),
        ("404 user_not_found", SEND_EMAIL, email(json!({ "user_id": "nobody" }))),
        ("400 invalid_user_id", SEND_EMAIL, email(json!({ "user_id": "user-test-1" }))),
        ("400 duplicate_phone_number", SEND_SMS, json!({ "phone_number": BOBS_NUMBER, "user_id": ALICE })),
        ("400 duplicate_email", SEND_EMAIL, json!({ "email": "alice@example.com", "session_token": BOBS_TOKEN })),
        ("400 user_id_mismatch", SEND_EMAIL, email(json!({ "user_id": ALICE, "session_token": BOBS_TOKEN }))),
        ("404 session_not_found", SEND_EMAIL, email(json!({ "session_token": EXPIRED_TOKEN }))),
        ("400 too_many_session_arguments", SEND_EMAIL, email(json!({ "session_token": TOKEN, "session_jwt": "x" }))),
        ("503 server_unavailable", EMAIL_CODE, json!({ "email": "dave@example.com" })),
    ] {
        assert_eq!(caller.post(path, &body).outcome(), expected, "{path} {body}");
    }
    assert_eq!((caller.state(), message_count(&caller.house)), (before, 0), "who is refused changes nothing");
}

#[test]
fn each_flaw_of_a_proof_has_its_error() {
    let mut caller = life();
    let message = caller.sent(EMAIL_CODE, &json!({ "email": "new@example.com", "attributes": { "ip_address": "203.0.113.7" } }));
    let (method_id, code) = (text(&message, "/method_id"), text(&message, "/code"));
    let wrong = other_code(&message["code"]);
    let strict = json!({ "ip_match_required": true, "user_agent_match_required": true });
    for (expected, body) in [
        ("400 bad_request", json!({ "code": code })),
        ("400 invalid_method_id", json!({ "method_id": ALICE, "code": code })),
        ("400 invalid_code", json!({ "method_id": method_id, "code": "12345" })),
        ("404 otp_code_not_found", json!({ "method_id": method_id, "code": wrong })),
        ("404 otp_code_not_found", json!({ "method_id": BOBS_PHONE_ID, "code": code })),
        ("404 otp_code_not_found", json!({ "method_id": "email-test-00000000-0000-4000-8000-000000000000", "code": code })),
        ("401 attribute_mismatch", json!({ "method_id": method_id, "code": code, "options": strict })),
        (
            "401 attribute_mismatch",
            json!({ "method_id": method_id, "code": code, "options": strict, "attributes": { "user_agent": "another" } }),
        ),
        ("400 invalid_session_duration_minutes", json!({ "method_id": method_id, "code": code, "session_duration_minutes": 4 })),
        (
            "200",
            json!({ "method_id": method_id, "code": code, "options": strict, "attributes": { "ip_address": "203.0.113.7" } }),
        ),
        ("401 unable_to_auth_otp_code", json!({ "method_id": method_id, "code": code })),
    ] {
        assert_eq!(caller.post(OTP, &body).outcome(), expected, "{body}");
    }
}

#[test]
fn a_code_ends_by_the_clock_and_a_newer_one_takes_its_place() {
    let mut caller = life();
    let body = json!({ "email": "new@example.com" });
    let first = caller.sent(EMAIL_CODE, &body);
    let second = caller.sent(EMAIL_CODE, &body);
    assert_eq!(caller.redeem(&first, &json!({})).outcome(), "404 otp_code_not_found");
    assert_eq!(second["expires_at"], "2021-08-09T08:02:00Z");
    caller.advance("119s");
    assert_eq!(caller.redeem(&second, &json!({})).outcome(), "200");
    let third = caller.sent(EMAIL_CODE, &body);
    caller.advance("2m");
    assert_eq!(caller.redeem(&third, &json!({})).outcome(), "401 unable_to_auth_otp_code");
}

#[test]
fn ten_wrong_codes_lock_the_user_for_an_hour() {
    let mut caller = life();
    let mut message = caller.sent(SEND_SMS, &json!({ "phone_number": BOBS_NUMBER, "expiration_minutes": 10 }));
    let wrong = json!({ "code": other_code(&message["code"]) });
    for _ in 0..9 {
        assert_eq!(caller.redeem(&message, &wrong).outcome(), "404 otp_code_not_found");
    }
    assert_eq!(caller.redeem(&message, &json!({})).outcome(), "200", "a success clears the count");
    message = caller.sent(SEND_SMS, &json!({ "phone_number": BOBS_NUMBER, "expiration_minutes": 10 }));
    let wrong = json!({ "code": other_code(&message["code"]) });
    for _ in 0..10 {
        assert_eq!(caller.redeem(&message, &wrong).outcome(), "404 otp_code_not_found");
    }
    for more in [&wrong, &json!({})] {
        assert_eq!(caller.redeem(&message, more).outcome(), "429 user_lock_limit_reached");
    }
    let bob = caller.get(&format!("/v1/users/{BOB}")).json();
    assert_eq!((&bob["is_locked"], &bob["lock_expires_at"]), (&json!(true), &json!("2021-08-09T09:00:00Z")));
    caller.advance("1h");
    let message = caller.sent(SEND_SMS, &json!({ "phone_number": BOBS_NUMBER }));
    assert_eq!(caller.redeem(&message, &json!({})).json()["user"]["is_locked"], false);
}

#[test]
fn an_address_added_to_a_user_goes_after_five_minutes_unless_somebody_confirms_it() {
    let mut caller = life();
    let emails = |caller: &mut crate::life::Caller| {
        let user = caller.get(&format!("/v1/users/{BOB}")).json();
        user["emails"].as_array().unwrap().iter().map(|email| text(email, "/email").to_owned()).collect::<Vec<_>>()
    };
    let body = |name: &str| json!({ "email": format!("{name}@example.com"), "user_id": BOB, "expiration_minutes": 10 });
    let kept = caller.sent(SEND_EMAIL, &body("kept"));
    let another = json!({ "email": "gone@example.com", "session_token": BOBS_TOKEN, "expiration_minutes": 10 });
    // until then he may be anybody
    assert_eq!(caller.post(SEND_EMAIL, &another).outcome(), "400 too_many_unverified_factors");
    assert_eq!(caller.redeem(&kept, &json!({})).outcome(), "200");
    let lapsing = caller.sent(SEND_EMAIL, &another);
    assert_eq!(emails(&mut caller), ["kept@example.com", "gone@example.com"]);
    caller.advance("299s");
    caller.posted(SEND_EMAIL, &json!({ "email": "alice@example.com" }));
    assert_eq!(emails(&mut caller).len(), 2);
    caller.advance("1s");
    assert_eq!(caller.redeem(&lapsing, &json!({})).outcome(), "404 otp_code_not_found");
    assert_eq!(emails(&mut caller), ["kept@example.com"]);
    assert_eq!(caller.post(SEND_EMAIL, &json!({ "email": "gone@example.com" })).outcome(), "404 email_not_found");
    // with his own it is the tenth number that nobody has verified
    let number = |number: u32| json!({ "phone_number": format!("+1202555017{number}"), "user_id": BOB });
    for each in 0..9 {
        caller.posted(SEND_SMS, &number(each));
    }
    assert_eq!(caller.post(SEND_SMS, &number(9)).outcome(), "400 too_many_unverified_factors");
}

#[test]
fn the_first_proof_of_an_address_ends_the_sessions_of_a_user_with_a_password() {
    let mut caller = life();
    let message = caller.sent(SEND_EMAIL, &json!({ "email": "alice@work.example" }));
    let login = caller.redeem(&message, &json!({ "session_token": TOKEN })).json();
    assert_eq!((&login["reset_sessions"], &login["user"]["password"]["requires_reset"]), (&json!(true), &json!(true)));
    let left: Vec<Value> = caller.sessions(ALICE);
    assert_eq!(
        left.iter().map(|session| session["session_id"].clone()).collect::<Vec<_>>(),
        [login["session"]["session_id"].clone()]
    );
    let message = caller.sent(SEND_EMAIL, &json!({ "email": "alice@work.example" }));
    assert_eq!(caller.redeem(&message, &json!({})).json()["reset_sessions"], false);
}

#[test]
fn of_two_who_come_with_one_code_one_wins() {
    let mut caller = life();
    let proof = |message: &Value| json!({ "method_id": message["method_id"], "code": message["code"] });
    let won_once = vec!["200".to_owned(), "401 unable_to_auth_otp_code".to_owned()];
    // each address has one code at a time
    for _ in 0..20 {
        let sent = sent_one_by_one(&mut caller, 50, EMAIL_CODE, |number| json!({ "email": format!("{number}@example.com") }));
        let proofs: Vec<Value> = sent.iter().map(proof).collect();
        assert_eq!(race(&caller.house, OTP, &proofs), BTreeMap::from([(won_once.clone(), 50)]));
    }
}

#[test]
fn the_sandbox_values_answer_in_a_test_project_and_leave_nothing() {
    let mut caller = life();
    let before = caller.state();
    let (email_id, phone_id) =
        ("email-test-23873e89-d4ed-4e92-b3b9-e5c7198fa286", "phone-number-test-98cfbe19-6c8f-4b8b-b62a-e78a5a7bdff3");
    let user_id = "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd";
    for (path, body, key, method_id) in [
        (SEND_SMS, json!({ "phone_number": "+10000000000" }), "phone_id", phone_id),
        (SMS_CODE, json!({ "phone_number": "+10000000000" }), "phone_id", phone_id),
        ("/v1/otps/whatsapp/send", json!({ "phone_number": "+10000000000" }), "phone_id", phone_id),
        ("/v1/otps/whatsapp/login_or_create", json!({ "phone_number": "+10000000000" }), "phone_id", phone_id),
        (SEND_EMAIL, json!({ "email": "sandbox@stytch.com" }), "email_id", email_id),
        (EMAIL_CODE, json!({ "email": "sandbox@stytch.com" }), "email_id", email_id),
    ] {
        let answer = caller.posted(path, &body);
        assert_eq!((&answer[key], &answer["user_id"]), (&json!(method_id), &json!(user_id)), "{path}");
        let login = caller.posted(OTP, &json!({ "method_id": method_id, "code": "000000", "session_duration_minutes": 5 }));
        assert_eq!((&login["method_id"], &login["user_id"]), (&json!(method_id), &json!(user_id)));
        assert_eq!(login["session"]["session_id"], "session-test-eb94233f-8800-4ebd-8645-51dc15f9d028");
        let wrong = caller.post(OTP, &json!({ "method_id": method_id, "code": "000001" }));
        assert_eq!(wrong.outcome(), "404 otp_code_not_found");
    }
    assert_eq!((caller.state(), message_count(&caller.house)), (before, 0));
    let live = House::seeded(r#"{"projects": [{"project_id": "project-live-x", "secrets": ["s"]}]}"#);
    for (expected, path, body) in [
        ("400 invalid_phone_number_sandbox", SMS_CODE, json!({ "phone_number": "+10000000000" })),
        ("400 invalid_email_sandbox", EMAIL_CODE, json!({ "email": "sandbox@stytch.com" })),
        ("404 otp_code_not_found", OTP, json!({ "method_id": email_id, "code": "000000" })),
    ] {
        let request = crate::client::Request::new("POST", path).basic("project-live-x", "s").body(body.to_string());
        let request = request.header("content-type", "application/json");
        assert_eq!(live.client.send(&request).outcome(), expected, "{path}");
    }
}

#[test]
fn a_user_whom_a_code_was_sent_to_may_be_gone_or_have_given_the_address_away() {
    let mut caller = life();
    let message = caller.sent(EMAIL_CODE, &json!({ "email": "carol@example.com" }));
    caller.delete(&format!("/v1/users/{CAROL}"));
    assert_eq!(caller.redeem(&message, &json!({})).outcome(), "404 otp_code_not_found");
}
