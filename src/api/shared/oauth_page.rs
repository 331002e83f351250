//! The page on which a person chooses who they are at an OAuth provider. It holds no script.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use url::form_urlencoded;

use crate::api::serving::redirect::BrowserReply;
use crate::domain::oauth::{OAuthIdentity, OAuthProvider};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem;color:#19303d}\
    h1{font-size:1.4rem}ul{list-style:none;padding:0}\
    a{display:block;padding:.7rem 1rem;margin:.5rem 0;border:1px solid #8296a1;border-radius:.4rem;color:inherit;text-decoration:none}\
    a:hover,a:focus{background:#eef3f5}small{display:block;color:#5c727d}";

/// The page. Each choice is a link to the same address with `as` added.
#[must_use]
pub fn page(provider: OAuthProvider, identities: &[&OAuthIdentity], parameters: &[(&str, &str)]) -> BrowserReply {
    let choices: String = identities.iter().map(|identity| choice(identity, parameters)).collect();
    let title = format!("Sign in with {}", provider.provider_type());
    let text = format!(
        "<p>This is stytch-mock, not {}. Choose who you are; the seed's <code>oauth_identities</code> say who can be chosen.</p>\n\
         <ul>\n{choices}</ul>\n",
        provider.provider_type(),
    );
    document(&title, &text)
}

/// A page with a title and what stands under it.
pub(super) fn document(title: &str, text: &str) -> BrowserReply {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n{text}</html>\n",
    );
    let style = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
    let content_security_policy =
        format!("default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    BrowserReply::Page { html, content_security_policy }
}

fn choice(identity: &OAuthIdentity, parameters: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters).append_pair("as", &identity.provider_subject);
    let name = [&identity.name.first_name, &identity.name.middle_name, &identity.name.last_name];
    let name: Vec<&str> = name.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let name = if name.is_empty() { identity.provider_subject.clone() } else { name.join(" ") };
    let (query, name, email) = (escaped(&query.finish()), escaped(&name), escaped(&identity.email));
    format!("<li><a href=\"?{query}\">{name}<small>{email}</small></a></li>\n")
}

/// A text as HTML has it.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
