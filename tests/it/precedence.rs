//! CONTRACT §2: the checks run in their order. Each request here has two things wrong; the earlier one answers.

use crate::client::Request;
use crate::fixture::{House, STRANGER};

const WORLD: &str = r#"{"projects": [
    {"users": [{"external_id": "fails", "respond_with": "server_unavailable"}]},
    {"project_id": "project-test-drained", "secrets": ["drained"], "rate_limit": "1/h",
     "users": [{"external_id": "fails", "respond_with": "server_unavailable"}]}
]}"#;

/// One thing that is wrong with a request, in the order in which they are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flaw {
    Path,
    Method,
    NoCredentials,
    WrongSecret,
    OddProject,
    EmptyBucket,
    UserId,
    Stranger,
    Scripted,
}

use Flaw::{EmptyBucket, Method, NoCredentials, OddProject, Path, Scripted, Stranger, UserId, WrongSecret};

/// In the order of the contract; those within one bracket are answers of the same check.
const CHECKS: &[&[Flaw]] =
    &[&[Path], &[Method], &[NoCredentials, WrongSecret, OddProject], &[EmptyBucket], &[UserId], &[Stranger, Scripted]];

fn answer(flaw: Flaw) -> &'static str {
    match flaw {
        Path => "404 route_not_found",
        Method => "405 method_not_allowed",
        NoCredentials | WrongSecret => "401 unauthorized_credentials",
        OddProject => "400 invalid_project_id_authentication",
        EmptyBucket => "429 too_many_requests",
        UserId => "400 invalid_user_id",
        Stranger => "404 user_not_found",
        Scripted => "503 server_unavailable",
    }
}

/// A request that has all of these flaws.
fn request(house: &House, flaws: &[Flaw]) -> Request {
    let has = |flaw| flaws.contains(&flaw);
    let user_id = match () {
        () if has(UserId) => "user-test-1",
        () if has(Stranger) => STRANGER,
        () => "fails",
    };
    let path = if has(Path) { "/v1/session" } else { "/v1/sessions" };
    let request = Request::new(if has(Method) { "POST" } else { "GET" }, format!("{path}?user_id={user_id}"));
    let (id, secret) = match () {
        () if has(OddProject) => ("dummy".to_owned(), house.emulator.secret()),
        () if has(EmptyBucket) => ("project-test-drained".to_owned(), "drained".to_owned()),
        () => (house.emulator.project_id(), house.emulator.secret()),
    };
    match () {
        () if has(NoCredentials) => request,
        () if has(WrongSecret) => request.basic(&id, "wrong"),
        () => request.basic(&id, &secret),
    }
}

#[test]
fn of_two_flaws_the_earlier_check_answers() {
    let house = House::seeded(WORLD);
    house.client.send(&Request::get("/v1/sessions").basic("project-test-drained", "drained"));
    let mut pairs = 0;
    for (order, earlier) in CHECKS.iter().enumerate() {
        for first in *earlier {
            assert_eq!(house.client.send(&request(&house, &[*first])).outcome(), answer(*first), "{first:?} alone");
            for second in CHECKS[order + 1..].iter().copied().flatten() {
                let response = house.client.send(&request(&house, &[*first, *second]));
                assert_eq!(response.outcome(), answer(*first), "{first:?} and {second:?}");
                pairs += 1;
            }
        }
    }
    assert_eq!(pairs, 32);
}

#[test]
fn with_everything_wrong_the_route_answers() {
    let house = House::seeded(WORLD);
    let all = [Path, Method, NoCredentials, EmptyBucket, UserId];
    for start in 0..all.len() {
        let response = house.client.send(&request(&house, &all[start..]));
        // the bucket is still full: a request without credentials did not touch it
        let expected = if all[start] == EmptyBucket { UserId } else { all[start] };
        assert_eq!(response.outcome(), answer(expected), "{:?}", &all[start..]);
    }
}
