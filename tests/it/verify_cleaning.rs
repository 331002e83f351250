//! Whatever comes of `verify --write`, the users that it made are deleted; and if they can't be, it says who is left.

use std::process::Command;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use stytch_mock::Emulator;

use crate::client::Response;
use crate::fixture::House;
use crate::program::run_command;
use crate::proxy::{Asked, Fate, Proxy};
use crate::verify::{against, service, users};

const ARGUMENTS: [&str; 6] = ["verify", "--write", "--format", "json", "--case", "a-password-login"];

fn is_making(asked: &Asked) -> bool {
    asked.title == "POST /v1/passwords"
}

fn refuse(response: &mut Response) {
    response.status = 500;
    response.body = br#"{"status_code":500}"#.to_vec();
}

#[test]
fn a_user_whose_making_was_answered_wrongly_is_deleted() {
    let service = service();
    let wrongly: [fn(&mut Response) -> Fate; 3] = [
        |response| {
            refuse(response);
            Fate::Sent
        },
        |response| {
            response.body = b"{}".to_vec();
            Fate::Sent
        },
        |_| Fate::Dropped,
    ];
    for (wrong, code) in wrongly.into_iter().zip([1, 1, 2]) {
        let made = Arc::<Mutex<Vec<usize>>>::default();
        let noted = Arc::clone(&made);
        let proxy = Proxy::new(service.emulator.address(), move |asked, response| {
            if !is_making(asked) {
                return Fate::Sent;
            }
            noted.lock().unwrap().push(usize::from(response.status));
            wrong(response)
        });
        let ended = run_command(against(&proxy.url(), &ARGUMENTS));
        assert_eq!(ended.code, Some(code), "{ended:?}");
        assert_eq!(*made.lock().unwrap(), [200], "a user was there");
        assert_eq!(users(&service), 6, "and is gone");
        let report: Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(report["left_behind"], Value::Array(Vec::new()));
        assert_eq!(report["interrupted"].is_string(), code == 2, "{report:#}");
        assert_eq!(ended.stderr.starts_with("error: at a-password-login: "), code == 2, "{}", ended.stderr);
    }
}

#[test]
fn a_user_that_can_not_be_deleted_is_named() {
    let service = service();
    let proxy = Proxy::new(service.emulator.address(), |asked, response| {
        if asked.title.starts_with("DELETE ") {
            refuse(response);
            // the user is there, as far as anybody can tell
            return Fate::Sent;
        }
        if asked.title == "POST /v1/users/search" {
            refuse(response);
        }
        Fate::Sent
    });
    let ended = run_command(against(&proxy.url(), &ARGUMENTS));
    assert_eq!(ended.code, Some(1));
    let report: Value = serde_json::from_str(&ended.stdout).unwrap();
    let left: Vec<&str> = report["left_behind"].as_array().unwrap().iter().map(|user| user.as_str().unwrap()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left[0].contains("@stytch-mock-verify.example.com") && left[0].ends_with("the search answers 500"), "{left:?}");
    assert!(left[1].starts_with("user-test-") && left[1].ends_with("the deletion answers 500"), "{left:?}");
    let attempts = proxy.asked().iter().filter(|asked| asked.title.starts_with("DELETE ")).count();
    assert_eq!(attempts, 4, "the case's own, and three of cleaning up");
    let text = run_command(against(&proxy.url(), &["verify", "--write", "--case", "a-password-login"])).stdout;
    assert_eq!(text.matches("NOT DELETED ").count(), 2, "{text}");
    let xml = run_command(against(&proxy.url(), &["verify", "--write", "--case", "a-users-life", "--format", "junit"])).stdout;
    assert_eq!(xml.matches("<error type=\"not deleted\"").count(), 2, "{xml}");
}

#[test]
fn nobody_is_deleted_who_has_another_address() {
    let service = service();
    let user = crate::fixture::USER;
    let proxy = Proxy::new(service.emulator.address(), move |asked, response| {
        if asked.title == "POST /v1/users/search" {
            let body = format!(
                r#"{{"results":[{{"user_id":"{user}","emails":[{{"email":"sandbox@stytch.com"}}]}}],"status_code":200}}"#
            );
            response.body = body.into_bytes();
        }
        Fate::Sent
    });
    assert_eq!(run_command(against(&proxy.url(), &ARGUMENTS)).code, Some(0));
    assert!(!proxy.asked().iter().any(|asked| asked.title == format!("DELETE /v1/users/{user}")));
    assert_eq!(users(&service), 6);
}

#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_cleans_up() {
    let service = service();
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let stopped = Mutex::new(stopped);
    let (reached, reaches) = std::sync::mpsc::channel::<()>();
    let proxy = Proxy::new(service.emulator.address(), move |asked, _| {
        if asked.title.starts_with("GET /v1/sessions?") {
            reached.send(()).unwrap();
            // this answer comes when nobody waits for it any more
            let _ = stopped.lock().unwrap().recv();
            return Fate::Dropped;
        }
        Fate::Sent
    });
    let child = against(&proxy.url(), &ARGUMENTS).spawn().unwrap();
    reaches.recv_timeout(crate::client::STUCK).unwrap();
    assert_eq!(users(&service), 7, "a user was made");
    assert!(Command::new("sh").args(["-c", &format!("kill -s INT {}", child.id())]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    drop(stop);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8(output.stderr).unwrap().contains("stopped by a signal"));
    assert_eq!(users(&service), 6, "and is gone");
}

#[test]
fn a_service_that_limits_the_rate_is_asked_again_later() {
    // the emulator's clock stands, so that no token ever comes back
    let seed = r#"{"projects": [{"rate_limit": "1/h,burst=9", "users": []}]}"#;
    let house = House::of(Emulator::builder().seed_json(seed).wire(stytch_mock::WireProfile::Live).clock(crate::fixture::NOW));
    let refused = Arc::<Mutex<u32>>::default();
    let counted = Arc::clone(&refused);
    let proxy = Proxy::new(house.emulator.address(), move |_, response| {
        if response.status == 429 {
            *counted.lock().unwrap() += 1;
            response.headers.retain(|(name, _)| name != "retry-after");
            response.headers.push(("retry-after".to_owned(), "0".to_owned()));
        }
        Fate::Sent
    });
    let ended = run_command(against(&proxy.url(), &["verify"]));
    assert_eq!((ended.code, *refused.lock().unwrap()), (Some(2), 3), "{ended:?}");
    assert!(ended.stderr.contains("answers 429 ") && ended.stderr.contains("--rate"), "{}", ended.stderr);
    assert!(ended.stdout.contains("INTERRUPTED at "), "what was compared is reported: {}", ended.stdout);
}
