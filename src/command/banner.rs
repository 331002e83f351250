//! What the command says when it is ready: where it listens, what to paste into an app's environment, what it serves.

use std::fmt::Write;

use crate::app::App;
use crate::domain::secret::Secret;
use crate::system::ClockMode;

/// The URL of an address as it was asked for, with the real port.
#[must_use]
pub fn base_url(scheme: &str, host: &str, port: u16) -> String {
    if host.contains(':') { format!("{scheme}://[{host}]:{port}") } else { format!("{scheme}://{host}:{port}") }
}

/// The lines of a start. The first is for machines, those after it can be pasted into a shell or an env file.
///
/// # Panics
/// Never: a string takes everything.
#[must_use]
pub fn ready(base_url: &str, tls_url: Option<&str>, app: &App, seeds: &[String]) -> String {
    let mut text = format!("stytch-mock ready on {base_url}\n\n");
    // an app can't call "any address": it calls this machine
    let callable = |url: &str| url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
    let url = callable(base_url);
    let running_world = app.running_world();
    let projects = running_world.world.projects();
    if let Some(project) = projects.first() {
        let secret = project.secrets().first().map(Secret::reveal).unwrap_or_default();
        let lines = [
            format!("STYTCH_PROJECT_ID={}", project.id()),
            format!("STYTCH_SECRET={secret}"),
            format!("STYTCH_PUBLIC_TOKEN={}", project.login_settings().public_token(project.id())),
            format!("STYTCH_BASE_URL={url}"),
            String::new(),
            "# The base URL is an option of your SDK:".to_owned(),
            format!("#   Node    new stytch.Client({{project_id, secret, env: \"{url}\"}})"),
            format!("#   Python  stytch.Client(project_id=…, secret=…, environment=\"{url}\")"),
            format!("#   Go      stytchapi.NewClient(id, secret, stytchapi.WithBaseURI(\"{url}\"))"),
            format!("#   Java    new StytchClient(id, secret, new OptionalClientConfig(\"{url}\"))"),
            format!("#   Ruby    Stytch::Client.new(project_id:, secret:, env: \"{url}\")"),
            format!("#   PHP     new Stytch\\Consumer\\Client($id, $secret, customBaseUrl: \"{url}\")"),
            format!("#   .NET    new ConsumerClient(new ClientConfig {{…, CustomBaseUrl = \"{url}\"}})"),
            format!("#   Rust    stytch::client::Client::new_with_base_url(id, secret, \"{url}\".parse()?, …)"),
            String::new(),
        ];
        text.push_str(&lines.join("\n"));
        text.push('\n');
        let now = running_world.clock.now();
        let user = project.first_user(|record| record.active_sessions(now).next().is_some());
        if let Some(record) = user {
            let id = &record.user.id;
            let _ = writeln!(text, "# A first call:\n#   curl -u '{}:{secret}' '{url}/v1/sessions?user_id={id}'\n", project.id());
        }
    }
    let clock = match running_world.clock.mode() {
        ClockMode::Frozen(at) => format!("frozen at {at}"),
        ClockMode::Running { .. } => "the system's".to_owned(),
    };
    let _ = writeln!(text, "# Seed: {} ({})", seeds.join(", "), app.boot_counts());
    let _ = writeln!(text, "# Clock: {clock}");
    if let Some(tls_url) = tls_url {
        let trust =
            if app.ca_pem().is_some() { " (trust its authority: stytch-mock ca, --ca-file or /__mock/ca.pem)" } else { "" };
        let _ = writeln!(text, "# TLS: {}{trust}", callable(tls_url));
    }
    if app.settings().control {
        let _ = writeln!(text, "# Page: {url}/__mock/ (requests, outbox, users, clock, faults)\n# Control plane: {url}/__mock");
    }
    text
}
