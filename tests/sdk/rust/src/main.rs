//! Speaks for the official Rust SDK: reads one call per line, answers with what the SDK made of it.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};

use futures_util::future::{BoxFuture, FutureExt, join_all};
use serde::Deserialize;
use serde_json::{Value, json};
use stytch::client::{Client as HttpClient, Vertical};
use stytch::consumer::client::Client;
use stytch::consumer::m2m::{AuthenticateTokenRequest, TokenRequest};

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
    // a method's name may be one of Rust's own words
    let path = path.replace("r#", "");
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
    match call {
        "m2m.token" => return Some(m2m_token(client, with).boxed()),
        "m2m.authenticateToken" => return Some(m2m_authenticate_token(client, with).boxed()),
        _ => {}
    }
    methods! {
        sessions.get;
        sessions.get_jwks;
        sessions.authenticate;
        sessions.revoke;
        sessions.migrate;
        sessions.exchange_access_token;
        sessions.attest;
        users.create;
        users.get;
        users.search;
        users.update;
        users.delete;
        users.delete_password;
        users.delete_totp;
        users.delete_oauth_registration;
        users.delete_webauthn_registration;
        users.delete_biometric_registration;
        users.delete_crypto_wallet;
        users.delete_email;
        users.delete_phone_number;
        users.delete_external_id;
        users.exchange_primary_factor;
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
        crypto_wallets.authenticate_start;
        crypto_wallets.authenticate;
        webauthn.register_start;
        webauthn.register;
        webauthn.authenticate_start;
        webauthn.authenticate;
        webauthn.update;
        webauthn.list_credentials;
        m2m.clients.get;
        m2m.clients.search;
        m2m.clients.create;
        m2m.clients.update;
        m2m.clients.delete;
        m2m.clients.secrets.rotate_start;
        m2m.clients.secrets.rotate_cancel;
        m2m.clients.secrets.rotate;
        connected_app.clients.get;
        connected_app.clients.search;
        connected_app.clients.create;
        connected_app.clients.update;
        connected_app.clients.delete;
        connected_app.clients.secrets.rotate_start;
        connected_app.clients.secrets.rotate_cancel;
        connected_app.clients.secrets.rotate;
        idp.oauth.authorize_start;
        idp.oauth.authorize;
        users.connected_apps;
        users.revoke;
        rbac.policy;
        project.metrics;
        debug.whoami;
        impersonation.authenticate;
        fraud.fingerprint.lookup;
        fraud.rules.set;
        fraud.rules.list;
        fraud.verdict_reasons.r#override;
        fraud.verdict_reasons.list;
        fraud.email.risk;
    }
    None
}

fn text(with: &Value, key: &str) -> String {
    with[key].as_str().unwrap_or_default().to_owned()
}

fn texts(with: &Value, key: &str) -> Option<Vec<String>> {
    serde_json::from_value(with[key].clone()).ok()
}

/// Here an app has to name the grant, which the other SDKs do.
async fn m2m_token(client: &Client, with: &Value) -> Value {
    let request = TokenRequest {
        client_id: text(with, "client_id"),
        client_secret: text(with, "client_secret"),
        scopes: texts(with, "scopes"),
        grant_type: "client_credentials".to_owned(),
    };
    match client.m2m.token(request).await {
        Ok(response) => json!({ "response": response }),
        Err(error) => refusal(error),
    }
}

/// Its request can't be read from JSON, since it may hold a function.
async fn m2m_authenticate_token(client: &Client, with: &Value) -> Value {
    let request = AuthenticateTokenRequest {
        access_token: text(with, "access_token"),
        required_scopes: texts(with, "required_scopes"),
        ..AuthenticateTokenRequest::default()
    };
    match client.m2m.authenticate_token(request).await {
        Ok(response) => json!({ "response": response }),
        Err(error) => refusal(error),
    }
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
