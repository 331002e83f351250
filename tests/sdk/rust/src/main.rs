//! Speaks for the official Rust SDK: reads one call per line, answers with what the SDK made of it.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};

use futures_util::future::{BoxFuture, FutureExt, join_all};
use serde::Deserialize;
use serde_json::{Value, json};
use stytch::client::{Client as HttpClient, Vertical};
use stytch::consumer::client::Client;
use stytch::consumer::{sessions, users};

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

/// What the SDK made of one call with these parameters.
fn observe<'a>(client: &'a Client, call: &str, with: &'a Value) -> Option<BoxFuture<'a, Value>> {
    /// One of the SDK's methods, its request read from the parameters.
    macro_rules! method {
        ($api:ident . $method:ident ( $request:ident )) => {
            async move {
                let request: $api::$request = match serde_json::from_value(with.clone()) {
                    Ok(request) => request,
                    Err(error) => return json!({ "failure": error.to_string() }),
                };
                match client.$api.$method(request).await {
                    Ok(response) => json!({ "response": response }),
                    Err(error) => refusal(error),
                }
            }
            .boxed()
        };
    }
    Some(match call {
        "sessions.get" => method!(sessions.get(GetRequest)),
        "sessions.get_jwks" => method!(sessions.get_jwks(GetJWKSRequest)),
        "sessions.authenticate" => method!(sessions.authenticate(AuthenticateRequest)),
        "sessions.revoke" => method!(sessions.revoke(RevokeRequest)),
        "users.create" => method!(users.create(CreateRequest)),
        "users.get" => method!(users.get(GetRequest)),
        "users.search" => method!(users.search(SearchRequest)),
        "users.update" => method!(users.update(UpdateRequest)),
        "users.delete" => method!(users.delete(DeleteRequest)),
        _ => return None,
    })
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
        return json!({ "unsupported": format!("the Rust SDK has no {}", request.call) });
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
