//! What real sockets can't show without waiting: connections that nobody uses, on a clock that moves by itself.

use axum::Router;
use axum::routing::get;
use http_body_util::Empty;
use hyper::client::conn;
use tokio::io::{DuplexStream, duplex};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::*;
use crate::app::App;
use crate::config::Settings;

/// Paths of the control plane, whose routes are the tests' own.
const QUICK: &str = "/__mock/quick";
const SLOW: &str = "/__mock/slow";

/// Longer than any connection may say nothing.
const LONG: Duration = Duration::from_hours(24);

struct Served {
    client: DuplexStream,
    end: JoinHandle<End>,
    stop: watch::Sender<()>,
}

/// A connection that is served over a pipe of 1 KiB.
fn serve(is_http2: bool) -> Served {
    let quick = get(|| async { "x".repeat(100_000) });
    let router = Router::new().route(QUICK, quick).route(SLOW, get(|| sleep(LONG / 2)));
    let app = Arc::new(App::new(Settings::default(), &[], Vec::new()).unwrap());
    let (stop, stopping) = watch::channel(());
    let dispatch = Arc::new(Dispatch { control: Some(router), ..Dispatch::of(&app, stopping.clone()) });
    let (client, server) = duplex(1024);
    let service = Service { dispatch, stopping, scheme: Scheme::HTTP, peer: IpAddr::from([127, 0, 0, 1]) };
    let end = tokio::spawn(async move {
        let requests = Arc::default();
        if is_http2 { http2(server, service, &requests).await } else { http1(server, service, &requests).await }
    });
    Served { client, end, stop }
}

async fn http2_client(client: DuplexStream) -> conn::http2::SendRequest<Empty<&'static [u8]>> {
    let (sender, connection) = conn::http2::handshake(TokioExecutor::new(), TokioIo::new(client)).await.unwrap();
    tokio::spawn(connection);
    sender
}

fn request(path: &str) -> Request<Empty<&'static [u8]>> {
    Request::get(format!("http://emulator.test{path}")).body(Empty::new()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_nobody_uses_is_closed() {
    for is_http2 in [false, true] {
        for first_bytes in ["", "GET /__mock/quick HT", "PRI * HTTP/2.0\r\n", "GET /__mock/quick HTTP/1.1\r\n\r\n"] {
            let Served { mut client, end, stop } = serve(is_http2);
            client.write_all(first_bytes.as_bytes()).await.unwrap();
            // it never reads what it asked for
            timeout(3 * IDLE_TIMEOUT, end).await.unwrap_or_else(|_| panic!("{is_http2} {first_bytes:?}")).unwrap();
            drop(stop);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_http_2_client_that_answers_pings_is_let_go_too() {
    let Served { client, end, stop } = serve(true);
    let mut sender = http2_client(client).await;
    for _ in 0..3 {
        sleep(IDLE_TIMEOUT / 2).await;
        assert_eq!(sender.send_request(request(QUICK)).await.unwrap().status(), 200, "in use, it is kept");
    }
    assert_eq!(timeout(3 * IDLE_TIMEOUT, end).await.unwrap().unwrap(), End::Server);
    assert!(sender.send_request(request(QUICK)).await.is_err());
    drop(stop);
}

#[tokio::test(start_paused = true)]
async fn a_connection_whose_request_is_being_answered_is_not_idle() {
    let Served { client, end, stop } = serve(true);
    let mut sender = http2_client(client).await;
    assert_eq!(sender.send_request(request(SLOW)).await.unwrap().status(), 200);
    assert!(!end.is_finished());
    drop(stop);
}

#[tokio::test(start_paused = true)]
async fn the_end_waits_for_requests_in_flight_and_not_for_halves() {
    for (path, limit) in [(None, HALF_REQUEST_TIMEOUT), (Some(SLOW), HALF_REQUEST_TIMEOUT + DRAIN_TIMEOUT)] {
        for is_http2 in [false, true] {
            let Served { mut client, end, stop } = serve(is_http2);
            let mut sender = None;
            match path {
                None => client.write_all(b"PRI").await.unwrap(),
                Some(path) if is_http2 => {
                    let answer = sender.insert(http2_client(client).await).send_request(request(path));
                    tokio::spawn(answer);
                }
                Some(path) => client.write_all(format!("GET {path} HTTP/1.1\r\n\r\n").as_bytes()).await.unwrap(),
            }
            sleep(Duration::from_secs(1)).await;
            stop.send(()).unwrap();
            let begun = stopwatch();
            assert_eq!(end.await.unwrap(), End::Server);
            assert_eq!(begun.elapsed().as_millis() / 10, limit.as_millis() / 10, "{path:?} {is_http2}");
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "it measures the clock of these tests")]
fn stopwatch() -> Instant {
    Instant::now()
}
