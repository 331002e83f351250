//! Seeds that are refused, each with every problem and its place. The golden shows them as a user would see them.

use std::fmt::Write;

use crate::fixture::start;
use crate::golden::assert_golden;
use stytch_mock::Emulator;

const USER: &str = "user-test-00000000-0000-4000-8000-000000000001";
const SESSION: &str = "session-test-00000000-0000-4000-8000-000000000001";

/// A seed of one user, their entry on a line of its own.
fn user(entry: &str) -> String {
    format!("{{\"projects\": [{{\"users\": [\n  {entry}\n]}}]}}")
}

/// A seed of one session, its entry on a line of its own.
fn session(entry: &str) -> String {
    user(&format!("{{\"user_id\": \"{USER}\", \"sessions\": [\n    {entry}\n  ]}}"))
}

/// A seed of one factor, its entry on a line of its own.
fn factor(entry: &str) -> String {
    session(&format!("{{\"authentication_factors\": [\n      {entry}\n    ]}}"))
}

/// What is wrong, and a seed that has it.
fn cases() -> Vec<(&'static str, String)> {
    let mut cases = syntax();
    cases.extend(keys_and_types());
    cases.extend(names());
    cases.extend(ids());
    cases.extend(times());
    cases.extend(several());
    cases
}

fn syntax() -> Vec<(&'static str, String)> {
    vec![
        ("an empty file", String::new()),
        ("nothing but blanks", " \n\t\n".to_owned()),
        ("no JSON at all", "hello".to_owned()),
        ("an object that does not end", "{\n  \"projects\": [\n".to_owned()),
        ("a comma too many", "{\n  \"projects\": [],\n}".to_owned()),
        ("a comma too few", "{\n  \"projects\": []\n  \"clock\": null\n}".to_owned()),
        ("something after the end", "{}\n{}".to_owned()),
        ("a comment", "{\n  // projects\n}".to_owned()),
        ("single quotes", "{'projects': []}".to_owned()),
        ("a NUL", "{\"projects\": []}\u{0}".to_owned()),
        ("a NUL in a string", user("{\"external_id\": \"a\u{0}b\"}")),
        ("half a surrogate in a string", user(r#"{"external_id": "\ud800"}"#)),
        ("half a surrogate in a key", user(r#"{"external_id": "a", "\ud800": 1}"#)),
        ("a column counted in characters", "{\"ü😀\": 1, \"clock\": 5}".to_owned()),
        ("nesting without end", session(&format!("{{\"custom_claims\": {{\"a\": {}1{}}}}}", "[".repeat(200), "]".repeat(200)))),
    ]
}

fn keys_and_types() -> Vec<(&'static str, String)> {
    vec![
        ("an array for a seed", "[]".to_owned()),
        ("null for a seed", "null".to_owned()),
        ("an unknown key at the root", "{\n  \"project\": []\n}".to_owned()),
        ("an unknown key that is near none", "{\"x\": 1}".to_owned()),
        ("an unknown key of a project", r#"{"projects": [{"secret": "x"}]}"#.to_owned()),
        ("an unknown key of a rate limit", r#"{"projects": [{"rate_limit": {"per_secnod": 5}}]}"#.to_owned()),
        ("an unknown key of a user", user(r#"{"externalId": "x"}"#)),
        ("an unknown key of a name", user(r#"{"name": {"firstname": "x"}}"#)),
        ("an unknown key of an e-mail address", user(r#"{"emails": [{"verifed": true}]}"#)),
        ("a TOTP whose secret is not base32", user("{\"totps\": [{}, {\n    \"secret\": \"not-to-be-told\"}]}")),
        (
            "an OAuth identity of no provider",
            "{\"projects\": [{\"oauth_identities\": [{\"provider\": \"gogle\", \"nam\": 1}]}]}".to_owned(),
        ),
        (
            "an OAuth identity that stands twice",
            "{\"projects\": [{\"oauth_identities\": [\n  {\"provider_subject\": \"1\"}, {\"provider\": \"google\", \"provider_subject\": \"1\"},\n  \
             {\"provider_subject\": \"1\"}]}]}"
                .to_owned(),
        ),
        ("an unknown key of a session", session(r#"{"expires": "+1h"}"#)),
        ("an unknown key of attributes", session(r#"{"attributes": {"ip": "127.0.0.1"}}"#)),
        ("an unknown key of a factor", factor(r#"{"types": "otp"}"#)),
        ("an unknown key of a sub-object", factor(r#"{"email_factor": {"email": "a@b.c"}}"#)),
        ("a key in other letters", user(r#"{"External_ID": "x"}"#)),
        ("an odd key", user(r#"{"a.b\"c": 1}"#)),
        ("a key that stands twice", user(r#"{"external_id": "a", "external_id": "b"}"#)),
        ("an object for the projects", r#"{"projects": {}}"#.to_owned()),
        ("a string for a project", r#"{"projects": ["x"]}"#.to_owned()),
        ("a string for the secrets", r#"{"projects": [{"secrets": "x"}]}"#.to_owned()),
        ("a number for a secret", r#"{"projects": [{"secrets": [5]}]}"#.to_owned()),
        ("null for a secret", r#"{"projects": [{"secrets": [null]}]}"#.to_owned()),
        ("an empty secret", r#"{"projects": [{"secrets": [""]}]}"#.to_owned()),
        ("no secrets", r#"{"projects": [{"secrets": []}]}"#.to_owned()),
        ("an array for a user", user("[]")),
        ("a number for an id", user(r#"{"user_id": 42}"#)),
        ("a string for a flag", user(r#"{"is_locked": "true"}"#)),
        ("a number for a flag", user(r#"{"emails": [{"verified": 1}]}"#)),
        ("a string for metadata", user(r#"{"trusted_metadata": "{}"}"#)),
        ("an array for custom claims", session(r#"{"custom_claims": []}"#)),
        ("a string for roles", session(r#"{"roles": "admin"}"#)),
        ("a number for a time", session(r#"{"expires_at": 1628494912}"#)),
        ("an object for factors", session(r#"{"authentication_factors": {}}"#)),
        ("an array for a sub-object", factor(r#"{"email_factor": []}"#)),
        ("a number in a sub-object", factor(r#"{"email_factor": {"email_id": 5}}"#)),
        ("a long string for a flag", user(&format!(r#"{{"is_locked": "{}"}}"#, "x".repeat(200)))),
    ]
}

fn names() -> Vec<(&'static str, String)> {
    let rate = |rate: &str| format!(r#"{{"projects": [{{"rate_limit": {rate}}}]}}"#);
    vec![
        ("an unknown status", user(r#"{"status": "actve"}"#)),
        ("an unknown error type", user(r#"{"respond_with": "internal_error"}"#)),
        ("an error type that is near none", user(r#"{"respond_with": "500"}"#)),
        ("an unknown factor type", factor(r#"{"type": "magic-link"}"#)),
        ("an unknown delivery method", factor(r#"{"delivery_method": "oauth_gogle"}"#)),
        ("a name in other letters", factor(r#"{"type": "OTP", "delivery_method": "SMS"}"#)),
        ("a sub-object of another method", factor(r#"{"delivery_method": "sms", "email_factor": {}}"#)),
        ("a sub-object where none belongs", factor(r#"{"delivery_method": "knowledge", "email_factor": {}}"#)),
        ("two sub-objects", factor(r#"{"email_factor": {}, "phone_number_factor": {}}"#)),
        (
            "a fault that changes every 0th request",
            "{\"projects\": [{\"faults\": [\n  {\"stall\": true, \"every\": 0}\n]}]}".to_owned(),
        ),
        (
            "redirect URLs that are none",
            r#"{"projects": [{"redirect_urls": [{"url": "/in", "types": ["log-in"]}, {}], "public_tokens": [""]}]}"#.to_owned(),
        ),
        ("a rate of 0", rate(r#""0/s""#)),
        ("a rate without a period", rate(r#""100""#)),
        ("a rate of an unknown period", rate(r#""100/d""#)),
        ("a rate with a sign", rate(r#""+100/s""#)),
        ("a number for a rate", rate("100")),
        ("an empty rate", rate("{}")),
        ("two periods of a rate", rate(r#"{"per_second": 1, "per_minute": 60}"#)),
        ("0 in a period", rate(r#"{"per_second": 0}"#)),
        ("a burst of 0", rate(r#"{"per_second": 5, "burst": 0}"#)),
        ("a fraction in a period", rate(r#"{"per_second": 0.5}"#)),
        ("more in a period than there is", rate(r#"{"per_second": 4294967296}"#)),
    ]
}

fn ids() -> Vec<(&'static str, String)> {
    let two = |one: &str, other: &str| format!("{{\"projects\": [{{\"users\": [\n  {one},\n  {other}\n]}}]}}");
    let sessions = |one: &str, other: &str| session(&format!("{one},\n    {other}"));
    vec![
        ("a project id of no form", r#"{"projects": [{"project_id": "my-project"}]}"#.to_owned()),
        ("a project id with a colon", r#"{"projects": [{"project_id": "project-test-a:b"}]}"#.to_owned()),
        (
            "two projects of one id",
            "{\"projects\": [\n  {\"project_id\": \"project-test-a\"},\n  {\"project_id\": \"project-test-a\"}\n]}".to_owned(),
        ),
        ("two projects of no id", r#"{"projects": [{}, {}]}"#.to_owned()),
        ("a user id of no form", user(r#"{"user_id": "user-1"}"#)),
        ("a user id that is a session's", user(&format!(r#"{{"user_id": "{SESSION}"}}"#))),
        ("a user id without hyphens", user(r#"{"user_id": "user-test-00000000000040008000000000000001"}"#)),
        ("an empty external id", user(r#"{"external_id": ""}"#)),
        ("an external id with a space", user(r#"{"external_id": "a b"}"#)),
        ("an external id like a Stytch id", user(&format!(r#"{{"external_id": "{USER}"}}"#))),
        ("an external id of 129 characters", user(&format!(r#"{{"external_id": "{}"}}"#, "a".repeat(129)))),
        ("a session id of no form", session(r#"{"session_id": "1"}"#)),
        ("an empty session token", session(r#"{"session_token": ""}"#)),
        ("a session token with a space", session(r#"{"session_token": "a b"}"#)),
        ("a session of somebody else", session(r#"{"user_id": "user-test-00000000-0000-4000-8000-000000000002"}"#)),
        ("two users of one id", two(&format!(r#"{{"user_id": "{USER}"}}"#), &format!(r#"{{"user_id": "{USER}"}}"#))),
        ("two users of one external id", two(r#"{"external_id": "a"}"#, r#"{"external_id": "a"}"#)),
        (
            "two sessions of one id",
            sessions(&format!(r#"{{"session_id": "{SESSION}"}}"#), &format!(r#"{{"session_id": "{SESSION}"}}"#)),
        ),
        ("two sessions of one token", sessions(r#"{"session_token": "a"}"#, r#"{"session_token": "a"}"#)),
        (
            "two users' sessions of one id",
            two(
                &format!(r#"{{"sessions": [{{"session_id": "{SESSION}"}}]}}"#),
                &format!(r#"{{"sessions": [{{}}, {{"session_id": "{SESSION}"}}]}}"#),
            ),
        ),
    ]
}

fn times() -> Vec<(&'static str, String)> {
    vec![
        ("a clock that is no time", r#"{"clock": "now"}"#.to_owned()),
        ("a clock before 1970", r#"{"clock": "1969-12-31T23:59:59Z"}"#.to_owned()),
        ("a date without a time", session(r#"{"started_at": "2021-08-09"}"#)),
        ("a time without an offset", session(r#"{"started_at": "2021-08-09T07:41:52"}"#)),
        ("a day that is none", session(r#"{"started_at": "2021-02-30T07:41:52Z"}"#)),
        ("a span without a sign", session(r#"{"expires_at": "2h"}"#)),
        ("a span without a unit", session(r#"{"expires_at": "+2"}"#)),
        ("a span that is none", session(r#"{"expires_at": "+soon"}"#)),
        ("Now", session(r#"{"expires_at": "Now"}"#)),
        ("an empty time", session(r#"{"expires_at": ""}"#)),
        ("an end before the start", session(r#"{"started_at": "2021-08-09T08:00:00Z", "expires_at": "2021-08-09T07:59:59Z"}"#)),
        ("an end before a start that is relative", session(r#"{"expires_at": "-2h", "started_at": "-1h"}"#)),
        ("a start after the end by default", session(r#"{"started_at": "+2h"}"#)),
    ]
}

fn several() -> Vec<(&'static str, String)> {
    vec![(
        "several problems at once",
        "{\n  \"clok\": 1,\n  \"projects\": [\n    {\"project_id\": \"x\", \"users\": [\n      {\"user_id\": 1, \"sesions\": []},\n      {\"status\": \"no\", \
         \"sessions\": [{\"expires_at\": \"-1h\", \"started_at\": \"now\"}]}\n    ]}\n  ]\n}"
            .to_owned(),
    )]
}

/// A message without the end of a long list of names, which grows as the emulator does.
fn told(error: &str) -> String {
    let shortened = |line: &str| match line.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    };
    error.lines().map(shortened).collect::<Vec<_>>().join("\n")
}

/// A seed for the transcript, without its longest runs.
fn shown(seed: &str) -> String {
    let mut shown = seed.replace('\0', "\\0");
    for long in ["[".repeat(200), "]".repeat(200), "x".repeat(200), "a".repeat(129)] {
        shown = shown.replace(&long, &format!("{}…({})", &long[..1], long.len()));
    }
    shown
}

#[test]
fn each_bad_seed_is_refused_with_its_places() {
    let mut transcript = String::new();
    for (fact, seed) in cases() {
        let started = start(Emulator::builder().seed_json(&seed).clock("2021-08-09T08:00:00Z"));
        let error = started.map(drop).expect_err(fact).to_string();
        writeln!(transcript, "== {fact}\n{}\n-- {}\n", shown(&seed), told(&error)).unwrap();
    }
    assert_golden("bad-seeds.txt", &transcript);
}

#[test]
fn a_seed_of_nothing_but_problems_stops_counting() {
    let users = vec![r#"{"x": 1}"#; 1_000].join(",\n");
    let error = start(Emulator::builder().seed_json(user(&users))).map(drop).expect_err("1,000 unknown keys").to_string();
    assert!(error.starts_with("the seed has 100 problems\n"), "{}", &error[..100]);
    assert!(error.ends_with(" (and 900 more problems in this file)"), "{}", &error[error.len() - 100..]);
}
