//! `POST /v1/sessions/revoke`: a session ends, named in any of three ways, once.

use serde_json::{Value, json};

use crate::life::{
    ALICE, BARE_SESSION, BARE_TOKEN, BOB, BOBS_SESSION, BOBS_TOKEN, Caller, EXPIRED_SESSION, EXPIRED_TOKEN, REVOKE,
    REVOKED_SESSION, SESSION, STRANGE_TOKEN, TOKEN, life, text,
};

fn listed(caller: &mut Caller, user_id: &str) -> Vec<String> {
    caller.sessions(user_id).iter().map(|session| text(session, "/session_id").to_owned()).collect()
}

#[test]
fn a_session_is_revoked_by_its_id_its_token_or_its_jwt() {
    for way in ["session_id", "session_token", "session_jwt"] {
        let mut caller = life();
        let jwt = caller.jwt(TOKEN);
        let proof = match way {
            "session_id" => json!({ "session_id": SESSION, "session_token": null, "session_jwt": null }),
            "session_token" => json!({ "session_token": TOKEN }),
            _ => json!({ "session_jwt": jwt }),
        };
        let body = caller.posted(REVOKE, &proof);
        let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["request_id", "status_code"]);
        assert_eq!(listed(&mut caller, ALICE), [BARE_SESSION], "{way}");
        assert_eq!(caller.authenticate(&json!({ "session_token": TOKEN })).outcome(), "404 session_not_found");
        assert_eq!(caller.authenticate(&json!({ "session_jwt": jwt })).outcome(), "404 session_not_found");
        assert_eq!(caller.authenticate(&json!({ "session_token": BARE_TOKEN })).outcome(), "200", "the other lives on");
        for again in [json!({ "session_id": SESSION }), json!({ "session_token": TOKEN }), json!({ "session_jwt": jwt })] {
            assert_eq!(caller.post(REVOKE, &again).outcome(), "404 session_not_found", "by {way}, then {again}");
        }
        let state = caller.state();
        assert_eq!(state.pointer("/projects/0/users/0/sessions/2/revoked_at").unwrap(), "2021-08-09T08:00:00Z");
    }
}

#[test]
fn exactly_one_way_to_name_it_is_taken() {
    let mut caller = life();
    let before = caller.state();
    for (body, expected) in [
        (Value::Null, "400 no_session_revoke_arguments"),
        (json!({}), "400 no_session_revoke_arguments"),
        (json!({ "session_id": null, "session_token": "", "session_jwt": null }), "400 no_session_revoke_arguments"),
        (json!({ "session_id": SESSION, "session_token": TOKEN }), "400 too_many_session_revoke_arguments"),
        (json!({ "session_id": SESSION, "session_jwt": "x" }), "400 too_many_session_revoke_arguments"),
        (json!({ "session_token": TOKEN, "session_jwt": "x" }), "400 too_many_session_revoke_arguments"),
        (json!({ "session_id": SESSION, "session_token": TOKEN, "session_jwt": "x" }), "400 too_many_session_revoke_arguments"),
        (json!({ "session_id": "x" }), "400 invalid_session_id"),
        (json!({ "session_id": TOKEN }), "400 invalid_session_id"),
        (json!({ "session_id": ALICE }), "400 invalid_session_id"),
        (json!({ "session_id": 7 }), "400 bad_request"),
        (json!({ "session_id": SESSION.replace("a001", "ffff") }), "404 session_not_found"),
        (json!({ "session_id": EXPIRED_SESSION }), "404 session_not_found"),
        (json!({ "session_id": REVOKED_SESSION }), "404 session_not_found"),
        (json!({ "session_token": EXPIRED_TOKEN }), "404 session_not_found"),
        (json!({ "session_token": STRANGE_TOKEN }), "404 session_not_found"),
        (json!({ "session_token": "x" }), "400 invalid_session_token"),
        (json!({ "session_jwt": "x" }), "400 unable_to_parse_session_jwt"),
        (json!({ "session_token": "daves-token" }), "503 server_unavailable"),
    ] {
        assert_eq!(caller.post(REVOKE, &body).outcome(), expected, "{body}");
    }
    assert_eq!(caller.state(), before);
    assert_eq!(
        caller.post(REVOKE, &json!({ "session_id": SESSION.to_uppercase().replace("SESSION-TEST", "session-test") })).outcome(),
        "200"
    );
}

#[test]
fn logging_out_everywhere_leaves_nobody_logged_in() {
    let mut caller = life();
    for id in listed(&mut caller, ALICE) {
        caller.posted(REVOKE, &json!({ "session_id": id }));
    }
    assert_eq!(caller.sessions(ALICE), [Value::Null; 0]);
    assert_eq!(listed(&mut caller, BOB), [BOBS_SESSION], "somebody else is");
    caller.advance("-2h");
    assert_eq!(
        listed(&mut caller, ALICE),
        [EXPIRED_SESSION],
        "going back in time brings back what had expired, not what was revoked"
    );
    assert_eq!(caller.authenticate(&json!({ "session_token": BOBS_TOKEN })).outcome(), "200");
}
