//! CONTRACT §2.3: the token bucket, on a clock that only the test moves.

use std::sync::Barrier;
use std::thread;

use crate::client::{Request, Response};
use crate::fixture::{House, NOW, sessions_request};
use stytch_mock::Emulator;

/// One project with this limit, and another with its own.
fn house(rate_limit: &str) -> House {
    let seed = format!(
        r#"{{"projects": [{{"rate_limit": {rate_limit}, "users": [{{"external_id": "someone"}}]}},
            {{"project_id": "project-live-22222222-2222-4222-8222-222222222222", "secrets": ["live"], "rate_limit": "1/h",
              "users": [{{"external_id": "someone"}}]}}]}}"#
    );
    House::seeded(&seed)
}

fn advance(house: &House, by: &str) {
    house.client.steered("POST", "/__mock/clock/advance", format!(r#"{{"by": "{by}"}}"#));
}

/// How many of `count` requests pass.
fn passing(house: &House, count: usize) -> usize {
    (0..count).filter(|_| house.sessions("someone").status == 200).count()
}

fn refused(response: &Response, retry_after: &str) {
    assert_eq!(response.outcome(), "429 too_many_requests");
    assert_eq!(response.header("retry-after"), Some(retry_after));
    assert_eq!(response.json()["error_message"], "Too many requests have been made.");
}

#[test]
fn a_frozen_clock_never_refills() {
    let house = house(r#""5/s""#);
    assert_eq!(passing(&house, 50), 5);
}

#[test]
fn a_bucket_refills_as_the_clock_is_moved() {
    for (rate_limit, burst, steps) in [
        (r#""10/s,burst=3""#, 3, &[("99ms", 0), ("1ms", 1), ("250ms", 2), ("50ms", 1), ("1h", 3)][..]),
        (r#""6/m""#, 6, &[("9s", 0), ("1s", 1), ("20s", 2), ("1d", 6)]),
        (r#"{"per_hour": 2, "burst": 1}"#, 1, &[("29m 59s", 0), ("1s", 1), ("1000d", 1)]),
        (r#"{"per_second": 3}"#, 3, &[("333ms", 0), ("1ms", 1), ("666ms", 2)]),
        (r#"{"per_minute": 1, "burst": 4}"#, 4, &[("1m", 1), ("-1h", 0), ("59s", 0), ("1s", 1)]),
    ] {
        let house = house(rate_limit);
        assert_eq!(passing(&house, burst + 5), burst, "{rate_limit} starts full");
        for (by, expected) in steps {
            advance(&house, by);
            assert_eq!(passing(&house, expected + 5), *expected, "{rate_limit} after {by}");
        }
    }
}

#[test]
fn retry_after_is_in_whole_seconds_and_enough() {
    for (rate_limit, expected) in
        [(r#""100/s,burst=1""#, "1"), (r#""1/s""#, "1"), (r#""1/m""#, "60"), (r#""7/m,burst=1""#, "9"), (r#""1/h""#, "3600")]
    {
        let house = house(rate_limit);
        while house.sessions("someone").status == 200 {}
        refused(&house.sessions("someone"), expected);
        advance(&house, &format!("{expected}s"));
        assert_eq!(house.sessions("someone").status, 200, "{rate_limit}: the header told the truth");
    }
}

#[test]
fn of_a_thousand_requests_at_once_exactly_the_burst_pass() {
    let house = house(r#""1/s,burst=137""#);
    let request = house.ask("user_id=someone");
    let start = Barrier::new(20);
    let ask = || {
        let mut connection = house.client.connect();
        start.wait();
        (0..50).filter(|_| connection.send(&request).status == 200).count()
    };
    let passed: usize = thread::scope(|scope| {
        let threads: Vec<_> = (0..20).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(passed, 137);
}

#[test]
fn what_is_refused_before_the_bucket_takes_no_token() {
    let house = house(r#""1/h""#);
    let (id, secret) = (house.emulator.project_id(), house.emulator.secret());
    for request in [
        Request::get("/v1/nowhere").basic(&id, &secret),
        Request::new("POST", "/v1/sessions").basic(&id, &secret),
        sessions_request("user_id=someone"),
        sessions_request("user_id=someone").basic(&id, "wrong"),
        sessions_request("user_id=someone").basic("dummy", &secret),
        house.ask("user_id=someone").header("x-large", vec![b'a'; 70_000]),
    ] {
        assert_ne!(house.client.send(&request).status, 429);
    }
    for path in ["/__mock/health", "/__mock/state", "/__mock/clock"] {
        house.client.steered("GET", path, "");
    }
    assert_eq!(passing(&house, 3), 1);
}

#[test]
fn what_is_refused_after_the_bucket_has_taken_its_token() {
    for query in ["user_id=someone", "user_id=nobody", "user_id=user-test-1", ""] {
        let house = house(r#""1/h""#);
        assert_ne!(house.client.send(&house.ask(query)).status, 429);
        refused(&house.client.send(&house.ask("user_id=someone")), "3600");
    }
}

#[test]
fn a_refused_request_takes_no_token() {
    let house = house(r#""1/s""#);
    assert_eq!(passing(&house, 100), 1);
    advance(&house, "1s");
    assert_eq!(passing(&house, 100), 1);
}

#[test]
fn each_project_has_a_bucket_of_its_own() {
    let house = house(r#""2/h""#);
    let live = || {
        house.client.send(&sessions_request("user_id=someone").basic("project-live-22222222-2222-4222-8222-222222222222", "live"))
    };
    assert_eq!(live().status, 200);
    refused(&live(), "3600");
    assert!(live().request_id().starts_with("request-id-live-"));
    assert_eq!(passing(&house, 5), 2);
}

#[test]
fn a_seeds_own_limit_wins_over_the_setting() {
    let builder = || Emulator::builder().rate_limit("2/h").clock(NOW);
    for (seed, expected) in [
        (r#"{"projects": [{"users": [{"external_id": "someone"}]}]}"#, 2),
        (r#"{"projects": [{"rate_limit": "4/h", "users": [{"external_id": "someone"}]}]}"#, 4),
        (r#"{"projects": [{"rate_limit": null, "users": [{"external_id": "someone"}]}]}"#, 2),
        (r#"{"projects": [{"rate_limit": "off", "users": [{"external_id": "someone"}]}]}"#, 20),
    ] {
        assert_eq!(passing(&House::of(builder().seed_json(seed)), 20), expected, "{seed}");
    }
}

#[test]
fn a_reset_fills_the_bucket() {
    let house = house(r#""2/h""#);
    assert_eq!(passing(&house, 5), 2);
    house.client.steered("POST", "/__mock/reset", "");
    assert_eq!(passing(&house, 5), 2);
}
