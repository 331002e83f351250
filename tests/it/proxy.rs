//! A proxy before an emulator that changes what it answers: a real service that has drifted. It notes what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::client::{Client, Response};

/// A request that came.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `GET /v1/sessions?user_id=…`.
    pub title: String,
    pub body: String,
    /// The `authorization` header.
    pub authorization: String,
}

/// What becomes of an answer.
pub enum Fate {
    /// It goes on.
    Sent,
    /// The connection ends without it.
    Dropped,
}

type Change = dyn Fn(&Asked, &mut Response) -> Fate + Send + Sync;

/// A running proxy. It ends when it is dropped.
pub struct Proxy {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    is_over: Arc<AtomicBool>,
}

impl Proxy {
    /// Before an emulator, changing each answer of it.
    pub fn new(emulator: SocketAddr, change: impl Fn(&Asked, &mut Response) -> Fate + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (asked, is_over) = (Arc::<Mutex<Vec<Asked>>>::default(), Arc::<AtomicBool>::default());
        let (noted, over, change) =
            (Arc::clone(&asked), Arc::clone(&is_over), Arc::<Change>::from(Box::new(change) as Box<Change>));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let (noted, change) = (Arc::clone(&noted), Arc::clone(&change));
                thread::spawn(move || pass(&stream, emulator, &noted, &*change));
            }
        });
        Self { address, asked, is_over }
    }

    /// Before an emulator, changing nothing.
    pub fn honest(emulator: SocketAddr) -> Self {
        Self::new(emulator, |_, _| Fate::Sent)
    }

    /// Before an emulator, changing the first answer that `change` says it has changed.
    pub fn planted(emulator: SocketAddr, change: impl Fn(&Asked, &mut Response) -> bool + Send + Sync + 'static) -> Self {
        let is_done = AtomicBool::new(false);
        Self::new(emulator, move |asked, response| {
            if !is_done.load(Ordering::SeqCst) && change(asked, response) {
                is_done.store(true, Ordering::SeqCst);
            }
            Fate::Sent
        })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        // the loop looks at it when somebody comes
        let _ = TcpStream::connect(self.address);
    }
}

fn pass(stream: &TcpStream, emulator: SocketAddr, noted: &Mutex<Vec<Asked>>, change: &Change) {
    let mut reader = BufReader::new(stream);
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if reader.read_until(b'\n', &mut head).unwrap_or(0) == 0 {
            return;
        }
    }
    let text = String::from_utf8(head.clone()).unwrap();
    let header = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_default().to_owned()
    };
    let mut body = vec![0; header("content-length").parse().unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    let asked = Asked {
        title: text.lines().next().unwrap().trim_end_matches(" HTTP/1.1").to_owned(),
        body: String::from_utf8(body.clone()).unwrap(),
        authorization: header("authorization"),
    };
    noted.lock().unwrap().push(asked.clone());
    let mut connection = Client::new(emulator).connect();
    connection.write(&[head, body].concat());
    let mut response = connection.read_response(false);
    if matches!(change(&asked, &mut response), Fate::Sent) {
        let mut bytes = format!("HTTP/1.1 {} x\r\n", response.status).into_bytes();
        for (name, value) in response.headers.iter().filter(|(name, _)| name != "content-length") {
            bytes.extend(format!("{name}: {value}\r\n").bytes());
        }
        bytes.extend(format!("content-length: {}\r\n\r\n", response.body.len()).bytes());
        bytes.extend(&response.body);
        let _ = (&*stream).write_all(&bytes);
    }
}
