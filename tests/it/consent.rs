//! The emulator's page of consent: who can be chosen, what is asked, and where the browser goes.

use serde_json::json;

use crate::client::{Request, Response};
use crate::connected_apps::{APP, PUBLIC_APP};
use crate::golden::assert_golden;
use crate::idp::paths;
use crate::life::{ALICE, Caller, builder, life};
use crate::openapi;

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// What a browser gets.
fn browse(caller: &Caller, path: &str) -> Response {
    let mut connection = caller.house.client.connect();
    connection.write(&Request::get(path).bytes());
    connection.read_response(false)
}

fn start(more: &str) -> String {
    format!(
        "{}?client_id={PUBLIC_APP}&redirect_uri=app%3A%2F%2Fin&response_type=code&scope=openid+email&state=s%26t\
         &code_challenge={CHALLENGE}&code_challenge_method=S256{more}",
        paths()[0].authorize
    )
}

/// The links of a page, as a browser follows them.
fn links(page: &Response) -> Vec<String> {
    let hrefs = page.text().split("href=\"").skip(1);
    hrefs.map(|rest| format!("{}{}", paths()[0].authorize, rest.split('"').next().unwrap().replace("&amp;", "&"))).collect()
}

#[test]
fn the_page_has_a_golden_in_each_profile() {
    for folder in ["page", "live"] {
        for (index, name) in ["oauth2.authorize", "oauth2.authorize-custom-domain"].into_iter().enumerate() {
            let caller = Caller::of(builder());
            let path = start("&as=alice&consent=granted").replace(&paths()[0].authorize, &paths()[index].authorize);
            let response = browse(&caller, &path);
            let golden = json!({ "status": response.status, "location": response.header("location") });
            assert_golden(&format!("{folder}/operations/{name}.json"), &golden.to_string());
        }
    }
}

#[test]
fn a_person_chooses_who_they_are_and_lets_the_app_in_or_not() {
    let mut caller = life();
    let choice = browse(&caller, &start(""));
    assert_eq!((choice.status, choice.header("cache-control")), (200, Some("no-store")));
    let policy = choice.header("content-security-policy").unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(choice.text().contains("Plug &amp; in") && !choice.text().contains("<script"), "{}", choice.text());
    let of_alice = links(&choice).into_iter().find(|link| link.contains(ALICE)).unwrap();
    let consent = browse(&caller, &of_alice);
    assert!(consent.text().contains("Sign you in") && consent.text().contains("See your email address"), "{}", consent.text());
    let [allow, deny] = links(&consent).try_into().unwrap();
    let denied = browse(&caller, &deny);
    let expected = "app://in?error=access_denied&error_description=The+user+denied+the+request.&state=s%26t";
    assert_eq!((denied.status, denied.header("location")), (302, Some(expected)));
    assert_eq!(caller.get("/v1/users/alice/connected_apps").json()["connected_apps"], json!([]));
    let allowed = browse(&caller, &allow);
    let location = allowed.header("location").unwrap();
    assert!(location.starts_with("app://in?code=") && location.ends_with("&state=s%26t"), "{location}");
    // who agreed is not asked again, unless the app wants it
    assert_eq!(browse(&caller, &of_alice).status, 302);
    assert_eq!(browse(&caller, &start("&as=ALICE%40example.com")).status, 302);
    assert_eq!(browse(&caller, &start("&as=alice&prompt=consent")).status, 200);
    // somebody else was not asked
    assert_eq!(browse(&caller, &start("&as=bob")).status, 200);
    let golden = [choice, consent].map(|page| page.text().to_owned()).join("\n");
    assert_golden("consent.html", &golden);
}

#[test]
fn the_browser_is_sent_back_with_what_is_wrong_unless_that_is_where_it_came_from() {
    let caller = life();
    let document = openapi::document(&caller.house.client);
    let path = start("&as=alice");
    let replaced = |from: &str, to: &str| path.replace(from, to);
    for (error, path) in [
        ("unsupported_response_type", replaced("response_type=code", "response_type=token")),
        ("unsupported_response_type", replaced("&response_type=code", "")),
        ("invalid_scope", replaced("openid+email", "openid+minds")),
        ("invalid_scope", replaced("&scope=openid+email", "")),
        ("invalid_scope", replaced("openid+email", "full_access")),
        ("invalid_request", replaced("S256", "plain")),
        ("invalid_request", replaced(CHALLENGE, "short")),
        ("invalid_request", replaced(&format!("&code_challenge={CHALLENGE}"), "")),
    ] {
        let response = browse(&caller, &path);
        let location = response.header("location").unwrap_or_else(|| panic!("{path}: {response:?}"));
        let expected = format!("app://in?error={error}&error_description=");
        assert!(location.starts_with(&expected) && location.ends_with("&state=s%26t"), "{path}: {location}");
    }
    for (expected, path) in [
        ("404 connected_app_not_found", replaced(PUBLIC_APP, "unknown")),
        ("401 connected_app_supplied_redirect_url_not_found_in_client", replaced("app%3A%2F%2Fin", "app%3A%2F%2Fout")),
        ("401 connected_app_supplied_redirect_url_not_found_in_client", replaced(PUBLIC_APP, APP)),
        ("400 bad_request", replaced("&redirect_uri=app%3A%2F%2Fin", "")),
        ("400 bad_request", format!("{path}&state=twice")),
        ("404 user_not_found", replaced("as=alice", "as=nobody")),
        ("404 project_not_found", replaced("project-test-11111111", "project-test-99999999")),
    ] {
        let response = caller.house.client.send(&Request::get(&path));
        assert_eq!(response.outcome(), expected, "{path}");
        if !expected.contains("project") {
            openapi::assert_declared(&document, "GET", &paths()[0].authorize, &response.json());
        }
    }
}
