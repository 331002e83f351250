//! Faults seen on the raw socket: delays, connections that end, bodies that stop, answers that never come; and that
//! the journal knows of them all.

use std::time::Duration;

use serde_json::{Value, json};
use stytch_mock::{Control, Fault, Record, RequestFilter};

use crate::client::Request;
use crate::fixture::{House, PROJECT, SECRET};

const WORLD: &str = r#"{"projects": [{"users": [{"external_id": "someone", "sessions": [{}]}]}]}"#;

/// A client that waits no longer than this gives up before what it waits for comes.
const IMPATIENCE: Duration = Duration::from_millis(20);

fn house(fault: Fault) -> House {
    let house = House::seeded(WORLD);
    house.emulator.control().add_fault(fault).unwrap();
    house
}

/// What comes over the wire for a request, until the connection ends.
fn sent(house: &House, request: &Request) -> (String, Vec<u8>) {
    let mut connection = house.client.connect();
    connection.write(&request.bytes());
    let bytes = connection.read_to_end();
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { return (String::new(), bytes) };
    (String::from_utf8(bytes[..end + 4].to_vec()).unwrap(), bytes[end + 4..].to_vec())
}

fn last(control: &Control<'_>) -> Record {
    control.requests(&RequestFilter::default()).unwrap().requests.pop().unwrap()
}

fn create(external_id: &str) -> Request {
    let body = json!({ "email": format!("{external_id}@example.com"), "external_id": external_id });
    Request::new("POST", "/v1/users").basic(PROJECT, SECRET).header("content-type", "application/json").body(body.to_string())
}

#[test]
fn a_connection_closed_before_the_headers_carries_no_byte_and_nothing_is_done() {
    let house = house(Fault::close_before_headers().times(1));
    assert_eq!(sent(&house, &create("new")), (String::new(), Vec::new()));
    let record = last(&house.emulator.control());
    assert_eq!((record.status, record.fault, record.method.as_str()), (None, Some(1), "POST"));
    assert_eq!(record.reason.as_deref(), Some("fault 1 of the control plane"));
    assert_eq!(house.sessions("new").outcome(), "404 user_not_found");
    assert_eq!(house.client.send(&create("new")).status, 201);
}

#[test]
fn a_connection_closed_later_promises_more_than_it_gives_and_the_deed_is_done() {
    let whole = House::seeded(WORLD).client.send(&create("new")).body.len();
    for (fault, expected) in [(Fault::close_after_headers(), 0), (Fault::close_mid_body(), whole / 2)] {
        let house = house(fault.times(1));
        let (head, body) = sent(&house, &create("new"));
        assert!(head.starts_with("HTTP/1.1 201 Created\r\n"), "{head}");
        assert!(head.contains(&format!("content-length: {whole}\r\n")), "{head}");
        assert_eq!(body.len(), expected);
        assert_eq!(last(&house.emulator.control()).status, Some(201));
        assert_eq!(house.sessions("new").status, 200, "the user is there");
    }
}

#[test]
fn a_truncated_body_is_whole_by_its_own_account() {
    let house = house(Fault::truncate(17).times(1));
    let mut connection = house.client.connect();
    connection.write(&house.ask("user_id=someone").bytes());
    let cut = connection.read_response(false);
    let whole = connection.send(&house.ask("user_id=someone"));
    assert_eq!((cut.status, cut.body.len()), (200, 17), "and the connection goes on");
    assert_eq!(cut.body[..15], whole.body[..15]);
    let longer = self::house(Fault::truncate(1_000_000));
    assert_eq!(longer.sessions("someone").status, 200, "there is nothing to cut");
}

#[test]
fn a_refusal_is_spoilt_like_any_answer() {
    let limited = r#"{"projects": [{"rate_limit": "1/h"}]}"#;
    for (fault, head_ends, length) in
        [(Fault::truncate(9), "content-length: 9", 9), (Fault::close_after_headers(), "content-length: ", 0)]
    {
        let house = House::seeded(limited);
        house.emulator.control().add_fault(fault).unwrap();
        for status in ["404 Not Found", "429 Too Many Requests"] {
            let (head, body) = sent(&house, &house.ask("user_id=nobody").header("connection", "close"));
            assert!(head.starts_with(&format!("HTTP/1.1 {status}\r\n")) && head.contains(head_ends), "{head}");
            assert_eq!(body.len(), length);
        }
    }
}

#[test]
fn a_stalled_request_is_silent_and_known_at_once() {
    let house = house(Fault::stall().times(1));
    let mut connection = house.client.connect();
    connection.write(&house.ask("user_id=someone").bytes());
    assert!(connection.is_silent_for(IMPATIENCE));
    let record = last(&house.emulator.control());
    assert_eq!((record.status, record.fault), (None, Some(1)));
    drop(connection);
    assert_eq!(house.sessions("someone").status, 200);
    assert_eq!(house.emulator.control().requests(&RequestFilter::default()).unwrap().count, 2, "it is written down once");
}

#[test]
fn a_client_that_gives_up_during_a_delay_is_written_down() {
    let house = house(Fault::delay(Duration::from_mins(1)).times(1));
    let mut connection = house.client.connect();
    connection.write(&create("new").bytes());
    assert!(connection.is_silent_for(IMPATIENCE));
    drop(connection);
    let waited = house.client.steered("GET", "/__mock/requests?wait=5s", "");
    let record = &waited["requests"][0];
    assert_eq!(
        (&record["status"], &record["fault"], &record["path"]),
        (&Value::Null, &json!(1), &json!("/v1/users")),
        "{waited}"
    );
    assert_eq!(house.sessions("new").outcome(), "404 user_not_found", "nobody made what nobody waited for");
}

#[test]
fn a_delay_is_as_long_as_it_says_and_the_answer_is_what_it_would_have_been() {
    let ms = Duration::from_millis;
    let plain = House::seeded(WORLD).sessions("someone");
    for fault in [
        Fault::delay(ms(10)),
        Fault::delay(ms(0)).after_delay_between(ms(10), ms(12)),
        Fault::error("use_https").after_delay(ms(10)),
    ] {
        let house = house(fault);
        let response = house.sessions("someone");
        assert!([plain.status, 403].contains(&response.status));
        // measured by the emulator, on the machine's clock
        let micros = last(&house.emulator.control()).duration_micros;
        assert!(micros >= 10_000, "{micros}");
    }
}

#[test]
fn a_connection_fault_strikes_over_and_over_on_fresh_connections() {
    let house = house(Fault::close_before_headers().every(2));
    let outcomes: Vec<bool> =
        (0..6).map(|_| sent(&house, &house.ask("user_id=someone").header("connection", "close")).1.is_empty()).collect();
    assert_eq!(outcomes, [true, false, true, false, true, false]);
    let unanswered = house.client.steered("GET", "/__mock/requests?status=0", "");
    assert_eq!(unanswered["count"], 3);
}
