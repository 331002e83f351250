//! Speaks for the official Rust SDK: reads one call per line, answers with what the SDK made of it.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};

use futures_util::future::{BoxFuture, FutureExt, join_all};
use serde::Deserialize;
use serde_json::{Value, json};
use stytch::client::{Client as HttpClient, Vertical};
use stytch::consumer::client::Client;

#[derive(Deserialize)]
struct Request {
    client: Credentials,
    call: String,
    with: Value,
    times: usize,
    at_once: bool,
}

#[derive(Deserialize, Clone, PartialEq, Eq, Hash)]
struct Credentials {
    project_id: String,
    secret: String,
    base_url: Option<String>,
}

impl Credentials {
    /// Without a base URL the SDK goes where it goes for every app.
    fn client(&self) -> stytch::Result<Client> {
        let Self { project_id, secret, base_url } = self;
        let Some(base_url) = base_url else {
            return Client::new(project_id, secret);
        };
        let http = HttpClient::new_with_base_url(project_id, secret, base_url.parse()?, Vertical::Consumer)?;
        Ok(Client::new_with_http_client(http.clone(), http))
    }
}

/// Whether the SDK's path to a method, `magic_links.email.login_or_create`, is that of a call,
/// `magicLinks.email.loginOrCreate`.
fn is_path_of(path: &str, call: &str) -> bool {
    let letters = path.chars().filter(|letter| !letter.is_whitespace() && *letter != '_');
    letters.eq(call.chars().map(|letter| letter.to_ascii_lowercase()))
}

/// What the SDK made of one call with these parameters.
fn observe<'a>(client: &'a Client, call: &str, with: &'a Value) -> Option<BoxFuture<'a, Value>> {
    /// The SDK's methods; what a method takes is read from the parameters.
    macro_rules! methods {
        ($($($part:ident).+;)+) => {
            $(if is_path_of(stringify!($($part).+), call) {
                let made = async move {
                    let request = match serde_json::from_value(with.clone()) {
                        Ok(request) => request,
                        Err(error) => return json!({ "failure": error.to_string() }),
                    };
                    match client.$($part).+(request).await {
                        Ok(response) => json!({ "response": response }),
                        Err(error) => refusal(error),
                    }
                };
                return Some(made.boxed());
            })+
        };
    }
    methods! {
        sessions.get;
        sessions.get_jwks;
        sessions.authenticate;
        sessions.revoke;
        users.create;
        users.get;
        users.search;
        users.update;
        users.delete;
        users.delete_password;
        users.delete_totp;
        users.delete_oauth_registration;
        passwords.create;
        passwords.authenticate;
        passwords.strength_check;
        passwords.migrate;
        passwords.email.reset_start;
        passwords.email.reset;
        passwords.existing_password.reset;
        passwords.sessions.reset;
        otps.sms.send;
        otps.sms.login_or_create;
        otps.whatsapp.send;
        otps.whatsapp.login_or_create;
        otps.email.send;
        otps.email.login_or_create;
        otps.authenticate;
        magic_links.create;
        magic_links.authenticate;
        magic_links.email.send;
        magic_links.email.login_or_create;
        magic_links.email.invite;
        magic_links.email.revoke_invite;
        totps.create;
        totps.authenticate;
        totps.recovery_codes;
        totps.recover;
        oauth.attach;
        oauth.authenticate;
    }
    None
}

fn refusal(error: stytch::Error) -> Value {
    match error {
        stytch::Error::Response(body) => {
            let mut error = json!(body);
            error["class"] = json!("Error::Response");
            json!({ "error": error })
        }
        other => json!({ "failure": format!("{other:?}") }),
    }
}

async fn answer(request: &Request, client: &Client) -> Value {
    let calls: Option<Vec<_>> =
        (0..request.times).map(|_| observe(client, &request.call, &request.with)).collect();
    let Some(calls) = calls else {
        return json!({ "observed": [{ "unsupported": format!("the adapter's list has no {}", request.call) }] });
    };
    if request.at_once {
        return json!({ "observed": join_all(calls).await });
    }
    let mut observed = Vec::new();
    for call in calls {
        observed.push(call.await);
    }
    json!({ "observed": observed })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut clients = HashMap::new();
    for line in io::stdin().lock().lines() {
        let request: Request = serde_json::from_str(&line?)?;
        if !clients.contains_key(&request.client) {
            clients.insert(request.client.clone(), request.client.client()?);
        }
        println!("{}", runtime.block_on(answer(&request, &clients[&request.client])));
        io::stdout().flush()?;
    }
    Ok(())
}
