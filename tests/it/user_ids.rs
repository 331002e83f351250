//! CONTRACT §2.4 and §2.5: what a `user_id` may look like, and whom it means.

use crate::fixture::House;

const UUID: &str = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

/// One user by several names; `{long}` is as long as an external id can be.
fn world() -> String {
    let long = "a".repeat(128);
    let others = ["a", "auth0|5f", "customer-42", "user-1", "USER-TEST-x", "null", "0", "...", "A.b_C|d-9", &long];
    let others = others.map(|id| format!(r#"{{"external_id": "{id}"}}"#)).join(",");
    format!(
        r#"{{"projects": [{{"users": [
            {{"user_id": "user-test-{UUID}", "external_id": "user", "sessions": [{{}}]}},
            {{"user_id": "user-live-{UUID}"}}, {others}]}}]}}"#
    )
}

fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |encoded, byte| encoded + &format!("%{byte:02X}"))
}

#[test]
fn a_user_is_found_by_stytch_id_or_external_id() {
    let house = House::seeded(&world());
    let (upper, long) = (UUID.to_uppercase(), "a".repeat(128));
    for query in [
        format!("user_id=user-test-{UUID}"),
        format!("user_id=user-test-{upper}"),
        format!("user_id=user-live-{UUID}"),
        format!("user_id={}", percent_encoded(&format!("user-test-{upper}"))),
        format!("user_id={long}"),
        format!("user_id={}", percent_encoded(&long)),
        "user_id=user".to_owned(),
        "user_id=auth0|5f".to_owned(),
        "user_id=auth0%7C5f".to_owned(),
        "user_id=auth0%7c5f".to_owned(),
        "user_id=customer-42".to_owned(),
        "user_id=user-1".to_owned(),
        "user_id=USER-TEST-x".to_owned(),
        "user_id=null".to_owned(),
        "user_id=0".to_owned(),
        "user_id=...".to_owned(),
        "user_id=A.b_C|d-9".to_owned(),
        "%75ser_id=a".to_owned(),
        "user%5Fid=a".to_owned(),
        "&&user_id=a&&".to_owned(),
        "a=b&user_id=a&limit=1000&cursor=&x".to_owned(),
        "User_id=x&USER_ID=y&user_id=a&user_id[]=z&user_id%20=q".to_owned(),
    ] {
        let response = house.client.send(&house.ask(&query));
        assert_eq!(response.outcome(), "200", "{query}");
    }
}

#[test]
fn a_user_id_of_no_form_is_invalid() {
    let house = House::seeded(&world());
    let simple = UUID.replace('-', "");
    for query in [
        // absent
        String::new(),
        "x".to_owned(),
        "userid=a".to_owned(),
        "USER_ID=a".to_owned(),
        "user_id[]=a".to_owned(),
        "+user_id=a".to_owned(),
        // empty
        "user_id".to_owned(),
        "user_id=".to_owned(),
        "user_id=&x=y".to_owned(),
        // twice
        "user_id=a&user_id=a".to_owned(),
        "user_id=a&user_id=".to_owned(),
        "user_id&user_id=a".to_owned(),
        "user_id=a&user%5Fid=a".to_owned(),
        // like a Stytch id, but none
        "user_id=user-test-".to_owned(),
        "user_id=user-live-".to_owned(),
        "user_id=user-test-1".to_owned(),
        format!("user_id=user-test-{simple}"),
        format!("user_id=user-test-{UUID}0"),
        format!("user_id=user-test-{}", &UUID[..35]),
        format!("user_id=user-test-{}", UUID.replace('0', "g")),
        format!("user_id=user-test-%7B{UUID}%7D"),
        format!("user_id=user-test--{UUID}"),
        format!("user_id=user-test-{UUID}%0A"),
        format!("user_id=%20user-test-{UUID}"),
        // a space, written in both ways
        "user_id=+".to_owned(),
        "user_id=%20".to_owned(),
        "user_id=a+b".to_owned(),
        "user_id=a%20b".to_owned(),
        "user_id=a%2Bb".to_owned(),
        // outside the characters
        "user_id=%zz".to_owned(),
        "user_id=%".to_owned(),
        "user_id=a%".to_owned(),
        "user_id=%00".to_owned(),
        "user_id=%FF".to_owned(),
        "user_id=%C3%BC".to_owned(),
        "user_id=%EF%BC%A1".to_owned(),
        "user_id=a/b".to_owned(),
        "user_id=a@b.c".to_owned(),
        "user_id=a,b".to_owned(),
        "user_id=a;b".to_owned(),
        "user_id=a=b".to_owned(),
        "user_id='a'".to_owned(),
        "user_id=%22a%22".to_owned(),
        "user_id=a%0D%0Ax:y".to_owned(),
        // too long
        format!("user_id={}", "a".repeat(129)),
        format!("user_id={}", "a".repeat(10_000)),
    ] {
        let response = house.client.send(&house.ask(&query));
        assert_eq!(response.outcome(), "400 invalid_user_id", "{query}");
        assert_eq!(response.json()["error_message"], "user_id format is invalid.");
    }
    let no_query = house
        .client
        .send(&crate::client::Request::get("/v1/sessions").basic(&house.emulator.project_id(), &house.emulator.secret()));
    assert_eq!(no_query.outcome(), "400 invalid_user_id");
}

#[test]
fn a_user_that_is_not_there_is_not_found() {
    let house = House::seeded(&world());
    for user_id in [
        "user-test-99999999-9999-4999-8999-999999999999",
        "b",
        "A",
        "AUTH0|5F",
        "customer-4",
        "user-test",
        "user-prod-1",
        &format!("USER-TEST-{UUID}"),
        &format!("session-test-{UUID}"),
        UUID,
        "undefined",
        &"b".repeat(128),
        &"|".repeat(128),
    ] {
        let response = house.sessions(user_id);
        assert_eq!(response.outcome(), "404 user_not_found", "{user_id}");
        assert_eq!(response.json()["error_message"], "User could not be found.");
    }
}

#[test]
fn answers_carry_the_stytch_user_id() {
    let house = House::seeded(&world());
    for user_id in ["user".to_owned(), format!("user-test-{UUID}"), format!("user-test-{}", UUID.to_uppercase())] {
        let response = house.sessions(&user_id);
        assert_eq!(response.json()["sessions"][0]["user_id"], format!("user-test-{UUID}"), "{user_id}");
    }
}
