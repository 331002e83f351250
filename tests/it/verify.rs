//! `stytch-mock verify` between two emulators, one of which has drifted: what is planted is found, and nothing else is.

use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;
use stytch_mock::{Emulator, WireProfile};

use crate::client::Response;
use crate::fixture::{House, PROJECT, SECRET};
use crate::program::{Ended, command, run, run_command};
use crate::proxy::{Asked, Fate, Proxy};
use crate::secure::Secured;

/// An emulator that stands for the real service.
pub fn service() -> House {
    House::of(Emulator::builder().wire(WireProfile::Live))
}

/// `verify` or `record`, with credentials in the environment.
pub fn against(url: &str, arguments: &[&str]) -> Command {
    let mut command = command(arguments);
    command.args(["--against", url, "--rate", "off"]).env("STYTCH_PROJECT_ID", PROJECT).env("STYTCH_SECRET", SECRET);
    command
}

/// The report of a run as JSON, and how the run ended.
fn report(url: &str, arguments: &[&str]) -> (Value, Ended) {
    let ended = run_command(against(url, &[&["verify", "--format", "json"], arguments].concat()));
    let report = serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {ended:?}"));
    (report, ended)
}

/// The differences of a report: case, place and kind.
fn differences(report: &Value) -> Vec<[String; 3]> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut found = Vec::new();
    for case in report["cases"].as_array().unwrap() {
        for one in case["differences"].as_array().unwrap() {
            found.push([text(&case["name"]), text(&one["place"]), text(&one["kind"])]);
        }
    }
    found
}

/// A difference: how it is called, where it has to be found, and what makes it.
type Plant = (&'static str, [&'static str; 3], fn(&Asked, &mut Response) -> bool);

fn set_header(response: &mut Response, name: &str, value: Option<&str>) {
    response.headers.retain(|(known, _)| known != name);
    response.headers.extend(value.map(|value| (name.to_owned(), value.to_owned())));
}

/// Puts one text in the place of another, once, if it is there.
fn put(response: &mut Response, text: &str, other: &str) -> bool {
    let body = response.text();
    let is_there = body.contains(text);
    response.body = body.replacen(text, other, 1).into_bytes();
    is_there
}

fn is(asked: &Asked, start: &str) -> bool {
    asked.title.starts_with(start)
}

const UNKNOWN: &str = "GET /v1/sessions?user_id=user-test-";

/// A part of the body between two others, taken out.
fn cut(response: &mut Response, start: &str, end: &str) -> bool {
    let body = response.text();
    let Some(at) = body.find(start) else { return false };
    let length = body[at..].find(end).unwrap();
    response.body = [&body[..at], &body[at + length..]].concat().into_bytes();
    true
}

/// What can be seen without making anybody.
const READ: [Plant; 27] = [
    ("another status", ["sessions-of-unknown-user", "status", "status"], |asked, response| {
        let is_meant = is(asked, UNKNOWN) && response.status == 404;
        response.status = if is_meant { 400 } else { response.status };
        is_meant
    }),
    ("a missing header", ["no-credentials", "header www-authenticate", "header"], |_, response| {
        let is_meant = response.status == 401;
        if is_meant {
            set_header(response, "www-authenticate", None);
        }
        is_meant
    }),
    ("a changed header", ["wrong-method", "header allow", "header"], |_, response| {
        let is_meant = response.status == 405;
        if is_meant {
            set_header(response, "allow", Some("GET, POST"));
        }
        is_meant
    }),
    ("a new header", ["unknown-route", "header location", "header"], |asked, response| {
        let is_meant = is(asked, "GET /v1/stytch-mock-verify");
        if is_meant {
            set_header(response, "location", Some("/"));
        }
        is_meant
    }),
    ("a content type with a charset", ["project-metrics", "header content-type", "header"], |asked, response| {
        let is_meant = is(asked, "GET /v1/projects/metrics");
        if is_meant {
            set_header(response, "content-type", Some("application/json; charset=utf-8"));
        }
        is_meant
    }),
    ("no content type", ["rbac-policy", "header content-type", "header"], |asked, response| {
        let is_meant = is(asked, "GET /v1/rbac/policy");
        if is_meant {
            set_header(response, "content-type", None);
        }
        is_meant
    }),
    ("a missing key", ["authenticate-nothing", "$.error_url", "missing_key"], |asked, response| {
        asked.body == "{}" && cut(response, r#","error_url""#, "}")
    }),
    ("a new key", ["authenticate-nothing", "$.error_details", "new_key"], |asked, response| {
        asked.body == "{}" && put(response, "}", r#","error_details":{}}"#)
    }),
    ("keys in another order", ["invalid-project-id", "$", "order"], |_, response| {
        let row = r#""error_type":"invalid_project_id_"#;
        response.text().contains(row) && put(response, "error_type", "later") && {
            let later = response.text().split(r#""later""#).nth(1).unwrap().split(',').next().unwrap().to_owned();
            put(response, &format!(r#""later"{later},"#), "")
                && put(response, r#","error_url""#, &format!(r#","error_type"{later},"error_url""#))
        }
    }),
    ("a status_code that is not the status", ["user-unknown", "$.status_code", "text"], |asked, response| {
        is(asked, "GET /v1/users/user-test-") && put(response, r#""status_code":404"#, r#""status_code":400"#)
    }),
    ("a status_code in quotes", ["search-finds-nobody", "$.status_code", "type"], |asked, response| {
        is(asked, "POST /v1/users/search") && put(response, r#""status_code":200"#, r#""status_code":"200""#)
    }),
    ("another error_type", ["sessions-without-user-id", "$.error_type", "text"], |asked, response| {
        asked.title == "GET /v1/sessions" && put(response, "invalid_user", "missing_user")
    }),
    ("another letter in a message", ["code-of-invalid-method", "$.error_message", "text"], |_, response| {
        put(response, "method_id format is invalid.", "method_id format is invalid")
    }),
    ("an error_url of another form", ["unknown-route", "$.error_url", "text"], |_, response| {
        put(response, "404#route_not_found", "404")
    }),
    ("a request_id of another environment", ["body-is-no-json", "$.request_id", "text"], |asked, response| {
        asked.body.contains("no JSON") && put(response, "request-id-test-", "request-id-live-")
    }),
    ("a request_id that is null", ["wrong-type-in-a-body", "$.request_id", "type"], |asked, response| {
        asked.body.contains(":5}") && cut(response, r#""request-id-test"#, ",") && put(response, ":,", ":null,")
    }),
    ("somebody where nobody is", ["search-finds-nobody", "$.results", "length"], |_, response| {
        put(response, r#""results":[]"#, r#""results":[{}]"#)
    }),
    ("null in the place of an empty list", ["search-finds-nobody", "$.results", "type"], |_, response| {
        put(response, r#""results":[]"#, r#""results":null"#)
    }),
    ("a text in the place of null", ["search-finds-nobody", "$.results_metadata.next_cursor", "type"], |_, response| {
        put(response, r#""next_cursor":null"#, r#""next_cursor":"""#)
    }),
    ("nothing in the place of null", ["search-finds-nobody", "$.results_metadata.next_cursor", "missing_key"], |_, response| {
        put(response, r#""next_cursor":null,"#, "")
    }),
    ("white space", ["search-finds-nobody", "$", "layout"], |_, response| put(response, r#""results":[]"#, r#""results": []"#)),
    ("no line feed at the end", ["rbac-policy", "$", "layout"], |asked, response| {
        is(asked, "GET /v1/rbac/policy") && put(response, "}\n", "}")
    }),
    ("a key of another use", ["key-set", "$.keys[0].use", "text"], |_, response| {
        put(response, r#""use":"sig""#, r#""use":"enc""#)
    }),
    ("a page in the place of JSON", ["totp-without-user-id", "$", "type"], |asked, response| {
        let is_meant = is(asked, "POST /v1/totps");
        if is_meant {
            response.body = b"<html>Bad Gateway</html>".to_vec();
        }
        is_meant
    }),
    ("an escape", ["password-of-unknown-email", "$.error_message", "layout"], |_, response| {
        put(response, "Email could", r"\u0045mail could")
    }),
    ("a policy without a key", ["rbac-policy", "$.policy.scopes", "missing_key"], |_, response| {
        put(response, r#","scopes":[]"#, "")
    }),
    ("a count in quotes", ["project-metrics", "$.metrics[0].count", "type"], |_, response| {
        put(response, r#""count":6"#, r#""count":"6""#)
    }),
];

/// What can be seen only of users.
const WRITTEN: [Plant; 11] = [
    ("a user made by a 200", ["a-users-life", "status", "status"], |asked, response| {
        let is_meant = asked.title == "POST /v1/users" && response.status == 201;
        response.status = if is_meant { 200 } else { response.status };
        is_meant
    }),
    ("an address that is verified", ["a-users-life", "$.emails[0].verified", "text"], |asked, response| {
        is(asked, "GET /v1/users/user") && put(response, r#""verified":false"#, r#""verified":true"#)
    }),
    ("a session without roles", ["a-password-login", "$.sessions[0].roles", "missing_key"], |asked, response| {
        is(asked, "GET /v1/sessions?") && put(response, r#""roles":["stytch_user"],"#, "")
    }),
    ("null in the place of a text", ["a-password-login", "$.sessions[0].attributes.ip_address", "type"], |asked, response| {
        is(asked, "GET /v1/sessions?") && put(response, r#""ip_address":"""#, r#""ip_address":null"#)
    }),
    ("claims that are null", ["a-password-login", "$.sessions[0].custom_claims", "type"], |asked, response| {
        is(asked, "GET /v1/sessions?") && put(response, r#""custom_claims":{}"#, r#""custom_claims":null"#)
    }),
    ("a fraction of a second", ["a-password-login", "$.sessions[0].expires_at", "text"], |asked, response| {
        let body = response.text().to_owned();
        let at = body.find(r#""expires_at":""#).filter(|_| is(asked, "GET /v1/sessions?"));
        at.is_some_and(|at| {
            let time = body[at..at + 35].to_owned();
            put(response, &time, &time.replace("Z\"", ".000Z\""))
        })
    }),
    ("a session of somebody else", ["a-password-login", "$.sessions[0].user_id", "text"], |asked, response| {
        let id = response.json()["sessions"][0]["user_id"].as_str().map(str::to_owned);
        let is_meant = is(asked, "GET /v1/sessions?") && id.is_some();
        is_meant && put(response, &id.unwrap(), "user-test-99999999-9999-4999-8999-999999999999")
    }),
    ("a factor too many", ["a-password-login", "$.sessions[0].authentication_factors", "length"], |asked, response| {
        let factor = response.json()["sessions"][0]["authentication_factors"][0].to_string();
        let is_meant = is(asked, "GET /v1/sessions?") && factor != "null";
        is_meant && put(response, &format!("[{factor}]"), &format!("[{factor},{factor}]"))
    }),
    ("a longer token", ["a-password-login", "$.session_token", "text"], |asked, response| {
        let token = response.json()["session_token"].as_str().unwrap_or_default().to_owned();
        let is_meant = is(asked, "POST /v1/passwords/authenticate") && asked.body.contains("minutes");
        is_meant && put(response, &token, &format!("{token}AAAA"))
    }),
    ("another issuer", ["a-password-login", "$.session_jwt<claims>.iss", "text"], |asked, response| {
        let jwt = response.json()["session_jwt"].as_str().unwrap_or_default().to_owned();
        let is_meant = is(asked, "POST /v1/passwords/authenticate") && asked.body.contains("minutes");
        is_meant && {
            let claims = jwt.split('.').nth(1).unwrap();
            let text = String::from_utf8(URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
            let other = text.replace(r#""iss":"stytch.com/"#, r#""iss":"https://stytch.com/"#);
            assert_ne!(text, other, "an issuer is there");
            put(response, claims, &URL_SAFE_NO_PAD.encode(other))
        }
    }),
    ("a session where none is", ["a-users-life", "$.sessions", "length"], |_, response| {
        put(response, r#""sessions":[]"#, r#""sessions":[null]"#)
    }),
];

/// Each plant in a run of its own: it is found where it was planted, and nothing else is found.
fn each_is_found(plants: &[Plant], arguments: &[&str]) {
    let service = service();
    for (name, expected, change) in plants {
        let proxy = Proxy::planted(service.emulator.address(), *change);
        let (report, ended) = report(&proxy.url(), arguments);
        assert_eq!(differences(&report), [expected.map(str::to_owned)], "{name}: {report:#}");
        assert_eq!(ended.code, Some(1), "{name}");
    }
}

#[test]
fn each_planted_difference_is_found_and_none_is_invented() {
    each_is_found(&READ[..14], &[]);
}

#[test]
fn each_planted_difference_in_bodies_is_found_and_none_is_invented() {
    each_is_found(&READ[14..], &[]);
}

#[test]
fn each_planted_difference_of_users_is_found_and_none_is_invented() {
    each_is_found(&WRITTEN, &["--write", "--case", "a-,an-"]);
}

#[test]
fn between_equals_nothing_differs() {
    let service = service();
    let page = House::of(Emulator::builder());
    for (house, arguments, cases) in [
        (&service, &[][..], 44),
        (&service, &["--write"], 53),
        (&page, &["--write", "--wire", "page"], 53),
        (&service, &["--case", "sessions-"], 7),
    ] {
        let proxy = Proxy::honest(house.emulator.address());
        let (report, ended) = report(&proxy.url(), arguments);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{arguments:?}: {report:#}");
        assert_eq!(report["totals"]["cases"], cases, "{arguments:?}");
        assert_eq!(report["totals"]["equal"], cases, "{arguments:?}");
        assert_eq!(report["requests"].as_u64(), Some(proxy.asked().len() as u64), "every request is counted");
        assert_eq!(users(house), 6, "whoever was made is gone");
        let writes = proxy.asked().iter().filter(|asked| !asked.title.starts_with("GET ")).count();
        assert!(writes > 0 || !arguments.contains(&"--write"));
        let deletes = proxy.asked().iter().filter(|asked| asked.title.starts_with("DELETE ")).count();
        assert_eq!(deletes > 0, arguments.contains(&"--write"));
    }
}

/// How many users a service has.
pub fn users(house: &House) -> usize {
    house.client.steered("GET", "/__mock/state", "")["projects"][0]["users"].as_array().unwrap().len()
}

#[test]
fn a_live_project_is_never_written_to_and_has_no_sandbox() {
    let house = House::of(Emulator::builder().wire(WireProfile::Live).seed_file(crate::fixture::seed_path("test-and-live.json")));
    let proxy = Proxy::honest(house.emulator.address());
    let live = |arguments: &[&str]| {
        let mut command = against(&proxy.url(), &[&["verify", "--format", "json"], arguments].concat());
        command.env("STYTCH_PROJECT_ID", "project-live-22222222-2222-4222-8222-222222222222");
        command.env("STYTCH_SECRET", "secret-live-stytch-mock-new");
        run_command(command)
    };
    let ended = live(&[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(!ended.stdout.contains("sandbox"), "{}", ended.stdout);
    let asked = proxy.asked().len();
    let ended = live(&["--write"]);
    assert_eq!((ended.code, proxy.asked().len()), (Some(2), asked));
    assert!(ended.stderr.contains("--write"), "{}", ended.stderr);
}

#[test]
fn tls_is_spoken_to_a_service_whose_authority_is_trusted() {
    let secured = Secured::start(&["--wire", "live"]);
    let folder = crate::program::Folder::new();
    let authority = folder.put("ca.pem", secured.ca());
    let url = format!("https://localhost:{}", secured.address.port());
    let arguments = ["verify", "--case", "key-set"];
    let ended = run_command(against(&url, &[&arguments[..], &["--cacert", &authority]].concat()));
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    for (variable, file, code) in [("SSL_CERT_FILE", authority.as_str(), 0), ("STYTCH_MOCK_CACERT", &authority, 0)] {
        let mut command = against(&url, &arguments);
        command.env(variable, file);
        assert_eq!(run_command(command).code, Some(code), "{variable}");
    }
    let stranger = crate::program::run(&["ca", "--ca-dir", &folder.path("other")]).stdout;
    let mut command = against(&url, &arguments);
    command.env("STYTCH_MOCK_CACERT", folder.put("other.pem", stranger));
    let ended = run_command(command);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("certificate"), "{}", ended.stderr);
}

#[test]
fn what_can_not_be_asked_is_no_difference() {
    let service = service();
    let url = service.emulator.base_url();
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    for (arguments, variable, value, said) in [
        (&["verify"][..], "STYTCH_MOCK_AGAINST", nobody.as_str(), "can't be reached"),
        (&["verify"], "STYTCH_MOCK_AGAINST", "", "--against (STYTCH_MOCK_AGAINST) is missing"),
        (&["verify"], "STYTCH_MOCK_AGAINST", "https://u:hidden@test.stytch.com", "--against (STYTCH_MOCK_AGAINST): expected"),
        (&["verify"], "STYTCH_PROJECT_ID", "", "--project-id (STYTCH_PROJECT_ID) is missing"),
        (&["verify"], "STYTCH_PROJECT_ID", "project-test-1", "STYTCH_PROJECT_ID): expected project-test-<uuid>"),
        (&["verify"], "STYTCH_PROJECT_ID", "project-test-99999999-9999-4999-8999-999999999999", "refuses these credentials"),
        (&["verify"], "STYTCH_SECRET", " ", "--secret (STYTCH_SECRET) is missing"),
        (&["verify"], "STYTCH_SECRET", "hidden", "refuses these credentials (401 unauthorized_credentials)"),
        (&["verify"], "STYTCH_MOCK_RATE", "5", "STYTCH_MOCK_RATE"),
        (&["verify"], "STYTCH_MOCK_FORMAT", "html", "STYTCH_MOCK_FORMAT"),
        (&["verify", "--case", "nothing"], "STYTCH_MOCK_FORMAT", "text", "--case"),
        (&["verify", "--cacert", "no/such.pem"], "STYTCH_MOCK_AGAINST", "https://localhost:1", "--cacert no/such.pem"),
        (&["record"], "STYTCH_MOCK_FORMAT", "text", "--user-id"),
        (&["record", "--user-id", " "], "STYTCH_MOCK_FORMAT", "text", "--user-id"),
        (&["record", "--user-id", "nobody"], "STYTCH_MOCK_FORMAT", "text", "GET /v1/users/nobody answers 404 "),
        (&["record", "--user-id", "x"], "STYTCH_SECRET", "hidden", "refuses these credentials"),
    ] {
        let mut command = command(arguments);
        command.env("STYTCH_MOCK_AGAINST", &url).env("STYTCH_PROJECT_ID", PROJECT).env("STYTCH_SECRET", SECRET);
        let ended = run_command({
            command.env(variable, value);
            command
        });
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{arguments:?} {variable}={value}: {ended:?}");
        assert!(ended.stderr.contains(said) && !ended.stderr.contains("hidden"), "{variable}={value}: {}", ended.stderr);
    }
}

#[test]
fn what_is_not_the_api_is_no_difference() {
    let service = service();
    for (status, body) in [(200, "<html>"), (302, ""), (503, r#"{"request_id":"x"}"#)] {
        let proxy = Proxy::new(service.emulator.address(), move |_, response| {
            (response.status, response.body) = (status, body.into());
            Fate::Sent
        });
        let ended = run_command(against(&proxy.url(), &["verify", "--write"]));
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{status}");
        let said = format!("GET /v1/debug/whoami comes to {status}");
        assert!(ended.stderr.contains(&said) && proxy.asked().len() == 1, "{}", ended.stderr);
    }
}

#[test]
fn the_secret_is_in_no_output_even_if_the_service_repeats_it() {
    let service = service();
    let proxy = Proxy::new(service.emulator.address(), |asked, response| {
        if response.status == 404 {
            let encoded = asked.authorization.trim_start_matches("Basic ").to_owned();
            let message = format!("{SECRET} {encoded} could not");
            put(response, "could not", &message);
            set_header(response, "location", Some(&format!("/{encoded}?{SECRET}")));
        }
        Fate::Sent
    });
    let encoded = STANDARD.encode(format!("{PROJECT}:{SECRET}"));
    for format in ["text", "json", "junit"] {
        let mut by_flag = against(&proxy.url(), &["verify", "--format", format, "--secret", SECRET]);
        by_flag.env_remove("STYTCH_SECRET");
        for ended in [run_command(against(&proxy.url(), &["verify", "--write", "--format", format])), run_command(by_flag)] {
            assert_eq!(ended.code, Some(1));
            assert!(ended.stdout.contains("[secret]"), "{}", ended.stdout);
            for text in [&ended.stdout, &ended.stderr] {
                assert!(!text.contains(SECRET) && !text.contains(encoded.trim_end_matches('=')), "{text}");
            }
        }
    }
    let mut help = command(&["verify", "--help"]);
    help.env("STYTCH_SECRET", "hidden");
    assert!(!run_command(help).stdout.contains("hidden"));
}

#[test]
fn known_differences_are_ignored_where_they_are_known() {
    let service = service();
    let proxy = Proxy::new(service.emulator.address(), |_, response| {
        put(response, "User could not be found.", "No such user.");
        Fate::Sent
    });
    let message = "$.error_message";
    let all = report(&proxy.url(), &[]).0;
    let names: Vec<String> = differences(&all).into_iter().map(|[case, ..]| case).collect();
    assert!(names.len() > 3 && differences(&all).iter().all(|[_, place, _]| place == message), "{names:?}");
    for (ignored, left) in [
        ("*", 0),
        ("*:$.error_message", 0),
        ("*:$.error_url", names.len()),
        ("user-unknown", names.len() - 1),
        ("user-unknown:$.error_message", names.len() - 1),
        ("user-unknown:status", names.len()),
        ("who-am-i", names.len()),
    ] {
        let (report, ended) = report(&proxy.url(), &["--ignore", ignored]);
        assert_eq!(differences(&report).len(), left, "{ignored}");
        assert_eq!(report["totals"]["ignored"], names.len() - left, "{ignored}");
        assert_eq!(ended.code, Some(i32::from(left > 0)), "{ignored}");
    }
}

/// The names of the elements of an XML text, in order; panics if one is not closed where it should be.
fn elements(xml: &str) -> Vec<String> {
    let (mut open, mut all, mut rest) =
        (Vec::new(), Vec::new(), xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").unwrap());
    while let Some(start) = rest.find('<') {
        assert!(!rest[..start].contains('>'), "what is no element is escaped: {rest}");
        let (tag, after) = rest[start + 1..].split_once('>').unwrap();
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        let name = tag.split([' ', '/']).next().unwrap().to_owned();
        all.push(name.clone());
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    all
}

#[test]
fn a_report_is_text_json_or_junit() {
    let service = service();
    let proxy = Proxy::new(service.emulator.address(), |asked, response| {
        if is(asked, "GET /v1/users/") {
            put(response, "could not", r#"<could & \"not\">\u0001"#);
        }
        Fate::Sent
    });
    let arguments = |format: &'static str| ["verify", "--format", format, "--case", "user-unknown,connected,who"];
    let xml = run_command(against(&proxy.url(), &arguments("junit"))).stdout;
    let found = elements(&xml);
    assert_eq!(found.iter().filter(|name| *name == "testcase").count(), 3, "{xml}");
    assert_eq!(found.iter().filter(|name| *name == "failure").count(), 2, "{xml}");
    assert_eq!(found[..2], ["testsuites", "testsuite"], "{xml}");
    assert_eq!(xml.matches("tests=\"3\" failures=\"2\" errors=\"0\"").count(), 2, "{xml}");
    assert!(xml.contains("name=\"user-unknown\"") && xml.contains("$.error_message"), "{xml}");
    let text = run_command(against(&proxy.url(), &arguments("text"))).stdout;
    for line in [
        "equal      who-am-i",
        "DIFFERENT  user-unknown (captured: answers of the real service: 404 user_not_found)",
        "        emulator: User could not be found.",
        "3 cases: 1 equal, 2 different; 2 differences; 4 requests at off",
        "Not compared: only the target sends the headers x-stytch-mock-reason",
    ] {
        assert!(text.lines().any(|other| other == line), "{line} is not in\n{text}");
    }
    let json: Value = serde_json::from_str(&run_command(against(&proxy.url(), &arguments("json"))).stdout).unwrap();
    assert_eq!(
        json["cases"][2]["differences"][0]["request"].as_str().map(|request| request.contains("/connected_apps")),
        Some(true)
    );
    assert_eq!(json["headers_only_there"][0], "x-stytch-mock-reason");
}

#[test]
fn the_cases_are_listed_with_their_sources() {
    let ended = run(&["verify", "--list"]);
    assert_eq!(ended.code, Some(0));
    assert_eq!(ended.stdout.lines().count(), 53);
    let line = ended.stdout.lines().find(|line| line.starts_with("a-users-life ")).unwrap();
    assert!(line.contains(" captured --write: answers of the real service to POST /v1/users "), "{line}");
}

/// Flag to variable and default, as the help of a command has them.
fn offered(name: &str) -> Vec<(String, String)> {
    let mut command = command(&[name, "--help"]);
    // a help that wraps breaks names in two
    command.env("COLUMNS", "200");
    let help = run_command(command).stdout;
    let mut flags: Vec<(String, String)> = Vec::new();
    for line in help.lines().map(str::trim) {
        if let Some(flag) = line.strip_prefix("--") {
            flags.push((format!("--{}", flag.split(' ').next().unwrap()), "none".to_owned()));
        }
        if let Some((_, variable)) = line.split_once("[env: ") {
            variable.split([']', '=']).next().unwrap().clone_into(&mut flags.last_mut().unwrap().1);
        }
    }
    flags
}

#[test]
fn the_page_has_every_flag_with_its_variable() {
    let page = include_str!("../../docs/verify.md");
    let rows = page.lines().filter(|line| line.starts_with("| `--"));
    let mut documented: Vec<[String; 3]> = Vec::new();
    for row in rows {
        let cells: Vec<String> = row.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect();
        let of: &[&str] = if cells[1] == "both" { &["verify", "record"] } else { &[cells[1].as_str()] };
        documented.extend(of.iter().map(|of| [(*of).to_owned(), cells[0].clone(), cells[2].clone()]));
    }
    let of = |name: &str| offered(name).into_iter().map(|(flag, variable)| [name.to_owned(), flag, variable]).collect::<Vec<_>>();
    let mut offered = [of("verify"), of("record")].concat();
    documented.sort();
    offered.sort();
    assert_eq!(documented, offered);
    for (name, [.., kind], _) in READ.iter().chain(&WRITTEN) {
        assert!(page.contains(&format!("`{kind}`")), "{name}");
    }
}
