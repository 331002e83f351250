//! Many threads at the same users and sessions: nothing acknowledged is lost, nothing is both gone and there, and what
//! can be had once is had once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::Response;
use crate::fixture::{House, NOW};
use crate::life::{ALICE, ATTEST, AUTHENTICATE, BOB, EXCHANGE, MIGRATE, REVOKE, SEED, request, text};
use crate::world_model::{START, time};

const THREADS: usize = 64;
const SESSIONS: usize = 8;

/// The same call from every thread at once; the answers.
fn at_once(house: &House, call: impl Fn(usize) -> (&'static str, String, Value) + Sync) -> Vec<Response> {
    let start = Barrier::new(THREADS);
    let ask = |number: usize| {
        let (method, path, body) = call(number);
        let mut connection = house.client.connect();
        start.wait();
        connection.send(&request(method, &path, &body))
    };
    let ask = &ask;
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|number| scope.spawn(move || ask(number))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// How often each outcome came.
fn outcomes(responses: &[Response]) -> BTreeMap<String, usize> {
    let mut outcomes = BTreeMap::new();
    for response in responses {
        *outcomes.entry(response.outcome()).or_default() += 1;
    }
    outcomes
}

fn once(won: &str, lost: &str) -> BTreeMap<String, usize> {
    BTreeMap::from([(won.to_owned(), 1), (lost.to_owned(), THREADS - 1)])
}

fn life() -> House {
    House::of(Emulator::builder().seed_json(SEED))
}

fn state(house: &House) -> Value {
    house.client.steered("GET", "/__mock/state", "")
}

fn token(session: usize) -> String {
    format!("token-{session}")
}

fn session_id(session: usize) -> String {
    format!("session-test-00000000-0000-4000-8000-{session:012}")
}

/// The end that a thread asks for.
fn end(number: usize) -> String {
    time(START + 60 * (5 + i64::try_from(number).unwrap()))
}

/// What the threads were told.
#[derive(Default)]
struct Told {
    /// Of each session, which threads' claims were acknowledged.
    claims: Vec<BTreeSet<usize>>,
    /// Of each session, how many revocations were.
    revocations: Vec<usize>,
    /// How many requests were not refused by the bucket.
    passed: usize,
    refused: usize,
}

#[test]
fn no_acknowledged_claim_is_lost_and_no_revoked_session_is_listed() {
    // every thread authenticates each session, half of them revoke one, all list both users: 25 requests too many
    let requests = THREADS * SESSIONS + THREADS / 2 + 2 * THREADS;
    let burst = requests - 25;
    let sessions: Vec<Value> =
        (0..SESSIONS).map(|each| json!({ "session_id": session_id(each), "session_token": token(each) })).collect();
    let users =
        [json!({ "external_id": "one", "sessions": sessions[..5] }), json!({ "external_id": "two", "sessions": sessions[5..] })];
    let seed = json!({ "clock": NOW, "projects": [{ "rate_limit": format!("1/h,burst={burst}"), "users": users }] });
    let house = House::of(Emulator::builder().seed_json(seed.to_string()));
    let start = Barrier::new(THREADS);
    let is_revoked: Vec<AtomicBool> = (0..SESSIONS).map(|_| AtomicBool::new(false)).collect();

    let act = |number: usize| {
        let mut told = Told { claims: vec![BTreeSet::new(); SESSIONS], revocations: vec![0; SESSIONS], ..Told::default() };
        let mut connection = house.client.connect();
        start.wait();
        let mut send = |told: &mut Told, method, path: &str, body: &Value| {
            let response = connection.send(&request(method, path, body));
            *(if response.status == 429 { &mut told.refused } else { &mut told.passed }) += 1;
            response
        };
        for step in 0..SESSIONS {
            // each thread takes the sessions in an order of its own
            let session = (step + number) % SESSIONS;
            let body = json!({
                "session_token": token(session), "session_duration_minutes": 5 + number,
                "session_custom_claims": { format!("claim{number}"): { "of": number } }
            });
            let response = send(&mut told, "POST", AUTHENTICATE, &body);
            match response.outcome().as_str() {
                "200" => {
                    let claim = &response.json()["session"]["custom_claims"][format!("claim{number}")];
                    assert_eq!(*claim, json!({ "of": number }), "an answer shows what it acknowledges");
                    told.claims[session].insert(number);
                }
                "404 session_not_found" | "429 too_many_requests" => {}
                other => panic!("{other}"),
            }
            // half of the threads revoke one session each, in the midst of the others: four to a session
            if step == SESSIONS / 2 && number < THREADS / 2 {
                let response = send(&mut told, "POST", REVOKE, &json!({ "session_id": session_id(session) }));
                if response.status == 200 {
                    is_revoked[session].store(true, Ordering::SeqCst);
                    told.revocations[session] += 1;
                }
            }
        }
        for user in ["one", "two"] {
            let gone: Vec<bool> = is_revoked.iter().map(|revoked| revoked.load(Ordering::SeqCst)).collect();
            let response = send(&mut told, "GET", &format!("/v1/sessions?user_id={user}"), &Value::Null);
            if response.status == 200 {
                for id in response.session_ids() {
                    let session = (0..SESSIONS).find(|session| session_id(*session) == id).unwrap();
                    assert!(!gone[session], "{id} was revoked before it was listed");
                }
            }
        }
        told
    };
    let told: Vec<Told> = thread::scope(|scope| {
        let act = &act;
        let threads: Vec<_> = (0..THREADS).map(|number| scope.spawn(move || act(number))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });

    let (passed, refused) = told.iter().fold((0, 0), |(passed, refused), told| (passed + told.passed, refused + told.refused));
    assert_eq!((passed, refused), (burst, 25), "the bucket let pass exactly what it held");
    let state = state(&house);
    let users = state["projects"][0]["users"].as_array().unwrap();
    let mut acknowledged = 0;
    for session in users.iter().flat_map(|user| user["sessions"].as_array().unwrap()) {
        let place = (0..SESSIONS).find(|place| session["session_id"] == session_id(*place)).unwrap();
        let kept: BTreeSet<String> = session["custom_claims"].as_object().unwrap().keys().cloned().collect();
        let claims: BTreeSet<usize> = told.iter().flat_map(|told| told.claims[place].iter().copied()).collect();
        assert_eq!(kept, claims.iter().map(|number| format!("claim{number}")).collect(), "session {place}");
        acknowledged += claims.len();
        let revocations: usize = told.iter().map(|told| told.revocations[place]).sum();
        assert_eq!(revocations, usize::from(!session["revoked_at"].is_null()), "a session is revoked once, session {place}");
        let ends: Vec<String> = claims.iter().map(|number| end(*number)).collect();
        assert!(ends.contains(&text(session, "/expires_at").to_owned()), "the end is one that was asked for: {session}");
    }
    assert!(acknowledged >= SESSIONS, "the threads met: {acknowledged} claims");
}

#[test]
fn what_can_be_had_once_is_had_once() {
    for (path, body, lost) in [
        (EXCHANGE, json!({ "access_token": "access-of-alice" }), "404 idp_access_token_could_not_be_exchanged"),
        (ATTEST, json!({ "profile_id": "profile-a", "token": "trusted-of-alice" }), "400 invalid_trusted_auth_token"),
    ] {
        let house = life();
        let responses = at_once(&house, |_| ("POST", path.to_owned(), body.clone()));
        assert_eq!(outcomes(&responses), once("200", lost), "{path}");
        assert_eq!(house.sessions("alice").session_ids().len(), 3);
    }
    let house = life();
    let session = crate::life::SESSION;
    let responses = at_once(&house, |_| ("POST", REVOKE.to_owned(), json!({ "session_id": session })));
    assert_eq!(outcomes(&responses), once("200", "404 session_not_found"));
    let responses = at_once(&house, |number| {
        let email = if number % 2 == 0 { "Same@Example.com" } else { "same@example.com" };
        ("POST", "/v1/users".to_owned(), json!({ "email": email, "external_id": format!("same-{number}") }))
    });
    assert_eq!(outcomes(&responses), once("201", "400 duplicate_email"));
    let responses = at_once(&house, |number| {
        ("POST", "/v1/users".to_owned(), json!({ "email": format!("{number}@example.com"), "external_id": "wanted" }))
    });
    assert_eq!(outcomes(&responses), once("201", "400 duplicate_user_external_id"));
    let totp = "/v1/users/totps/totp-test-00000000-0000-4000-8000-0000000000a7";
    let responses = at_once(&house, |_| ("DELETE", totp.to_owned(), Value::Null));
    assert_eq!(outcomes(&responses), once("200", "404 totp_not_found"));
    let responses = at_once(&house, |_| ("DELETE", format!("/v1/users/{BOB}"), Value::Null));
    assert_eq!(outcomes(&responses), once("200", "404 user_not_found"));
}

#[test]
fn updates_of_one_user_do_not_overwrite_each_other() {
    let house = life();
    // 16 keys: more than 20 would be too many
    let responses = at_once(&house, |number| {
        let metadata = json!({ format!("key{}", number % 16): number });
        ("PUT", format!("/v1/users/{BOB}"), json!({ "trusted_metadata": metadata }))
    });
    assert_eq!(outcomes(&responses), BTreeMap::from([("200".to_owned(), THREADS)]));
    let bob = house.client.send(&request("GET", "/v1/users/bob", &Value::Null)).json();
    let metadata = bob["trusted_metadata"].as_object().unwrap();
    assert_eq!(metadata.len(), 16, "{metadata:?}");
    for (key, number) in metadata {
        assert_eq!(*key, format!("key{}", number.as_u64().unwrap() % 16));
    }
}

#[test]
fn nobody_logs_in_as_a_user_who_has_been_deleted() {
    let house = life();
    let responses = at_once(&house, |number| match number {
        31 => ("DELETE", format!("/v1/users/{ALICE}"), Value::Null),
        _ => ("POST", MIGRATE.to_owned(), json!({ "session_token": "external-of-alice" })),
    });
    let begun: Vec<String> = responses
        .iter()
        .filter(|response| response.status == 200)
        .filter_map(|response| Some(response.json()["session_token"].as_str()?.to_owned()))
        .collect();
    for token in &begun {
        let response = house.client.send(&request("POST", AUTHENTICATE, &json!({ "session_token": token })));
        assert_eq!(response.outcome(), "404 session_not_found");
    }
    let met = outcomes(&responses);
    let late = ["400 migrate_from_external_email_does_not_exist", "404 user_not_found"]
        .map(|outcome| met.get(outcome).copied().unwrap_or(0));
    assert_eq!(begun.len() + late.iter().sum::<usize>(), THREADS - 1, "{met:?}");
    let left = state(&house);
    let left: Vec<&str> = left["projects"][0]["users"].as_array().unwrap().iter().map(|user| text(user, "/user_id")).collect();
    assert!(!left.contains(&ALICE), "{left:?}");
}

#[test]
fn a_state_is_of_one_moment() {
    let token = |number: usize| format!("access-{number}");
    let tokens: Vec<Value> =
        (0..THREADS * 4).map(|number| json!({ "token": token(number), "user_id": format!("user-{}", number % 8) })).collect();
    let users: Vec<Value> = (0..8).map(|number| json!({ "external_id": format!("user-{number}"), "sessions": [] })).collect();
    let seed = json!({ "clock": NOW, "projects": [{ "access_tokens": tokens, "users": users }] });
    let house = House::of(Emulator::builder().seed_json(seed.to_string()));
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            while !is_over.load(Ordering::SeqCst) {
                let state = state(&house);
                let project = &state["projects"][0];
                let used =
                    project["access_tokens"].as_array().unwrap().iter().filter(|token| !token["used_at"].is_null()).count();
                let sessions: usize =
                    project["users"].as_array().unwrap().iter().map(|user| user["sessions"].as_array().unwrap().len()).sum();
                assert_eq!(used, sessions, "as many sessions as tokens that were exchanged for one");
            }
        });
        for round in 0..4 {
            let responses = at_once(&house, |number| {
                ("POST", EXCHANGE.to_owned(), json!({ "access_token": token(round * THREADS + number) }))
            });
            assert!(responses.iter().all(|response| response.status == 200));
        }
        is_over.store(true, Ordering::SeqCst);
        watcher.join().unwrap();
    });
    let used = house.client.steered("GET", "/__mock/state", "").to_string().matches("\"used_at\"").count();
    assert_eq!(used, 4 * THREADS);
}
