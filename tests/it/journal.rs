//! The journal: what it holds, in what bounds, how it is asked, and what never stands in it.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use stytch_mock::{Emulator, Fault, RequestFilter};

use crate::client::Request;
use crate::fixture::{House, NOW, PROJECT, SECRET, STRANGER, USER, sessions_request};
use crate::life::{AUTHENTICATE, SEED, TOKEN, request};

fn house() -> House {
    House::of(Emulator::builder().clock(NOW))
}

fn requests(house: &House, query: &str) -> Value {
    house.client.steered("GET", &format!("/__mock/requests{query}"), "")
}

#[test]
fn a_record_tells_what_was_asked_and_answered() {
    let house = house();
    let asked = house.ask(&format!("user_id={USER}&limit=5&x")).header("user-agent", "an app/1.0");
    let answered = house.client.send(&asked);
    let refused = house.client.send(&Request::new("PUT", "/v1//sessions/?a=b"));
    house.client.steered("GET", "/__mock/health", "");
    let mut journal = requests(&house, "");
    for record in journal["requests"].as_array_mut().unwrap() {
        assert!(record["duration_micros"].take().is_u64());
    }
    let expected = json!({ "count": 2, "dropped": 0, "requests": [
        { "sequence": 1, "request_id": answered.request_id(), "time": NOW, "method": "GET", "path": "/v1/sessions",
          "query": format!("user_id={USER}&limit=5&x"), "project_id": PROJECT, "user_agent": "an app/1.0", "status": 200,
          "duration_micros": null, "error_type": null, "reason": null, "fault": null, "before_retry_after": false, "ignored": ["limit", "x"] },
        { "sequence": 2, "request_id": refused.request_id(), "time": NOW, "method": "PUT", "path": "/v1//sessions/",
          "query": "a=b", "project_id": null, "user_agent": "", "status": 405, "duration_micros": null,
          "error_type": "method_not_allowed", "reason": refused.header("x-stytch-mock-reason"), "fault": null, "before_retry_after": false,
          "ignored": [] },
    ] });
    assert_eq!(journal, expected);
}

#[test]
fn each_filter_lets_pass_what_fits_and_they_add_up() {
    let house = house();
    house.emulator.control().advance(Duration::from_secs(0)).unwrap();
    let sent = [
        house.ask(&format!("user_id={USER}")).header("user-agent", "stytch-node/1"),
        house.ask("user_id=nobody").header("user-agent", "stytch-go/2"),
        request("POST", "/v1/users", &json!({ "email": "new@example.com" })),
        sessions_request("user_id=x").basic(PROJECT, "wrong"),
        Request::get("/nowhere"),
    ];
    let ids: Vec<String> = sent.iter().map(|request| house.client.send(request).request_id()).collect();
    let of = |text: &str| Some(text.to_owned());
    let any = RequestFilter::default;
    for (query, filter, expected) in [
        (String::new(), any(), &[1, 2, 3, 4, 5][..]),
        ("method=post".into(), RequestFilter { method: of("post"), ..any() }, &[3]),
        ("path=/v1/sessions".into(), RequestFilter { path: of("/v1/sessions"), ..any() }, &[1, 2, 4]),
        ("status=404".into(), RequestFilter { status: Some(404), ..any() }, &[2, 5]),
        ("error_type=user_not_found".into(), RequestFilter { error_type: of("user_not_found"), ..any() }, &[2]),
        (format!("request_id={}", ids[3]), RequestFilter { request_id: of(&ids[3]), ..any() }, &[4]),
        ("query=nobody".into(), RequestFilter { query: of("nobody"), ..any() }, &[2]),
        ("user_agent=stytch-".into(), RequestFilter { user_agent: of("stytch-"), ..any() }, &[1, 2]),
        ("before_retry_after=false".into(), RequestFilter { before_retry_after: Some(false), ..any() }, &[1, 2, 3, 4, 5]),
        ("before_retry_after=true".into(), RequestFilter { before_retry_after: Some(true), ..any() }, &[]),
        ("since=3".into(), RequestFilter { since: Some(3), ..any() }, &[4, 5]),
        (format!("project_id={PROJECT}"), RequestFilter { project_id: of(PROJECT), ..any() }, &[1, 2, 3]),
        (
            "method=GET&status=404&path=/nowhere".into(),
            RequestFilter { method: of("GET"), status: Some(404), path: of("/nowhere"), ..any() },
            &[5],
        ),
    ] {
        let listed = requests(&house, &format!("?{query}"));
        let sequences: Vec<u64> =
            listed["requests"].as_array().unwrap().iter().map(|record| record["sequence"].as_u64().unwrap()).collect();
        assert_eq!(sequences, expected, "{query}");
        assert_eq!(listed["count"], expected.len());
        let found = house.emulator.control().requests(&filter).unwrap();
        assert_eq!(found.requests.iter().map(|record| record.sequence).collect::<Vec<_>>(), expected, "{query}");
    }
    for query in [
        "status=ok",
        "status=70000",
        "before_retry_after=maybe",
        "since=-1",
        "sort=asc",
        "method=GET&method=PUT",
        "wait=soon",
        "wait=61s",
        "wait=-1s",
        "count=1",
    ] {
        assert_eq!(house.client.steer(&Request::get(format!("/__mock/requests?{query}"))).status, 400, "{query}");
    }
    assert_eq!(house.client.steer(&Request::get("/__mock/requests?project_id=project-test-none")).status, 404);
}

#[test]
fn a_full_journal_forgets_the_oldest_and_says_how_many() {
    let house = House::of(Emulator::builder().clock(NOW).journal(3));
    for index in 0..5 {
        house.sessions(&format!("nobody-{index}"));
    }
    let journal = requests(&house, "?status=404");
    assert_eq!((&journal["count"], &journal["dropped"]), (&json!(3), &json!(2)));
    assert_eq!(journal["requests"][0]["query"], "user_id=nobody-2");
    assert_eq!(house.client.steered("DELETE", "/__mock/requests", ""), json!({ "deleted": 3 }));
    assert_eq!(requests(&house, ""), json!({ "count": 0, "dropped": 0, "requests": [] }));
    house.sessions("nobody");
    assert_eq!(requests(&house, "")["requests"][0]["sequence"], 6, "numbers go on");
    house.emulator.control().clear_requests().unwrap();
    assert_eq!(requests(&house, "")["count"], 0);
    let none = House::of(Emulator::builder().journal(0));
    none.sessions(USER);
    assert_eq!(requests(&none, "?wait=1ms"), json!({ "count": 0, "dropped": 0, "requests": [] }), "a journal of no size");
}

#[test]
fn whoever_waits_is_answered_as_soon_as_there_are_enough() {
    let house = house();
    house.sessions("early");
    thread::scope(|scope| {
        let waits = ["?wait=5s&count=3", "?wait=5s&query=late-2", "?wait=5s"].map(|query| {
            let house = &house;
            scope.spawn(move || requests(house, query))
        });
        for late in ["late-1", "late-2"] {
            house.sessions(late);
        }
        assert_eq!(waits.map(|wait| wait.join().unwrap()["count"].as_u64().unwrap() > 0), [true; 3]);
    });
    let unmet = requests(&house, "?wait=10ms&count=4");
    assert_eq!(unmet["count"], 3, "what there is when patience is over");
    let control = house.emulator.control();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    for (count, patience) in [(3, Duration::from_secs(5)), (4, Duration::from_millis(10))] {
        let found = runtime.block_on(control.wait_for_requests(&RequestFilter::default(), count, patience)).unwrap();
        assert_eq!(found.count, 3);
    }
}

#[test]
fn no_secret_stands_in_the_journal() {
    const WORD: &str = "hush-hush";
    let house = House::of(Emulator::builder().clock(NOW).journal_bodies(true));
    let body = json!({ "session_token": WORD, "SESSION_JWT": WORD, "a": [{ "client_secret": WORD, "b": { "password": WORD, "passcode": [WORD] } }] });
    house.client.send(&request("POST", AUTHENTICATE, &body).header("cookie", WORD).header("x-secret", WORD));
    for query in ["session_token=*&x=1", "Session_JWT=*", "%73ession%5ftoken=*", "a=1&client_secret=*&b=plain", "token=*=*"] {
        house.client.send(&house.ask(&query.replace('*', WORD)));
    }
    house.client.send(&sessions_request("user_id=x").basic(PROJECT, WORD));
    house.client.send(&sessions_request("user_id=x").basic(PROJECT, SECRET));
    let told = requests(&house, "").to_string();
    assert!(!told.contains(WORD) && !told.contains(SECRET), "{told}");
    assert!(told.contains("session_token=redacted&x=1") && told.contains("a=1&client_secret=redacted&b=plain"), "{told}");
}

#[test]
fn bodies_are_kept_only_if_they_are_asked_for_and_in_bounds() {
    let send = |house: &House| {
        house.client.send(&request("POST", AUTHENTICATE, &json!({ "session_token": TOKEN, "locale": "en", "more": 1 })));
        house.client.send(&request("POST", "/v1/users/search", &json!({ "large": "ü".repeat(20_000) })));
    };
    let kept = House::of(Emulator::builder().seed_json(SEED).journal_bodies(true));
    send(&kept);
    let records = requests(&kept, "");
    assert_eq!(records["requests"][0]["body"], r#"{"locale":"en","more":1,"session_token":"redacted"}"#);
    assert_eq!(records["requests"][0]["ignored"], json!(["locale", "more"]));
    let length = records["requests"][1]["body"].as_str().unwrap().len();
    assert!((16_000..=16_384).contains(&length), "{length}");
    let plain = House::of(Emulator::builder().seed_json(SEED));
    send(&plain);
    assert!(requests(&plain, "")["requests"].as_array().unwrap().iter().all(|record| record.get("body").is_none()));
}

#[test]
fn a_request_of_nothing_but_names_and_length_stays_small() {
    let house = House::of(Emulator::builder().clock(NOW).journal_bodies(true));
    let names: serde_json::Map<_, _> = (0..10_000).map(|index| (format!("{index:0>90}"), json!(1))).collect();
    house.client.send(&request("POST", "/v1/users/search", &json!(names)));
    house
        .client
        .send(&house.ask(&format!("user_id={STRANGER}&{}", "a&".repeat(20_000))).header("user-agent", "x".repeat(60_000)));
    house.client.send(&Request::get(format!("/{}", "x".repeat(60_000))));
    let records = house.emulator.control().requests(&RequestFilter::default()).unwrap().requests;
    for record in records {
        let unread: usize = record.ignored.iter().map(String::len).sum();
        let texts =
            [record.path.len(), record.query.len(), record.user_agent.len(), record.reason.map_or(0, |reason| reason.len())];
        assert!(record.ignored.len() <= 32 && unread <= 2_048 && texts.iter().all(|length| *length <= 16_384), "{texts:?}");
    }
}

#[test]
fn each_project_has_a_journal_of_its_own() {
    let house = house();
    let control = house.emulator.control();
    let worker = control.create_project().unwrap();
    let count = |id: &str| control.of_project(id).requests(&RequestFilter::default()).unwrap().count;
    house.client.send(&sessions_request("user_id=x").basic(&worker.project_id, &worker.secret));
    house.sessions("x");
    house.client.send(&Request::get("/nowhere"));
    assert_eq!((count(&worker.project_id), count(PROJECT), requests(&house, "")["count"].as_u64()), (1, 1, Some(3)));
    house.client.steered("DELETE", &format!("/__mock/requests?project_id={}", worker.project_id), "");
    assert_eq!((count(&worker.project_id), count(PROJECT)), (0, 1));
    control.add_fault(Fault::error("use_https")).unwrap();
    house.sessions("x");
    assert_eq!(
        control.requests(&RequestFilter { error_type: Some("use_https".into()), ..RequestFilter::default() }).unwrap().requests
            [0]
        .fault,
        Some(1)
    );
}
