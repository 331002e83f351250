//! The clients that behave well: so many connections, each of which asks at a steady pace and compares every byte.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::http::{Connection, request};
use crate::world::{PROJECT, SECRET, USERS, token, user_id};
use crate::{Fallible, Soak, now};

/// How many connections there are, and how long each waits between two requests: some 400 in a second.
const CONNECTIONS: usize = 32;
const PAUSE: Duration = Duration::from_millis(80);

/// After so many requests a connection gives way to a new one.
const REQUESTS: usize = 200;

/// What stands before what differs from answer to answer.
const REQUEST_ID: &[u8] = b"request-id-test-";
const UUID: usize = 36;

/// Requests, and what each of them is answered.
pub struct Answers(Vec<(Vec<u8>, Vec<u8>)>);

/// Latencies in milliseconds.
#[derive(Clone, Default)]
pub struct Latencies(Vec<f64>);

impl Latencies {
    pub fn add(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    pub fn percentile(&self, share: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len().saturating_sub(1) * share / 100).copied().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Latencies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [half, most] = [50, 99].map(|share| self.percentile(share));
        write!(f, "{:>7} requests, p50 {half:.2} ms, p99 {most:.2} ms", self.0.len())
    }
}

/// An answer without what differs every time.
fn masked(mut answer: Vec<u8>) -> Vec<u8> {
    if let Some(start) = answer.windows(REQUEST_ID.len()).position(|window| window == REQUEST_ID) {
        let start = start + REQUEST_ID.len();
        let end = (start + UUID).min(answer.len());
        answer[start..end].fill(b'x');
    }
    answer
}

impl Answers {
    /// Asks everything once, while nobody disturbs; what comes has the status that it should have.
    pub async fn learn(soak: &Soak) -> Fallible<Self> {
        let own = Some((PROJECT, SECRET));
        let mut asked = Vec::new();
        // every tenth user logs in all the time: a session that is accessed would differ in the listings
        for number in (0..USERS).filter(|number| !number.is_multiple_of(10)) {
            asked.push((200, request("GET", &format!("/v1/sessions?user_id={}", user_id(number)), own, "")));
            asked.push((200, request("GET", &format!("/v1/users/customer-{number}"), own, "")));
        }
        for number in (0..USERS).step_by(10) {
            let body = format!(r#"{{"session_token": "{}"}}"#, token(number));
            asked.push((200, request("POST", "/v1/sessions/authenticate", own, &body)));
        }
        asked.extend([
            (404, request("GET", "/v1/sessions?user_id=nobody", own, "")),
            (400, request("GET", "/v1/sessions?user_id=user-test-1", own, "")),
            (401, request("GET", "/v1/sessions?user_id=customer-1", Some((PROJECT, "wrong")), "")),
            (404, request("GET", "/v1/nowhere", own, "")),
            (400, request("POST", "/v1/users/search", own, "{")),
            (200, request("POST", "/v1/users/search", own, r#"{"limit": 20}"#)),
        ]);
        let mut connection = Connection::open(soak.address).await?;
        let mut answers = Vec::new();
        for (status, request) in asked {
            let answer = masked(connection.ask(&request).await?.to_vec());
            if !answer.starts_with(format!("HTTP/1.1 {status} ").as_bytes()) {
                return Err(format!("{status} was to come, not {}", String::from_utf8_lossy(&answer)).into());
            }
            answers.push((request, answer));
        }
        Ok(Self(answers))
    }
}

/// Asks for so long.
pub async fn run(soak: &Arc<Soak>, answers: &Arc<Answers>, length: Duration) -> Latencies {
    let clients: Vec<_> = (0..CONNECTIONS)
        .map(|client| {
            let (soak, answers) = (Arc::clone(soak), Arc::clone(answers));
            tokio::spawn(async move { ask(&soak, &answers, client, length).await })
        })
        .collect();
    let mut all = Latencies::default();
    for client in clients {
        match client.await {
            Ok(latencies) => all.add(latencies),
            Err(error) => soak.wrong(format_args!("a client ended: {error}")),
        }
    }
    all
}

async fn ask(soak: &Soak, Answers(answers): &Answers, client: usize, length: Duration) -> Latencies {
    let (start, mut latencies) = (now(), Latencies::default());
    // not all at once
    tokio::time::sleep(PAUSE * u32::try_from(client).unwrap_or_default() / 32).await;
    let mut connection = None;
    for turn in 0.. {
        if start.elapsed() >= length {
            break;
        }
        if turn % REQUESTS == 0 || connection.is_none() {
            match Connection::open(soak.address).await {
                Ok(opened) => connection = Some(opened),
                Err(error) => {
                    soak.wrong(format_args!("no connection: {error}"));
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            }
        }
        let Some(open) = &mut connection else { continue };
        let (request, expected) = &answers[(turn * 7 + client) % answers.len()];
        let asked = now();
        match open.ask(request).await {
            Ok(answer) => {
                latencies.0.push(asked.elapsed().as_secs_f64() * 1e3);
                let answer = masked(answer.to_vec());
                if answer != *expected {
                    let [answer, expected] = [&answer, expected].map(|bytes| String::from_utf8_lossy(bytes));
                    soak.wrong(format_args!("{answer}\n  instead of {expected}"));
                }
            }
            Err(error) => {
                soak.wrong(format_args!("no answer: {error}"));
                connection = None;
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
    latencies
}
