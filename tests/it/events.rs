//! `GET /__mock/events`: what it tells, in which words, and what becomes of those who don't read it.

use std::time::Duration;

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::{Client, Connection, Request, basic};
use crate::fixture::{House, NOW, PROJECT, SECRET, USER, sessions_request};
use crate::program::Running;

/// An event as it came.
#[derive(Debug, Clone, PartialEq)]
struct Event {
    id: Option<String>,
    name: String,
    data: Value,
}

/// Whoever reads a stream.
struct Reader {
    connection: Connection,
    text: String,
}

impl Reader {
    fn of(client: &Client, query: &str) -> Self {
        Self::with(client, &Request::get(format!("/__mock/events{query}")))
    }

    fn with(client: &Client, request: &Request) -> Self {
        let mut connection = client.connect();
        connection.write(&request.bytes());
        let head = connection.read_response(false);
        assert_eq!((head.status, head.header("content-type")), (200, Some("text/event-stream")));
        assert_eq!(head.header("cache-control"), Some("no-store"));
        Self { connection, text: String::new() }
    }

    /// The next event; `None` once the stream has ended.
    fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let event = parse(event);
                self.text = rest.to_owned();
                return Some(event);
            }
            let chunk = self.connection.read_chunk();
            if chunk.is_empty() {
                return None;
            }
            self.text.push_str(&chunk);
        }
    }

    /// The next event of this name; those before it are passed over.
    fn next_of(&mut self, name: &str) -> Event {
        loop {
            let event = self.next().unwrap_or_else(|| panic!("the stream ends without {name}"));
            if event.name == name {
                return event;
            }
        }
    }
}

fn parse(text: &str) -> Event {
    let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
    let data = serde_json::from_str(field("data: ").unwrap_or_else(|| panic!("no data in {text:?}"))).unwrap();
    assert!(text.lines().all(|line| ["id: ", "event: ", "data: "].iter().any(|name| line.starts_with(name))), "{text:?}");
    Event { id: field("id: ").map(str::to_owned), name: field("event: ").unwrap().to_owned(), data }
}

fn house() -> House {
    House::of(Emulator::builder().clock(NOW))
}

/// Sends a code; the message stands in the outbox.
fn send_code(house: &House, to: &str) {
    let request = Request::new("POST", "/v1/otps/email/login_or_create").header("content-type", "application/json");
    let body = json!({ "email": to }).to_string();
    let response = house.client.send(&request.basic(PROJECT, SECRET).body(body));
    assert_eq!(response.status, 200, "{}", response.text());
}

#[test]
fn what_happens_is_told_as_the_lists_have_it() {
    let house = house();
    let mut reader = Reader::of(&house.client, "");
    let status = json!({ "clock": { "now": NOW, "frozen": true }, "faults": 0, "projects": 1 });
    assert_eq!(reader.next(), Some(Event { id: Some("0.0".to_owned()), name: "status".to_owned(), data: status }));
    house.sessions(USER);
    let request = reader.next_of("request");
    assert_eq!(request.id.as_deref(), Some("1.0"));
    assert_eq!(request.data, house.client.steered("GET", "/__mock/requests", "")["requests"][0]);
    send_code(&house, "new@example.com");
    let message = reader.next_of("message");
    assert_eq!(message.data, house.client.steered("GET", "/__mock/outbox", "")["messages"][0]);
    assert_eq!(reader.next_of("request").id.as_deref(), Some("2.1"));
}

#[test]
fn how_the_world_stands_is_told_when_it_changes() {
    let house = house();
    let control = house.emulator.control();
    let mut reader = Reader::of(&house.client, "");
    let mut next = |name: &str| reader.next_of(name).data;
    next("status");
    house.client.steered(
        "POST",
        "/__mock/faults",
        r#"{"operation": "sessions.get", "error": "internal_server_error", "times": 1}"#,
    );
    assert_eq!(next("status")["faults"], 1);
    house.sessions(USER);
    assert_eq!(next("status")["faults"], 0, "it is over");
    control.advance(Duration::from_mins(1)).unwrap();
    assert_eq!(next("status")["clock"], json!({ "now": "2021-08-09T08:01:00Z", "frozen": true }));
    control.create_project().unwrap();
    assert_eq!(next("status")["projects"], 2);
    control.release().unwrap();
    let clock = next("status")["clock"].clone();
    assert_eq!((&clock["frozen"], &clock["scale"]), (&json!(false), &json!(1.0)));
    control.reset().unwrap();
    next("world");
    assert_eq!(next("status")["projects"], 1);
}

#[test]
fn a_message_of_a_new_world_is_told_though_numbers_begin_anew() {
    let house = house();
    let mut reader = Reader::of(&house.client, "");
    for round in 1..=2 {
        send_code(&house, "new@example.com");
        assert_eq!(reader.next_of("message").data["id"], 1, "{round}");
        house.emulator.control().reset().unwrap();
        reader.next_of("world");
    }
}

#[test]
fn who_comes_back_hears_what_was_missed() {
    let house = house();
    for _ in 0..3 {
        house.sessions(USER);
    }
    send_code(&house, "new@example.com");
    let heard = |reader: &mut Reader, count: usize| {
        let mut ids = Vec::new();
        while ids.len() < count {
            let event = reader.next().unwrap();
            if event.name != "status" {
                ids.push(event.id.unwrap());
            }
        }
        ids
    };
    let all = ["0.1", "1.1", "2.1", "3.1", "4.1"];
    assert_eq!(heard(&mut Reader::of(&house.client, "?since=0.0"), 5), all);
    assert_eq!(heard(&mut Reader::of(&house.client, "?since=2.1"), 2), all[3..]);
    let header = Request::get("/__mock/events?since=0.0").header("last-event-id", "3.1");
    assert_eq!(heard(&mut Reader::with(&house.client, &header), 1), all[4..], "the header goes before the query");
    assert_eq!(heard(&mut Reader::of(&house.client, "?since=4.9"), 1), ["4.1"], "a number that this world never gave");
    for since in ["", "x", "1", "1.", "-1.0", "1.2.3"] {
        assert_eq!(house.client.steer(&Request::get(format!("/__mock/events?since={since}"))).status, 400, "{since:?}");
    }
    assert_eq!(house.client.steer(&Request::get("/__mock/events?wait=2h")).status, 400);
    assert_eq!(house.client.steer(&Request::get("/__mock/events?project_id=x")).status, 400);
}

#[test]
fn a_stream_with_a_wait_ends_by_itself() {
    let house = house();
    let mut reader = Reader::of(&house.client, "?wait=1ms");
    assert_eq!(reader.next().map(|event| event.name).as_deref(), Some("status"));
    assert_eq!(reader.next(), None);
}

#[test]
fn what_was_not_told_is_counted() {
    let house = House::of(Emulator::builder().clock(NOW).journal(10).rate_limit("off"));
    let mut connection = house.client.connect();
    let request = sessions_request(&format!("user_id={USER}")).header("authorization", basic(PROJECT, SECRET));
    for _ in 0..30 {
        connection.send(&request);
    }
    let mut reader = Reader::of(&house.client, "?since=5.0");
    assert_eq!(reader.next_of("dropped").data, json!({ "requests": 15, "messages": 0 }));
    assert_eq!(reader.next_of("request").id.as_deref(), Some("21.0"));
}

#[test]
fn who_does_not_read_holds_nobody_up_and_is_told_how_much_went_by() {
    let house = House::of(Emulator::builder().clock(NOW).rate_limit("off"));
    let mut stalled = Reader::of(&house.client, "");
    let agent = "x".repeat(4_000);
    let request = sessions_request(&format!("user_id={USER}")).header("user-agent", &agent);
    let request = request.header("authorization", basic(PROJECT, SECRET));
    let mut reading = Reader::of(&house.client, "");
    let mut connection = house.client.connect();
    // more than the system buffers for a socket, and in many periods: each is told before the next begins
    let (mut sent, mut last) = (0, 0);
    for _ in 0..40 {
        for _ in 0..50 {
            connection.send(&request);
            sent += 1;
        }
        while last < sent {
            last = reading.next_of("request").data["sequence"].as_u64().unwrap();
        }
    }
    let (mut told, mut dropped) = (0, 0);
    while told + dropped < sent {
        let event = stalled.next().unwrap();
        match event.name.as_str() {
            "request" => told += 1,
            "dropped" => dropped += event.data["requests"].as_u64().unwrap(),
            _ => {}
        }
    }
    assert_eq!(told + dropped, sent, "nothing is told twice");
    assert!(dropped > 0, "all {told} were kept for somebody who did not read");
}

#[test]
fn streams_end_with_the_emulator() {
    let running = Running::start(&[]);
    let mut readers = [(); 3].map(|()| Reader::of(&running.client(), ""));
    for reader in &mut readers {
        assert!(reader.next().is_some());
    }
    running.signal("TERM");
    let (status, _) = running.ends_within(Duration::from_millis(1_400));
    assert_eq!(status.code(), Some(0));
    for mut reader in readers {
        assert_eq!(reader.next(), None, "it ends as a stream does");
    }
}
