//! Passwords, asked for by many at once: who wins. What is counted of failures: `user_locks`.

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use crate::client::Response;
use crate::fixture::House;
use crate::life::request;
use crate::messages::{race, sent_one_by_one};
use crate::passwords::{BY_EMAIL, CREATE, START, STRONG, seed, world_with};

/// What so many clients are told who call at once, and how often.
pub fn at_once(house: &House, threads: usize, call: impl Fn(usize) -> (&'static str, Value) + Sync) -> BTreeMap<String, usize> {
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
fn of_two_who_come_with_one_reset_token_one_wins() {
    // a policy that is soon decided
    let mut caller = world_with(&json!({ "password_strength": { "policy": "luds", "min_complexity": 1 } }));
    let sent = sent_one_by_one(&mut caller, 1_000, START, |_| json!({ "email": "ada@example.com" }));
    let proofs: Vec<Value> = sent.iter().map(|message| json!({ "token": message["token"], "password": STRONG })).collect();
    let won_once = vec!["200".to_owned(), "401 unable_to_auth_password_reset_token".to_owned()];
    assert_eq!(race(&caller.house, BY_EMAIL, &proofs), BTreeMap::from([(won_once, 1_000)]));
}

#[test]
fn of_many_who_sign_up_with_one_address_one_wins() {
    let house = House::seeded(&seed(&json!({})));
    let outcomes = at_once(&house, 16, |_| (CREATE, json!({ "email": "new@example.com", "password": STRONG })));
    assert_eq!(outcomes, [("200", 1), ("400 duplicate_email", 15)].map(|(outcome, count)| (outcome.to_owned(), count)).into());
}
