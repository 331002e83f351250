//! Passwords, asked for by many at once: what is counted, and who wins.

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use crate::client::Response;
use crate::fixture::House;
use crate::life::request;
use crate::passwords::{BY_EMAIL, CREATE, LOG_IN, OTHER, STRONG, ada, ada_reset_token, seed, world};

fn at_once(house: &House, threads: usize, call: impl Fn(usize) -> (&'static str, Value) + Sync) -> BTreeMap<String, usize> {
    let barrier = Barrier::new(threads);
    let ask = |number: usize| -> Response {
        let (path, body) = call(number);
        let mut connection = house.client.connect();
        barrier.wait();
        connection.send(&request("POST", path, &body))
    };
    let ask = &ask;
    let responses: Vec<Response> = thread::scope(|scope| {
        let asking: Vec<_> = (0..threads).map(|number| scope.spawn(move || ask(number))).collect();
        asking.into_iter().map(|asking| asking.join().unwrap()).collect()
    });
    let mut outcomes = BTreeMap::new();
    for response in responses {
        *outcomes.entry(response.outcome()).or_default() += 1;
    }
    outcomes
}

#[test]
fn a_hundred_wrong_guesses_at_once_are_counted_exactly() {
    let house = House::seeded(&seed(&json!({})));
    let outcomes = at_once(&house, 100, |_| (LOG_IN, ada(OTHER)));
    let expected = [("401 unauthorized_credentials", 10), ("429 user_lock_limit_reached", 90)];
    assert_eq!(outcomes, expected.map(|(outcome, count)| (outcome.to_owned(), count)).into());
}

#[test]
fn of_two_who_come_with_one_reset_token_one_wins() {
    let mut caller = world();
    for round in 0..1000 {
        let token = ada_reset_token(&mut caller);
        let body = json!({ "token": token, "password": STRONG });
        let outcomes = at_once(&caller.house, 2, |_| (BY_EMAIL, body.clone()));
        let expected = [("200", 1), ("401 unable_to_auth_password_reset_token", 1)];
        assert_eq!(outcomes, expected.map(|(outcome, count)| (outcome.to_owned(), count)).into(), "{round}");
    }
}

#[test]
fn of_many_who_sign_up_with_one_address_one_wins() {
    let house = House::seeded(&seed(&json!({})));
    let outcomes = at_once(&house, 16, |_| (CREATE, json!({ "email": "new@example.com", "password": STRONG })));
    assert_eq!(outcomes, [("200", 1), ("400 duplicate_email", 15)].map(|(outcome, count)| (outcome.to_owned(), count)).into());
}
