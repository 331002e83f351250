//! Random sequences of calls on both planes against a model of what the world should be; what differs is shrunk to the
//! few steps that it takes. After every step the whole world is compared, and in the end what the API tells of it.
//!
//! The sequences are the same every time. More of them: `PROPTEST_CASES=5000 cargo test --test it planes`; others:
//! `PROPTEST_RNG_SEED=…`.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::{Value, json};
use stytch_mock::{Emulator, MessageFilter};

use crate::client::{Connection, Request, Response};
use crate::fixture::{House, NOW, PROJECT, SECRET, STRANGER};
use crate::life::{AUTHENTICATE, Caller, MIGRATE, REVOKE, SEARCH, STRANGE_TOKEN, text};
use crate::messages::{EMAIL_CODE, OTP, other_code};
use crate::passwords::{CREATE, LOG_IN, OTHER, STRONG};
use crate::planes_world::{Fault, Faults, Kept, Password, Project, Rate, SEEDED_RATE, Session, User, World};
use crate::world_model::{OK, Outcome, START, USER_NOT_FOUND, time};

const CASES: u32 = 96;

/// One with which the usual sequences come to everything in `EXPECTED`.
const SEED: u64 = 18;
const STEPS: usize = 60;

/// The names that external ids and addresses are made of; few, so that they meet.
const NAMES: [&str; 4] = ["ada", "bea", "cleo", "dora"];
const WEAK: &str = "password";

const OPERATIONS: [&str; 4] = ["sessions.get", "sessions.authenticate", "users.create", "passwords.authenticate"];

/// A name, somebody who was seen (the last one is 0), or nobody.
#[derive(Debug, Clone, Copy)]
enum Who {
    Named(&'static str),
    Seen(usize),
    Stranger,
}

/// A call of the emulated API. Numbers say how far back what is meant was seen: the last one is 0.
#[derive(Debug, Clone)]
enum Call {
    Create { email: &'static str, external_id: Option<&'static str> },
    Get(Who),
    Update { who: Who, first_name: Option<&'static str>, external_id: Option<&'static str> },
    Delete(Who),
    Search(&'static str),
    List(Who),
    Authenticate { session: usize, minutes: Option<i64> },
    Revoke(usize),
    Migrate { name: &'static str, minutes: Option<i64> },
    SignUp { email: &'static str, password: &'static str, minutes: Option<i64> },
    LogIn { email: &'static str, password: &'static str, minutes: Option<i64> },
    SendCode { email: &'static str, minutes: i64 },
    Redeem { code: usize, is_right: bool, minutes: Option<i64> },
}

/// A call of the control plane about one project.
#[derive(Debug, Clone)]
enum Steer {
    AddUser(Option<&'static str>),
    AddSession { who: Who, minutes: i64 },
    Delete(Who),
    Revoke(usize),
    Expire(usize),
    Reset,
    Save(u8),
    Restore(u8),
    Drop(u8),
    AddFault { operation: Option<&'static str>, after: u64, times: u64 },
    ClearFaults,
    SetRate(Rate),
    SetLevel(i64),
    DeleteProject,
}

/// A step; a project is meant by how far back it was seen.
#[derive(Debug, Clone)]
enum Step {
    Call(usize, Call),
    Steer(usize, Steer),
    AddProject,
    Advance(i64),
    Freeze(i64),
    /// The clock runs, but so slowly that it stands.
    Crawl,
    Reset,
    Save(u8),
    Restore(u8),
    Drop(u8),
    AddFault {
        operation: Option<&'static str>,
        after: u64,
        times: u64,
    },
    ClearFaults,
}

/// One of the names; those of the seed come more often, so that there is something to lose.
fn name() -> impl Strategy<Value = &'static str> + Clone {
    prop_oneof![1 => select(&NAMES[..]), 2 => select(&NAMES[..2])]
}

fn who() -> impl Strategy<Value = Who> + Clone {
    prop_oneof![4 => name().prop_map(Who::Named), 4 => (0..6_usize).prop_map(Who::Seen), 1 => Just(Who::Stranger)]
}

fn minutes() -> impl Strategy<Value = Option<i64>> + Clone {
    prop_oneof![Just(None), select(&[5_i64, 30, 90][..]).prop_map(Some)]
}

fn password() -> impl Strategy<Value = &'static str> + Clone {
    select(&[STRONG, OTHER, STRONG, OTHER, WEAK][..])
}

fn fault() -> impl Strategy<Value = (Option<&'static str>, u64, u64)> + Clone {
    (proptest::option::of(select(&OPERATIONS[..])), 0..2_u64, 1..3_u64)
}

fn call() -> impl Strategy<Value = Call> {
    let back = 0..6_usize;
    prop_oneof![
        6 => (name(), proptest::option::of(name())).prop_map(|(email, external_id)| Call::Create { email, external_id }),
        2 => who().prop_map(Call::Get),
        4 => (who(), proptest::option::of(name()), proptest::option::of(name()))
            .prop_map(|(who, first_name, external_id)| Call::Update { who, first_name, external_id }),
        2 => who().prop_map(Call::Delete),
        2 => name().prop_map(Call::Search),
        4 => who().prop_map(Call::List),
        8 => (back.clone(), minutes()).prop_map(|(session, minutes)| Call::Authenticate { session, minutes }),
        4 => back.clone().prop_map(Call::Revoke),
        3 => (name(), minutes()).prop_map(|(name, minutes)| Call::Migrate { name, minutes }),
        4 => (name(), password(), minutes()).prop_map(|(email, password, minutes)| Call::SignUp { email, password, minutes }),
        10 => (name(), password(), minutes()).prop_map(|(email, password, minutes)| Call::LogIn { email, password, minutes }),
        7 => (name(), 1..4_i64).prop_map(|(email, minutes)| Call::SendCode { email, minutes }),
        9 => (0..2_usize, prop::bool::weighted(0.8), minutes())
            .prop_map(|(code, is_right, minutes)| Call::Redeem { code, is_right, minutes }),
    ]
}

fn steer() -> impl Strategy<Value = Steer> {
    let (back, snapshot) = (0..6_usize, 0..2_u8);
    prop_oneof![
        4 => proptest::option::of(name()).prop_map(Steer::AddUser),
        6 => (who(), select(&[1_i64, 5, 30, 60][..])).prop_map(|(who, minutes)| Steer::AddSession { who, minutes }),
        2 => who().prop_map(Steer::Delete),
        3 => back.clone().prop_map(Steer::Revoke),
        3 => back.prop_map(Steer::Expire),
        2 => Just(Steer::Reset),
        3 => snapshot.clone().prop_map(Steer::Save),
        3 => snapshot.clone().prop_map(Steer::Restore),
        1 => snapshot.prop_map(Steer::Drop),
        3 => fault().prop_map(|(operation, after, times)| Steer::AddFault { operation, after, times }),
        1 => Just(Steer::ClearFaults),
        2 => (1..100_i64, 1..8_i64).prop_map(|(per_hour, burst)| Steer::SetRate(Rate { per_hour, burst })),
        3 => (0..4_i64).prop_map(Steer::SetLevel),
        1 => Just(Steer::DeleteProject),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let seconds = select(&[1_i64, 30, 60, 119, 120, 299, 300, 1_200, 1_800, 3_600, 5_400, -1, -300, -3_600][..]);
    let snapshot = 0..2_u8;
    let project = prop_oneof![6 => Just(0_usize), 1 => 1..3_usize];
    prop_oneof![
        60 => (project.clone(), call()).prop_map(|(project, call)| Step::Call(project, call)),
        24 => (project, steer()).prop_map(|(project, steer)| Step::Steer(project, steer)),
        2 => Just(Step::AddProject),
        14 => seconds.prop_map(Step::Advance),
        2 => (-3_600..7_200_i64).prop_map(Step::Freeze),
        1 => Just(Step::Crawl),
        1 => Just(Step::Reset),
        3 => snapshot.clone().prop_map(Step::Save),
        4 => snapshot.clone().prop_map(Step::Restore),
        1 => snapshot.prop_map(Step::Drop),
        1 => fault().prop_map(|(operation, after, times)| Step::AddFault { operation, after, times }),
        1 => Just(Step::ClearFaults),
    ]
}

/// Ada has a session, Bea a password; an external token of each name may bring them in.
fn seed() -> (String, Project) {
    let id = |kind: &str, of: char| format!("{kind}-test-00000000-0000-4000-8000-00000000000{of}");
    let session = Session {
        id: id("session", '1'),
        token: format!("adas-token-{}", "0".repeat(33)),
        started_at: START - 3_600,
        last_accessed_at: START - 1_800,
        expires_at: START + 3_600,
        revoked_at: None,
    };
    let user = |of: char, name: &'static str, is_verified: bool| User {
        id: id("user", of),
        external_id: Some(name),
        first_name: "",
        created_at: START,
        email: Some((name, id("email", of), is_verified)),
        password: None,
        failures: 0,
        locked_until: None,
        sessions: Vec::new(),
    };
    let ada = User { sessions: vec![session], ..user('a', "ada", true) };
    let bea = User { password: Some(Password { text: STRONG, requires_reset: false }), ..user('b', "bea", false) };
    let entry = |user: &User| {
        let (name, email_id, verified) = user.email.as_ref().unwrap();
        let sessions: Vec<Value> = user.sessions.iter().map(session_view).collect();
        json!({
            "user_id": user.id, "external_id": name, "created_at": NOW,
            "emails": [{ "email_id": email_id, "email": address(name), "verified": verified }],
            "password": user.password.as_ref().map(|password| json!({ "password": password.text })), "sessions": sessions,
        })
    };
    let project = json!({
        "project_id": PROJECT, "secrets": [SECRET], "rate_limit": text_of(SEEDED_RATE),
        "user_lock": { "after": 3, "for": "20m" }, "users": [entry(&ada), entry(&bea)],
        "external_session_tokens": NAMES.map(|name| json!({ "token": format!("external-{name}"), "user_id": name })),
    });
    let kept = Kept { users: vec![ada, bea], faults: Faults::default(), rate: SEEDED_RATE };
    (json!({ "projects": [project] }).to_string(), Project::of(PROJECT, &kept, &kept))
}

fn address(name: &str) -> String {
    format!("{name}@example.com")
}

fn text_of(Rate { per_hour, burst }: Rate) -> String {
    format!("{per_hour}/h,burst={burst}")
}

fn session_view(session: &Session) -> Value {
    json!({
        "session_id": session.id, "session_token": session.token, "started_at": time(session.started_at),
        "last_accessed_at": time(session.last_accessed_at), "expires_at": time(session.expires_at),
        "revoked_at": session.revoked_at.map(time),
    })
}

/// A user as the control plane shows them, and of that what the model knows.
fn user_view(user: &User) -> Value {
    let mut sessions: Vec<Value> = user.sessions.iter().map(session_view).collect();
    sessions.sort_by_key(|session| session["session_id"].to_string());
    json!({
        "user_id": user.id, "external_id": user.external_id, "first_name": user.first_name, "created_at": time(user.created_at),
        "emails": user.email.as_ref().map(|(name, id, verified)| json!([address(name), id, verified])),
        "requires_reset": user.password.as_ref().map(|password| password.requires_reset), "sessions": sessions,
    })
}

fn shown_user(user: &Value) -> Value {
    let view = |session: &Value| {
        let keys = ["session_id", "session_token", "started_at", "last_accessed_at", "expires_at", "revoked_at"];
        keys.iter().map(|key| ((*key).to_owned(), session[*key].clone())).collect::<serde_json::Map<_, _>>().into()
    };
    let mut sessions: Vec<Value> = user["sessions"].as_array().unwrap().iter().map(view).collect();
    sessions.sort_by_key(|session: &Value| session["session_id"].to_string());
    json!({
        "user_id": user["user_id"], "external_id": user["external_id"], "first_name": user["name"]["first_name"],
        "created_at": user["created_at"],
        "emails": user["emails"].get(0).map(|email| json!([email["email"], email["email_id"], email["verified"]])),
        "requires_reset": user["password"]["requires_reset"], "sessions": sessions,
    })
}

fn fault_view(fault: &Fault) -> Value {
    json!([fault.id, fault.operation, fault.matched, fault.hits])
}

/// The element that was put in so many before the last one.
fn back<T: Clone>(list: &[T], number: usize) -> Option<T> {
    list.len().checked_sub(1).map(|last| list[last - number % list.len()].clone())
}

/// An emulator, the model of it, and all that was ever seen: what is gone is asked for, too.
struct Run<'a> {
    house: House,
    connection: Connection,
    world: World,
    projects: Vec<(String, String)>,
    users: Vec<String>,
    sessions: Vec<(String, String)>,
    codes: Vec<(String, String)>,
    /// What was foretold, operation by operation.
    met: &'a RefCell<BTreeSet<String>>,
}

impl<'a> Run<'a> {
    fn new(met: &'a RefCell<BTreeSet<String>>) -> Self {
        let (seed, project) = seed();
        let Caller { house, .. } = Caller::of(Emulator::builder().seed_json(seed).clock(NOW).id_seed(18));
        let session = &project.now.users[0].sessions[0];
        Self {
            connection: house.client.connect(),
            projects: vec![(PROJECT.to_owned(), SECRET.to_owned())],
            users: project.now.users.iter().map(|user| user.id.clone()).collect(),
            sessions: vec![(session.id.clone(), session.token.clone())],
            codes: Vec::new(),
            world: World::new(START, project),
            house,
            met,
        }
    }

    fn name_of(&self, who: Who) -> String {
        match who {
            Who::Named(name) => name.to_owned(),
            Who::Seen(number) => back(&self.users, number).unwrap_or_else(|| STRANGER.to_owned()),
            Who::Stranger => STRANGER.to_owned(),
        }
    }

    fn session(&self, number: usize) -> (String, String) {
        back(&self.sessions, number).expect("the seed has one")
    }

    /// Steers; the answer, if it is a success.
    fn steer(&mut self, method: &str, path: &str, body: &Value, expected: u16) -> Option<Value> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let response = self.house.client.steer(&Request::new(method, format!("/__mock/{path}")).body(&body));
        assert_eq!(response.status, expected, "{method} {path} {body}: {response:?}");
        self.met.borrow_mut().insert(format!("{method} {} {expected}", path.split(['/', '?']).next().unwrap_or_default()));
        (expected < 300).then(|| response.json())
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Call(project, call) => self.call(*project, call),
            Step::Steer(project, steer) => self.steer_project(*project, steer),
            Step::AddProject => {
                let expected = if self.world.projects.len() >= 3 { return } else { 201 };
                let project = self.steer("POST", "projects", &Value::Null, expected).expect("it is made");
                let id = text(&project, "/project_id").to_owned();
                self.world.add_project(&id);
                self.projects.push((id, text(&project, "/secret").to_owned()));
            }
            Step::Advance(seconds) => {
                let by = format!("{}{}s", if *seconds < 0 { "-" } else { "" }, seconds.abs());
                self.steer("POST", "clock/advance", &json!({ "by": by }), 200);
                self.world.now += seconds;
            }
            Step::Freeze(seconds) => {
                (self.world.now, self.world.is_frozen) = (START + seconds, true);
                self.steer("PUT", "clock", &json!({ "now": time(self.world.now), "frozen": true }), 200);
            }
            Step::Crawl => {
                self.steer("PUT", "clock", &json!({ "frozen": false, "scale": 0 }), 200);
                self.world.is_frozen = false;
            }
            Step::Reset => {
                self.steer("POST", "reset", &Value::Null, 200);
                self.world.reset();
            }
            Step::Save(name) => self.snapshot("PUT", *name, None, World::save),
            Step::Restore(name) => self.snapshot("POST", *name, None, World::restore),
            Step::Drop(name) => self.snapshot("DELETE", *name, None, World::drop_snapshot),
            Step::AddFault { operation, after, times } => {
                self.steer("POST", "faults", &fault_body(*operation, *after, *times), 201);
                self.world.faults.add(*operation, *after, *times);
            }
            Step::ClearFaults => {
                self.steer("DELETE", "faults", &Value::Null, 200);
                self.world.faults.list.clear();
                self.world.projects.iter_mut().for_each(|project| project.now.faults.list.clear());
            }
        }
    }

    fn snapshot(&mut self, method: &str, name: u8, id: Option<&str>, act: fn(&mut World, u8, Option<&str>) -> u16) {
        let expected = act(&mut self.world, name, id);
        let scope = id.map(|id| format!("?project_id={id}")).unwrap_or_default();
        self.steer(method, &format!("snapshots/snapshot-{name}{scope}"), &Value::Null, expected);
    }

    fn steer_project(&mut self, number: usize, steer: &Steer) {
        let (id, _) = back(&self.projects, number).expect("the seed has one");
        let scoped = |path: &str| format!("{path}?project_id={id}");
        let (now, is_there) = (self.world.now, self.world.project(&id).is_some());
        let found = |status: u16| if is_there { status } else { 404 };
        match steer {
            Steer::AddUser(external_id) => {
                let is_taken = |project: &mut Project| external_id.is_some_and(|name| project.place(name).is_some());
                let expected = self.world.project(&id).map_or(404, |project| if is_taken(project) { 409 } else { 201 });
                let body = json!({ "external_id": external_id, "emails": [], "created_at": time(now) });
                let Some(entry) = self.steer("POST", &scoped("users"), &body, expected) else { return };
                let user_id = text(&entry, "/user_id").to_owned();
                self.users.push(user_id.clone());
                let user = new_user(user_id, None, *external_id, now);
                self.world.project(&id).unwrap().now.users.push(user);
            }
            Steer::AddSession { who, minutes } => {
                let name = self.name_of(*who);
                let place = self.world.project(&id).and_then(|project| project.place(&name));
                let body = json!({ "expires_at": format!("+{minutes}m") });
                let path = scoped(&format!("users/{name}/sessions"));
                let Some(session) = self.steer("POST", &path, &body, if place.is_some() { 201 } else { 404 }) else { return };
                self.begun(&id, place.unwrap(), text(&session, "/session_id"), text(&session, "/session_token"), *minutes);
            }
            Steer::Delete(who) => {
                let name = self.name_of(*who);
                let outcome = self.world.project(&id).map_or(USER_NOT_FOUND, |project| project.delete(&name));
                self.steer("DELETE", &scoped(&format!("users/{name}")), &Value::Null, if outcome == OK { 200 } else { 404 });
            }
            Steer::Revoke(session) => {
                let session = self.session(*session).0;
                let expected = self.world.project(&id).map_or(404, |project| project.steer_revoke(&session, now));
                self.steer("POST", &scoped(&format!("sessions/{session}/revoke")), &Value::Null, expected);
            }
            Steer::Expire(session) => {
                let session = self.session(*session).0;
                let expected = self.world.project(&id).map_or(404, |project| project.steer_expire(&session, now));
                self.steer("POST", &scoped(&format!("sessions/{session}/expire")), &Value::Null, expected);
            }
            Steer::Reset => {
                let expected = self.world.reset_project(&id);
                self.steer("POST", &scoped("reset"), &Value::Null, expected);
            }
            Steer::Save(name) => self.snapshot("PUT", *name, Some(&id), World::save),
            Steer::Restore(name) => self.snapshot("POST", *name, Some(&id), World::restore),
            Steer::Drop(name) => self.snapshot("DELETE", *name, Some(&id), World::drop_snapshot),
            Steer::AddFault { operation, after, times } => {
                self.steer("POST", &scoped("faults"), &fault_body(*operation, *after, *times), found(201));
                if let Some(project) = self.world.project(&id) {
                    project.now.faults.add(*operation, *after, *times);
                }
            }
            Steer::ClearFaults => {
                self.steer("DELETE", &scoped("faults"), &Value::Null, found(200));
                if let Some(project) = self.world.project(&id) {
                    project.now.faults.list.clear();
                }
            }
            Steer::SetRate(rate) => {
                self.steer("PUT", &scoped("bucket"), &json!({ "rate_limit": text_of(*rate) }), found(200));
                if let Some(project) = self.world.project(&id) {
                    project.set_rate(*rate, now);
                }
            }
            Steer::SetLevel(tokens) => {
                self.steer("PUT", &scoped("bucket"), &json!({ "level": tokens }), found(200));
                if let Some(project) = self.world.project(&id) {
                    project.set_level(*tokens, now);
                }
            }
            Steer::DeleteProject => {
                let expected = self.world.delete_project(&id);
                self.steer("DELETE", &format!("projects/{id}"), &Value::Null, expected);
            }
        }
    }

    /// A session that began now.
    fn begun(&mut self, project: &str, place: usize, id: &str, token: &str, minutes: i64) {
        let now = self.world.now;
        let session = Session {
            id: id.to_owned(),
            token: token.to_owned(),
            started_at: now,
            last_accessed_at: now,
            expires_at: now + minutes * 60,
            revoked_at: None,
        };
        self.sessions.push((session.id.clone(), session.token.clone()));
        self.world.project(project).unwrap().now.users[place].sessions.push(session);
    }

    /// Calls an operation whose outcome `foretell` knows, once credentials, faults and the bucket let it pass; the answer,
    /// if it is a success.
    fn ask<T>(
        &mut self,
        project: &(String, String),
        (operation, method, path): (&'static str, &str, &str),
        body: &Value,
        foretell: impl FnOnce(&mut Project, i64) -> (Outcome, T),
    ) -> Option<(Value, T)> {
        let request = Request::new(method, path).basic(&project.0, &project.1);
        let request =
            if body.is_null() { request } else { request.header("content-type", "application/json").body(body.to_string()) };
        let response: Response = self.connection.send(&request);
        let now = self.world.now;
        let (expected, told, retry_after) = match self.world.enter(&project.0, operation) {
            Ok(project) => {
                let (expected, told) = foretell(project, now);
                (expected, Some(told), None)
            }
            Err((refusal, retry_after)) => (refusal, None, retry_after),
        };
        assert_eq!(response.outcome(), expected, "{operation} {path} {body}: {response:?}");
        if expected == "429 too_many_requests" {
            assert_eq!(response.header("retry-after"), retry_after.map(|seconds| seconds.to_string()).as_deref());
        }
        self.met.borrow_mut().insert(format!("{operation} {expected}"));
        told.filter(|_| response.status < 300).map(|told| (response.json(), told))
    }

    #[expect(clippy::too_many_lines, reason = "an arm for each call")]
    fn call(&mut self, number: usize, call: &Call) {
        let project = &back(&self.projects, number).expect("the seed has one");
        let id = project.0.as_str();
        match call {
            Call::Create { email, external_id } => {
                let body = json!({ "email": address(email), "external_id": external_id });
                let create = ("users.create", "POST", "/v1/users");
                let made = self.ask(project, create, &body, |project, _| (project.create(email, *external_id), ()));
                if let Some((body, ())) = made {
                    self.arrived(id, &body, email, *external_id);
                }
            }
            Call::Get(who) => {
                let name = self.name_of(*who);
                let get = ("users.get", "GET", format!("/v1/users/{name}"));
                let found = self.ask(project, (get.0, get.1, &get.2), &Value::Null, |project, _| {
                    let user = project.place(&name).map(|place| project.now.users[place].clone());
                    (if user.is_some() { OK } else { USER_NOT_FOUND }, user)
                });
                if let Some((body, user)) = found {
                    agrees(&body, &user.unwrap(), self.world.now);
                }
            }
            Call::Update { who, first_name, external_id } => {
                let name = self.name_of(*who);
                let body = json!({ "name": { "first_name": first_name }, "external_id": external_id });
                let path = format!("/v1/users/{name}");
                let updated = self.ask(project, ("users.update", "PUT", &path), &body, |project, _| {
                    let place = project.place(&name);
                    let outcome = project.update(&name, *first_name, *external_id);
                    (outcome, place.map(|place| project.now.users[place].clone()))
                });
                if let Some((body, user)) = updated {
                    agrees(&body["user"], &user.unwrap(), self.world.now);
                }
            }
            Call::Delete(who) => {
                let name = self.name_of(*who);
                let path = format!("/v1/users/{name}");
                self.ask(project, ("users.delete", "DELETE", &path), &Value::Null, |project, _| (project.delete(&name), ()));
            }
            Call::Search(name) => self.search(project, name),
            Call::List(who) => self.list(project, &self.name_of(*who)),
            Call::Authenticate { session, minutes } => {
                let token = if *session == 5 { STRANGE_TOKEN.to_owned() } else { self.session(*session).1 };
                let body = json!({ "session_token": token, "session_duration_minutes": minutes });
                let answer = self.ask(project, ("sessions.authenticate", "POST", AUTHENTICATE), &body, |project, now| {
                    let outcome = project.authenticate(&token, *minutes, now);
                    (outcome, project.session(&token).cloned())
                });
                if let Some((body, session)) = answer {
                    assert_eq!(session_shown(&body["session"]), listed(&session.unwrap()));
                }
            }
            Call::Revoke(session) => {
                let session = self.session(*session).0;
                let body = json!({ "session_id": session });
                self.ask(project, ("sessions.revoke", "POST", REVOKE), &body, |project, now| (project.revoke(&session, now), ()));
            }
            Call::Migrate { name, minutes } => {
                let body = json!({ "session_token": format!("external-{name}"), "session_duration_minutes": minutes });
                let migrated = self.ask(project, ("sessions.migrate", "POST", MIGRATE), &body, |project, _| {
                    let place = project.place(name);
                    (if place.is_some() { OK } else { "400 migrate_from_external_email_does_not_exist" }, place)
                });
                if let Some((body, place)) = migrated {
                    let minutes = minutes.unwrap_or(60);
                    self.begun(id, place.unwrap(), text(&body, "/session/session_id"), text(&body, "/session_token"), minutes);
                }
            }
            Call::SignUp { email, password, minutes } => {
                let body = json!({ "email": address(email), "password": password, "session_duration_minutes": minutes });
                let is_weak = *password == WEAK;
                let made = self.ask(project, ("passwords.create", "POST", CREATE), &body, |project, _| {
                    (project.sign_up(email, is_weak), ())
                });
                if let Some((body, ())) = made {
                    let place = self.arrived(id, &body, email, None);
                    let user = &mut self.world.project(id).unwrap().now.users[place];
                    user.password = Some(Password { text: password, requires_reset: false });
                    self.logged_in(id, place, &body, *minutes);
                }
            }
            Call::LogIn { email, password, minutes } => {
                let body = json!({ "email": address(email), "password": password, "session_duration_minutes": minutes });
                let answer = self.ask(project, ("passwords.authenticate", "POST", LOG_IN), &body, |project, now| {
                    let outcome = project.log_in(email, password, now);
                    let has_it = |user: &User| user.email.as_ref().is_some_and(|(name, ..)| name == email);
                    (outcome, project.now.users.iter().position(has_it))
                });
                if let Some((body, place)) = answer {
                    self.logged_in(id, place.unwrap(), &body, *minutes);
                }
            }
            Call::SendCode { email, minutes } => self.send_code(project, email, *minutes),
            Call::Redeem { code, is_right, minutes } => {
                let Some((method_id, code)) = back(&self.codes, *code) else { return };
                let code = if *is_right { code } else { other_code(&json!(code)) };
                let body = json!({ "method_id": method_id, "code": code, "session_duration_minutes": minutes });
                let answer = self.ask(project, ("otps.authenticate", "POST", OTP), &body, |project, now| {
                    let (outcome, place, distrusts) = project.redeem(&method_id, &code, now);
                    (outcome, (place, distrusts))
                });
                if let Some((body, (place, distrusts))) = answer {
                    assert_eq!(body["reset_sessions"], distrusts, "{body}");
                    self.logged_in(id, place.unwrap(), &body, *minutes);
                }
            }
        }
    }

    fn send_code(&mut self, project: &(String, String), email: &'static str, minutes: i64) {
        let body = json!({ "email": address(email), "expiration_minutes": minutes });
        let sent = self.ask(project, ("otps.email.loginOrCreate", "POST", EMAIL_CODE), &body, |project, _| {
            (OK, project.sign_up(email, false) == OK)
        });
        let Some((body, is_new)) = sent else { return };
        assert_eq!(body["user_created"], is_new, "{body}");
        if is_new {
            self.arrived(&project.0, &body, email, None);
        }
        let message = self.house.emulator.control().outbox(&MessageFilter::default()).messages.pop().unwrap();
        let method_id = text(&body, "/email_id").to_owned();
        assert_eq!((&message.method_id, &message.to, &message.project_id), (&method_id, &address(email), &project.0));
        let code = message.code.unwrap();
        self.codes.push((method_id.clone(), code.clone()));
        let expires_at = self.world.now + minutes * 60;
        self.world.project(&project.0).unwrap().code_sent(method_id, code, expires_at);
    }

    /// Somebody new, as an answer tells their ids; their place.
    fn arrived(&mut self, id: &str, body: &Value, email: &'static str, external_id: Option<&'static str>) -> usize {
        let user_id = text(body, "/user_id").to_owned();
        self.users.push(user_id.clone());
        let user = new_user(user_id, Some((email, text(body, "/email_id").to_owned(), false)), external_id, self.world.now);
        let users = &mut self.world.project(id).unwrap().now.users;
        users.push(user);
        users.len() - 1
    }

    /// A login began a session, or none if no duration was asked for.
    fn logged_in(&mut self, id: &str, place: usize, body: &Value, minutes: Option<i64>) {
        match minutes {
            Some(minutes) => {
                self.begun(id, place, text(body, "/session/session_id"), text(body, "/session_token"), minutes);
            }
            None => assert_eq!((&body["session"], &body["session_token"]), (&Value::Null, &json!("")), "{body}"),
        }
        let now = self.world.now;
        agrees(&body["user"], &self.world.project(id).unwrap().now.users[place], now);
    }

    fn search(&mut self, project: &(String, String), name: &str) {
        let operand = json!({ "filter_name": "email_address", "filter_value": [address(name)] });
        let body = json!({ "query": { "operator": "AND", "operands": [operand] }, "limit": 1000 });
        let found = self.ask(project, ("users.search", "POST", SEARCH), &body, |project, _| {
            let has_it = |user: &&User| user.email.as_ref().is_some_and(|(email, ..)| *email == name);
            (OK, project.now.users.iter().filter(has_it).map(|user| user.id.clone()).collect::<Vec<_>>())
        });
        if let Some((body, expected)) = found {
            let results = body["results"].as_array().unwrap();
            assert_eq!(results.iter().map(|user| text(user, "/user_id")).collect::<Vec<_>>(), expected);
        }
    }

    fn list(&mut self, project: &(String, String), name: &str) {
        let path = format!("/v1/sessions?user_id={name}");
        let answer = self.ask(project, ("sessions.get", "GET", &path), &Value::Null, |project, now| {
            let Some(place) = project.place(name) else { return (USER_NOT_FOUND, Vec::new()) };
            let sessions = project.now.users[place].sessions.iter();
            let mut active: Vec<&Session> = sessions.filter(|session| session.is_active(now)).collect();
            active.sort_by_key(|session| (session.started_at, session.id.clone()));
            (OK, active.into_iter().map(listed).collect::<Vec<_>>())
        });
        if let Some((body, expected)) = answer {
            assert_eq!(body["sessions"].as_array().unwrap().iter().map(session_shown).collect::<Vec<_>>(), expected);
        }
    }

    /// The whole world as the control plane shows it is the model's.
    fn compare(&mut self) {
        let control = self.house.emulator.control();
        let now = self.world.now;
        assert_eq!(control.now(), time(now));
        let shown: Vec<Value> = control.faults().unwrap();
        let shown = shown.iter().map(|fault| json!([fault["id"], fault.get("operation"), fault["matched"], fault["hits"]]));
        let faults = self.world.faults.list.iter().chain(self.world.projects.iter().flat_map(|project| &project.now.faults.list));
        assert_eq!(shown.collect::<Vec<_>>(), faults.map(fault_view).collect::<Vec<_>>());
        let ids: Vec<String> = control.projects().into_iter().map(|project| project.project_id).collect();
        assert_eq!(ids, self.world.projects.iter().map(|project| project.id.clone()).collect::<Vec<_>>());
        for project in &mut self.world.projects {
            let control = control.of_project(&project.id);
            assert_eq!(control.bucket_level().unwrap(), u64::try_from(project.tokens(now)).ok(), "the bucket of {}", project.id);
            let state = control.state().unwrap();
            let shown = state["projects"][0]["users"].as_array().unwrap().iter().map(shown_user);
            assert_eq!(shown.collect::<Vec<_>>(), project.now.users.iter().map(user_view).collect::<Vec<_>>(), "{}", project.id);
        }
    }

    /// What the API tells of everybody, in every project that was ever there.
    fn ask_about_everybody(&mut self) {
        self.take(&Step::ClearFaults);
        let mut names: BTreeSet<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
        names.extend(self.users.iter().cloned());
        for number in 0..self.projects.len() {
            self.steer_project(number, &Steer::SetRate(Rate { per_hour: 1_000, burst: 1_000 }));
            let project = back(&self.projects, number).unwrap();
            for name in &names {
                self.list(&project, name);
            }
            for name in NAMES {
                self.search(&project, name);
            }
        }
        self.compare();
    }
}

fn new_user(id: String, email: Option<(&'static str, String, bool)>, external_id: Option<&'static str>, created_at: i64) -> User {
    User {
        id,
        external_id,
        first_name: "",
        created_at,
        email,
        password: None,
        failures: 0,
        locked_until: None,
        sessions: Vec::new(),
    }
}

fn fault_body(operation: Option<&str>, after: u64, times: u64) -> Value {
    json!({ "operation": operation, "after": after, "times": times, "error": "internal_server_error" })
}

fn listed(session: &Session) -> Value {
    json!([session.id, time(session.started_at), time(session.last_accessed_at), time(session.expires_at)])
}

fn session_shown(session: &Value) -> Value {
    json!([session["session_id"], session["started_at"], session["last_accessed_at"], session["expires_at"]])
}

/// A user as the API shows them is the model's.
fn agrees(shown: &Value, user: &User, now: i64) {
    let is_locked = user.locked_until.is_some_and(|end| now < end);
    let emails = user.email.iter().map(|(name, id, verified)| json!([address(name), id, verified])).collect::<Vec<_>>();
    let expected = json!([user.id, user.external_id, user.first_name, time(user.created_at), is_locked, emails]);
    let emails = shown["emails"].as_array().unwrap().iter();
    let emails = emails.map(|email| json!([email["email"], email["email_id"], email["verified"]])).collect::<Vec<_>>();
    let keys =
        [&shown["user_id"], &shown["external_id"], &shown["name"]["first_name"], &shown["created_at"], &shown["is_locked"]];
    assert_eq!(json!([keys[0], keys[1], keys[2], keys[3], keys[4], emails]), expected, "{shown}");
}

#[test]
fn random_sequences_of_calls_on_both_planes_agree_with_a_simple_model() {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let is_usual = std::env::var_os("PROPTEST_CASES").is_none() && config.rng_seed == RngSeed::Random;
    if is_usual {
        config = ProptestConfig { cases: CASES, rng_seed: RngSeed::Fixed(SEED), ..config };
    }
    let met = RefCell::default();
    let sequences = proptest::collection::vec(step(), 1..=STEPS);
    let outcome = TestRunner::new(config).run(&sequences, |steps| {
        let mut run = Run::new(&met);
        for step in &steps {
            run.take(step);
            run.compare();
        }
        run.ask_about_everybody();
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let met = met.into_inner();
    let missing: Vec<&str> = EXPECTED.iter().copied().filter(|expected| !met.contains(*expected)).collect();
    assert!(!is_usual || missing.is_empty(), "the sequences never came to {missing:?}, but to {met:#?}");
}

/// What the usual sequences come to, among other things.
const EXPECTED: [&str; 45] = [
    "DELETE projects 200",
    "DELETE snapshots 200",
    "DELETE users 200",
    "DELETE users 404",
    "POST faults 201",
    "POST projects 201",
    "POST reset 200",
    "POST reset 404",
    "POST sessions 200",
    "POST sessions 404",
    "POST sessions 409",
    "POST snapshots 200",
    "POST snapshots 404",
    "POST users 201",
    "POST users 404",
    "POST users 409",
    "PUT bucket 200",
    "otps.authenticate 200",
    "otps.authenticate 401 unable_to_auth_otp_code",
    "otps.authenticate 404 otp_code_not_found",
    "otps.email.loginOrCreate 200",
    "passwords.authenticate 200",
    "passwords.authenticate 400 no_user_password",
    "passwords.authenticate 400 reset_password",
    "passwords.authenticate 401 unauthorized_credentials",
    "passwords.authenticate 404 email_not_found",
    "passwords.authenticate 429 user_lock_limit_reached",
    "passwords.create 200",
    "passwords.create 400 duplicate_email",
    "passwords.create 400 weak_password",
    "sessions.authenticate 200",
    "sessions.authenticate 404 session_not_found",
    "sessions.get 200",
    "sessions.get 401 unauthorized_credentials",
    "sessions.get 429 too_many_requests",
    "sessions.get 500 internal_server_error",
    "sessions.migrate 200",
    "sessions.revoke 200",
    "sessions.revoke 404 session_not_found",
    "users.create 201",
    "users.create 400 duplicate_user_external_id",
    "users.delete 200",
    "users.search 200",
    "users.update 200",
    "users.update 400 duplicate_user_external_id",
];
