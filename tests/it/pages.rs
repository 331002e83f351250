//! A page of an app: what the vendor's SDK sends out of a browser, and what is expected of every answer to it.

use serde_json::Value;

use crate::client::{Client, Request, Response, basic};
use crate::life::Caller;
use crate::messages::PUBLIC_TOKEN;

pub const ORIGIN: &str = "http://localhost:3000";
pub const AGENT: &str = "Mozilla/5.0 (a page)";

/// On which headers of a request an answer to a page depends.
pub const VARY: &str = "origin, access-control-request-method, access-control-request-headers";

/// The request of a page, with the token of a session if it has one.
pub fn request(method: &str, path: &str, body: &Value, session: Option<&str>) -> Request {
    let request = Request::new(method, path)
        .header("origin", ORIGIN)
        .header("user-agent", AGENT)
        .header("content-type", "application/json")
        .header("x-sdk-client", "e30=")
        .header("x-sdk-parent-host", ORIGIN)
        .header("authorization", basic(PUBLIC_TOKEN, session.unwrap_or(PUBLIC_TOKEN)));
    match body {
        Value::Null => request,
        body => request.body(body.to_string()),
    }
}

/// Sends a page's request, and holds the answer to the rules for all of them.
pub fn send(client: &Client, request: &Request) -> Response {
    let mut connection = client.connect();
    connection.write(&request.bytes());
    let response = connection.read_response(false);
    check(client, &response);
    response
}

/// An answer to a page is what a backend gets: in `data` if it is a success, without a challenge if it is a 401, and
/// readable by the page's origin.
fn check(client: &Client, response: &Response) {
    let (of_origins, mut headers): (Vec<_>, Vec<_>) =
        response.headers.iter().cloned().partition(|(name, _)| name == "vary" || name.starts_with("access-control-"));
    let expected = [("vary", VARY), ("access-control-allow-credentials", "true"), ("access-control-allow-origin", ORIGIN)];
    assert_eq!(of_origins, expected.map(|(name, value)| (name.to_owned(), value.to_owned())), "{response:?}");
    assert_eq!(response.header("www-authenticate"), None, "a browser would ask its user for a password: {response:?}");
    let mut body = response.body.clone();
    if response.status < 400 {
        let inner = response.text().strip_prefix(r#"{"data":"#).and_then(|rest| rest.trim_end().strip_suffix('}'));
        body = inner.unwrap_or_else(|| panic!("no data: {response:?}")).as_bytes().to_vec();
    }
    if response.status == 401 {
        headers.push(("www-authenticate".to_owned(), String::new()));
    }
    client.check(&Response::of(response.status, headers, body));
}

impl Caller {
    /// Calls an operation as a page does.
    pub fn page(&mut self, method: &str, path: &str, body: &Value, session: Option<&str>) -> Response {
        send(&self.house.client, &request(method, path, body, session))
    }

    /// The data of an answer to a `POST` of a page that has to succeed.
    pub fn page_posted(&mut self, path: &str, body: &Value, session: Option<&str>) -> Value {
        let response = self.page("POST", path, body, session);
        assert_eq!(response.status, 200, "{path} {body}: {response:?}");
        data(&response)
    }
}

/// What an answer has in `data`.
pub fn data(response: &Response) -> Value {
    let mut body = response.json();
    body.get_mut("data").map_or_else(|| panic!("an answer to a page has data"), Value::take)
}
