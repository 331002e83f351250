//! Everybody else: who is slow, breaks off, sends too much or nonsense, asks for faults, goes back to snapshots, logs in in a
//! project of their own, or just sits there. Each is paced, since the load has to leave the emulator a core.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::http::{Connection, request, steer};
use crate::world::{self, PROJECT, SECRET};
use crate::{Fallible, Soak, say};

/// How many connections sit there, and how many of them one loopback address opens.
const IDLE: usize = 10_000;
const IDLE_PER_ADDRESS: usize = 2_500;

/// The wait between two of a kind.
const PAUSE: Duration = Duration::from_millis(100);

/// Nobody waits longer for anything.
const PATIENCE: Duration = Duration::from_secs(10);

type Act = Pin<Box<dyn Future<Output = Fallible<()>> + Send>>;

/// Makes one of them, by its turn.
type MakeAct = fn(Arc<Soak>, usize) -> Act;

/// Starts them all; what it gives ends when the last of them has.
pub fn start(soak: &Arc<Soak>) -> JoinHandle<()> {
    let acts: [(MakeAct, usize); 8] = [
        (|soak, turn| Box::pin(async move { read_slowly(&soak, turn).await }), 8),
        (|soak, turn| Box::pin(async move { write_slowly(&soak, turn).await }), 8),
        (|soak, turn| Box::pin(async move { break_off(&soak, turn).await }), 4),
        (|soak, turn| Box::pin(async move { send_too_much(&soak, turn).await }), 2),
        (|soak, turn| Box::pin(async move { send_nonsense(&soak, turn).await }), 4),
        (|soak, turn| Box::pin(async move { be_struck(&soak, turn).await }), 2),
        (|soak, turn| Box::pin(async move { go_back(&soak, turn).await }), 2),
        (|soak, turn| Box::pin(async move { log_in(&soak, turn).await }), 4),
    ];
    let mut tasks = vec![];
    for (act, times) in acts {
        for number in 0..times {
            let soak = Arc::clone(soak);
            tasks.push(tokio::spawn(async move {
                let mut turn = number;
                while soak.goes_on() {
                    // who is rough is cut off now and then: what they get is nobody's business
                    let _ = timeout(PATIENCE, act(Arc::clone(&soak), turn)).await;
                    turn += times;
                    sleep(PAUSE).await;
                }
            }));
        }
    }
    let turning = Arc::clone(soak);
    tasks.push(tokio::spawn(async move {
        if let Err(error) = world::turn_over(&turning).await {
            turning.wrong(format_args!("the worlds stopped turning: {error}"));
        }
    }));
    tokio::spawn(async move {
        for task in tasks {
            let _ = task.await;
        }
    })
}

/// The connections on which nothing goes on.
pub struct Idle(Vec<JoinHandle<()>>, usize);

impl Idle {
    pub fn count(&self) -> usize {
        self.1
    }

    pub fn close(self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

/// Opens connections that do nothing, and others in their place when the emulator has enough of them.
pub async fn sit_idle(soak: &Arc<Soak>) -> Idle {
    let mut idle = Idle(Vec::with_capacity(IDLE), 0);
    for number in 0..IDLE {
        let stream = match open_from(soak, number).await {
            Ok(stream) => stream,
            Err(error) => {
                say(format_args!("  there are no more than {number} idle connections here: {error}"));
                break;
            }
        };
        let soak = Arc::clone(soak);
        idle.1 += 1;
        idle.0.push(tokio::spawn(async move {
            let mut stream = Some(stream);
            while soak.goes_on() {
                if let Some(open) = &mut stream {
                    let _ = open.read_u8().await;
                }
                sleep(PAUSE).await;
                stream = open_from(&soak, number).await.ok();
            }
        }));
        if number.is_multiple_of(50) {
            sleep(Duration::from_millis(10)).await;
        }
    }
    idle
}

/// Connects from one of several addresses: one has too few ports for so many, and for those that were closed of late.
async fn open_from(soak: &Soak, number: usize) -> Fallible<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(format!("127.0.0.{}:0", 2 + number / IDLE_PER_ADDRESS).parse()?)?;
    let mut stream = socket.connect(soak.address).await?;
    soak.count("idle connections opened");
    // half of them have asked something before
    if number.is_multiple_of(2) {
        stream.write_all(&request("GET", "/v1/sessions?user_id=customer-1", Some((PROJECT, SECRET)), "")).await?;
        let mut answer = vec![0; 4096];
        let _ = stream.read(&mut answer).await?;
    }
    Ok(stream)
}

async fn read_slowly(soak: &Soak, turn: usize) -> Fallible<()> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(2048)?;
    let mut stream = socket.connect(soak.address).await?;
    // more than a socket's buffers hold, where it is the whole world
    let request = match turn % 3 {
        0 => request("GET", "/__mock/state", None, ""),
        1 => request("POST", "/v1/users/search", Some((PROJECT, SECRET)), r#"{"limit": 1000}"#),
        _ => request("GET", "/__mock/events", None, ""),
    };
    stream.write_all(&request).await?;
    soak.count("slow readers");
    let mut byte = [0; 64];
    for _ in 0..100 {
        if stream.read(&mut byte).await? == 0 {
            break;
        }
        sleep(Duration::from_millis(40)).await;
    }
    Ok(())
}

async fn write_slowly(soak: &Soak, turn: usize) -> Fallible<()> {
    let mut stream = TcpStream::connect(soak.address).await?;
    let request = request("POST", "/v1/users/search", Some((PROJECT, SECRET)), r#"{"limit": 3}"#);
    soak.count("slow writers");
    for piece in request.chunks(1 + turn % 9) {
        stream.write_all(piece).await?;
        sleep(Duration::from_millis(30)).await;
    }
    let mut answer = vec![0; 16 * 1024];
    let length = stream.read(&mut answer).await?;
    if !answer[..length].starts_with(b"HTTP/1.1 200 ") {
        soak.wrong(format_args!("a slow writer got {}", String::from_utf8_lossy(&answer[..length])));
    }
    Ok(())
}

async fn break_off(soak: &Soak, turn: usize) -> Fallible<()> {
    let mut stream = TcpStream::connect(soak.address).await?;
    let request = request("POST", "/v1/users/search", Some((PROJECT, SECRET)), r#"{"limit": 1000}"#);
    let part = [request.len(), request.len() / 2, request.len() - 3, 1][turn % 4];
    stream.write_all(&request[..part]).await?;
    soak.count("half-open sockets");
    match turn % 3 {
        // gone without a word, gone by a reset, or half gone: it will say nothing more, but may want to hear
        0 => {}
        1 => stream.set_zero_linger()?,
        _ => {
            stream.shutdown().await?;
            let _ = stream.read(&mut [0; 1024]).await?;
        }
    }
    Ok(())
}

async fn send_too_much(soak: &Soak, turn: usize) -> Fallible<()> {
    let mut stream = TcpStream::connect(soak.address).await?;
    soak.count("oversized requests");
    let long = "x".repeat(1 << 20);
    let request = match turn % 4 {
        0 => format!("GET /v1/sessions?user_id={} HTTP/1.1\r\nhost: localhost\r\n\r\n", &long[..100_000]).into_bytes(),
        1 => format!("GET /v1/sessions HTTP/1.1\r\nhost: localhost\r\nx-long: {long}\r\n\r\n").into_bytes(),
        2 => request("POST", "/v1/users", Some((PROJECT, SECRET)), &format!("{{\"email\": \"{long}{long}\"}}")),
        _ => request("PUT", "/__mock/clock", None, &format!("{{\"now\": \"{long}{long}\"}}")),
    };
    // it may be refused before it is there
    let _ = stream.write_all(&request).await;
    let mut answer = [0; 1024];
    let length = stream.read(&mut answer).await.unwrap_or_default();
    if length > 0 && !answer.starts_with(b"HTTP/1.1 4") {
        soak.wrong(format_args!("too much was answered {}", String::from_utf8_lossy(&answer[..length])));
    }
    Ok(())
}

async fn send_nonsense(soak: &Soak, turn: usize) -> Fallible<()> {
    const NONSENSE: [&[u8]; 8] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"POST /v1/users HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"POST /v1/users HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!",
        b"GET /v1/sessions?user_id=%ff%fe HTTP/1.1\r\nhost: \xff\r\nauthorization: Basic !!!!\r\n\r\n",
        b"DELETE /v1/users/%2e%2e/%00 HTTP/1.1\r\nhost: x\r\n\r\n",
    ];
    let address = if turn.is_multiple_of(5) { soak.tls } else { soak.address };
    let mut stream = TcpStream::connect(address).await?;
    soak.count("malformed requests");
    stream.write_all(NONSENSE[turn % NONSENSE.len()]).await?;
    let mut answer = [0; 1024];
    let length = timeout(Duration::from_secs(2), stream.read(&mut answer)).await??;
    if answer[..length].starts_with(b"HTTP/1.1 2") || answer[..length].starts_with(b"HTTP/1.1 5") {
        soak.wrong(format_args!("nonsense was answered {}", String::from_utf8_lossy(&answer[..length])));
    }
    Ok(())
}

/// A project of one's own, until the world is another.
struct Own {
    id: String,
    secret: String,
}

impl Own {
    async fn new(soak: &Soak) -> Fallible<Self> {
        let (_, body) = steer(soak.address, "POST", "projects", r#"{"users": []}"#).await?;
        soak.count("steps of the control plane");
        let text = |key: &str| body[key].as_str().map(str::to_owned).ok_or("no project");
        Ok(Self { id: text("project_id")?, secret: text("secret")? })
    }

    async fn steer(&self, soak: &Soak, method: &str, path: &str, body: &Value) -> Fallible<(u16, Value)> {
        soak.count("steps of the control plane");
        let body = if body.is_null() { String::new() } else { body.to_string() };
        steer(soak.address, method, &format!("{path}?project_id={}", self.id), &body).await
    }

    async fn call(&self, connection: &mut Connection, path: &str, body: &Value) -> Fallible<(u16, Value)> {
        connection.call(&request("POST", path, Some((&self.id, &self.secret)), &body.to_string())).await
    }

    async fn delete(&self, soak: &Soak) -> Fallible<()> {
        steer(soak.address, "DELETE", &format!("projects/{}", self.id), "").await.map(drop)
    }
}

async fn be_struck(soak: &Soak, turn: usize) -> Fallible<()> {
    let own = Own::new(soak).await?;
    let faults = [
        json!({ "error": "internal_server_error" }),
        json!({ "status": 503, "body": "x" }),
        json!({ "delay": "200ms" }),
        json!({ "close": "before_headers" }),
        json!({ "close": "mid_body" }),
        json!({ "truncate": 20 }),
        json!({ "stall": true }),
    ];
    own.steer(soak, "POST", "faults", &faults[turn % faults.len()]).await?;
    for _ in 0..5 {
        let mut connection = Connection::open(soak.address).await?;
        let body = json!({});
        let struck = own.call(&mut connection, "/v1/users/search", &body);
        let _ = timeout(Duration::from_millis(500), struck).await;
        soak.count("requests struck by a fault");
    }
    own.delete(soak).await
}

/// Saves, changes and restores: what was saved is there again.
async fn go_back(soak: &Soak, turn: usize) -> Fallible<()> {
    let world = soak.world();
    let own = Own::new(soak).await?;
    let count = 1 + turn % 5;
    for _ in 0..count {
        own.steer(soak, "POST", "users", &json!({ "sessions": [{}, {}] })).await?;
    }
    own.steer(soak, "PUT", "snapshots/mine", &Value::Null).await?;
    for _ in 0..3 {
        own.steer(soak, "POST", "users", &json!({})).await?;
    }
    own.steer(soak, "POST", "snapshots/mine", &Value::Null).await?;
    let (status, state) = own.steer(soak, "GET", "state", &Value::Null).await?;
    let users = state["projects"][0]["users"].as_array().map(Vec::len);
    if world.is_some() && world == soak.world() && users != Some(count) {
        soak.wrong(format_args!("{count} users were saved, {users:?} came back ({status})"));
    }
    soak.count("project snapshots restored");
    own.delete(soak).await
}

/// Signs up by a password, logs in by it and by a code, and is listed with both sessions.
async fn log_in(soak: &Soak, turn: usize) -> Fallible<()> {
    let world = soak.world();
    let done = try_to_log_in(soak, turn).await;
    let is_same = world.is_some() && world == soak.world();
    match done {
        Ok(()) => soak.count("logins"),
        Err(_) if !is_same => soak.count("logins cut short by a new world"),
        Err(error) => soak.wrong(format_args!("a login: {error}")),
    }
    Ok(())
}

async fn try_to_log_in(soak: &Soak, turn: usize) -> Fallible<()> {
    let own = Own::new(soak).await?;
    let mut connection = Connection::open(soak.address).await?;
    let (email, password) = (format!("user-{turn}@example.com"), format!("correct horse battery staple {turn}"));
    let signup = json!({ "email": email, "password": password });
    let login = json!({ "email": email, "password": password, "session_duration_minutes": 60 });
    let wrong = json!({ "email": email, "password": "another horse battery staple" });
    let mut user_id = Value::Null;
    for (path, body, expected) in [
        ("/v1/passwords", &signup, 200),
        ("/v1/passwords/authenticate", &wrong, 401),
        ("/v1/passwords/authenticate", &login, 200),
    ] {
        let (status, answer) = own.call(&mut connection, path, body).await?;
        if status != expected {
            return Err(format!("{path}: {status} {answer}").into());
        }
        user_id = answer["user_id"].clone();
    }
    let (_, sent) = own.call(&mut connection, "/v1/otps/email/login_or_create", &json!({ "email": email })).await?;
    let (_, outbox) = own.steer(soak, "GET", "outbox", &Value::Null).await?;
    let message = outbox["messages"].as_array().and_then(|messages| messages.last()).ok_or("nothing was sent")?;
    let code = json!({ "method_id": sent["email_id"], "code": message["code"], "session_duration_minutes": 60 });
    let (status, answer) = own.call(&mut connection, "/v1/otps/authenticate", &code).await?;
    // the address is proved for the first time: the session by the password is distrusted
    if status != 200 || answer["reset_sessions"] != true {
        return Err(format!("a code: {status} {answer}").into());
    }
    let path = format!("/v1/sessions?user_id={}", user_id.as_str().unwrap_or_default());
    let (_, listed) = connection.call(&request("GET", &path, Some((&own.id, &own.secret)), "")).await?;
    if listed["sessions"].as_array().map(Vec::len) != Some(1)
        || listed["sessions"][0]["session_id"] != answer["session"]["session_id"]
    {
        return Err(format!("the sessions are {listed}").into());
    }
    own.delete(soak).await
}
