//! CONTRACT §2.6: which sessions are listed, in which order, and how each comes out.

use serde_json::json;

use crate::fixture::{House, USER};

/// A world of one user, `someone`, with these sessions.
fn world(sessions: &str) -> String {
    format!(r#"{{"projects": [{{"users": [{{"user_id": "{USER}", "external_id": "someone", "sessions": {sessions}}}]}}]}}"#)
}

fn session_id(number: u32) -> String {
    format!("session-test-00000000-0000-4000-8000-{number:012}")
}

#[test]
fn expired_sessions_are_omitted() {
    for (expires_at, is_active) in [
        ("2021-08-09T07:59:59Z", false),
        ("2021-08-09T07:59:59.999999999Z", false),
        ("2021-08-09T08:00:00Z", false),
        ("2021-08-09T08:00:00.000000001Z", true),
        ("2021-08-09T08:00:01Z", true),
        ("2021-08-09T10:00:00+02:00", false),
        ("2021-08-09T10:00:01+02:00", true),
        ("9999-12-31T23:59:59Z", true),
        ("0000-01-01T00:00:00Z", false),
        ("now", false),
        ("+1s", true),
        ("-1s", false),
    ] {
        let sessions = format!(r#"[{{"started_at": "0000-01-01T00:00:00Z", "expires_at": "{expires_at}"}}]"#);
        let house = House::seeded(&world(&sessions));
        assert_eq!(house.sessions("someone").session_ids().len(), usize::from(is_active), "{expires_at}");
    }
}

#[test]
fn revoked_sessions_are_omitted() {
    for (revoked_at, is_active) in
        [(r#""-1h""#, false), (r#""now""#, false), (r#""2021-08-09T07:00:00Z""#, false), ("null", true)]
    {
        let house = House::seeded(&world(&format!(r#"[{{"started_at": "-2h", "revoked_at": {revoked_at}}}]"#)));
        assert_eq!(house.sessions("someone").session_ids().len(), usize::from(is_active), "{revoked_at}");
    }
}

#[test]
fn sessions_are_listed_by_start_and_then_by_id() {
    let starts = [
        (5, "-1h"),
        (2, "-3h"),
        (9, "-2h"),
        (1, "-2h"),
        (3, "2021-08-09T05:00:00.5Z"),
        (4, "2021-08-09T05:00:00.250Z"),
        (6, "-10d"),
    ];
    let sessions = starts.map(|(number, start)| json!({"session_id": session_id(number), "started_at": start}));
    let house = House::seeded(&world(&json!(sessions).to_string()));
    assert_eq!(house.sessions("someone").session_ids(), [6, 2, 4, 3, 1, 9, 5].map(session_id));
}

#[test]
fn a_user_without_active_sessions_gets_an_empty_list() {
    for sessions in ["[]", "null", r#"[{"expires_at": "-1h"}]"#] {
        let house = House::seeded(&world(sessions));
        let response = house.sessions("someone");
        assert_eq!(response.text(), format!(r#"{{"status_code":200,"request_id":"{}","sessions":[]}}"#, response.request_id()));
    }
}

#[test]
fn roles_are_in_every_session_unless_the_seed_says_null() {
    let sessions = r#"[{"started_at": "-3h"}, {"started_at": "-2h", "roles": ["editor", "admin"]},
        {"started_at": "-1h", "roles": []}, {"roles": null}]"#;
    let house = House::seeded(&world(sessions));
    let body = house.sessions("someone").json();
    let roles: Vec<_> = (0..4).map(|index| body["sessions"][index].get("roles").cloned()).collect();
    assert_eq!(roles, [Some(json!(["stytch_user"])), Some(json!(["editor", "admin"])), Some(json!([])), None]);
}

#[test]
fn an_empty_session_has_every_key_in_the_pages_order() {
    let house = House::seeded(&world(&format!(r#"[{{"session_id": "{}"}}]"#, session_id(1))));
    let response = house.sessions("someone");
    let factor = &response.json()["sessions"][0]["authentication_factors"][0];
    let email_id = factor["email_factor"]["email_id"].as_str().unwrap();
    let at = "2021-08-09T08:00:00Z";
    let session = [
        r#"{"attributes":{"ip_address":"","user_agent":""},"authentication_factors":[{"delivery_method":"email","#.to_owned(),
        format!(r#""email_factor":{{"email_address":"user-16d9ba61@example.com","email_id":"{email_id}"}},"#),
        format!(r#""last_authenticated_at":"{at}","created_at":"{at}","updated_at":"{at}","type":"magic_link"}}],"#),
        format!(r#""custom_claims":{{}},"expires_at":"2021-08-09T09:00:00Z","last_accessed_at":"{at}","roles":["stytch_user"],"#),
        format!(r#""session_id":"{}","started_at":"{at}","user_id":"{USER}"}}"#, session_id(1)),
    ];
    let id = response.request_id();
    assert_eq!(response.text(), format!(r#"{{"status_code":200,"request_id":"{id}","sessions":[{}]}}"#, session.concat()));
}

#[test]
fn fractions_of_a_second_come_back_digit_for_digit() {
    for time in ["2021-08-09T07:41:52Z", "2021-08-09T07:41:52.9Z", "2021-08-09T07:41:52.935673870Z", "2021-08-09T07:41:52.000Z"] {
        let house = House::seeded(&world(&format!(r#"[{{"started_at": "{time}"}}]"#)));
        let session = &house.sessions("someone").json()["sessions"][0];
        for key in ["started_at", "last_accessed_at"] {
            assert_eq!(session[key], time, "{key}");
        }
    }
}

#[test]
fn custom_claims_come_back_as_they_are() {
    for claims in [
        "{}",
        r#"{"a":null,"b":[],"c":{},"d":[1,[2,[3]]],"e":""}"#,
        r#"{"number":12345678901234567890123456789.5,"one":1.0,"small":0.1}"#,
        r#"{"text":"\"\\\n\u0000/<>&é😀"}"#,
        r#"{"":{"https://example.com/claim":true}}"#,
    ] {
        let house = House::seeded(&world(&format!(r#"[{{"custom_claims": {claims}}}]"#)));
        let text = house.sessions("someone").text().to_owned();
        assert!(text.contains(&format!(r#""custom_claims":{claims},"expires_at""#)), "{claims}: {text}");
    }
    let sorted = House::seeded(&world(r#"[{"custom_claims": {"z": 1, "a": {"y": 2, "b": 3}}, "attributes": null}]"#));
    let text = sorted.sessions("someone").text().to_owned();
    assert!(text.contains(r#""custom_claims":{"a":{"b":3,"y":2},"z":1}"#), "objects that the page does not show: {text}");
    assert!(text.contains(r#""attributes":null"#), "null stays null: {text}");
    let null = House::seeded(&world(r#"[{"custom_claims": null}]"#));
    assert!(null.sessions("someone").text().contains(r#""custom_claims":null"#));
}
