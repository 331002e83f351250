//! Random sequences of operations, with the clock moving in between, against a model of the world: the same answers,
//! thousands of times. A failure names its seed and its last steps; `MODEL_SEED=… cargo test --test it model` repeats it.

use std::collections::{BTreeSet, VecDeque};
use std::thread;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::Response;
use crate::fixture::{NOW, STRANGER};
use crate::life::{AUTHENTICATE, Caller, EXCHANGE, MIGRATE, REVOKE, SEARCH, STRANGE_TOKEN, text};
use crate::world_model::{Model, Outcome, Renewal, SESSION_NOT_FOUND, START, USER_NOT_FOUND, User};

const STEPS: usize = 600;
const ACCESS_TOKENS: usize = 300;

/// The names that external ids, addresses and tokens are made of; few, so that they meet.
const NAMES: [&str; 6] = ["ada", "bea", "cleo", "dora", "elsa", "fay"];

struct Run {
    caller: Caller,
    model: Model,
    random: StdRng,
    seed: u64,
    /// The last steps, for whoever has to understand a failure.
    trail: VecDeque<String>,
    /// What the model has foretold so far, operation by operation.
    met: BTreeSet<(&'static str, Outcome)>,
    operation: &'static str,
}

/// An external token of every name, and an access token issued every 300 seconds.
fn world() -> String {
    let external = NAMES.map(|name| json!({ "token": format!("external-{name}"), "user_id": name }));
    let access: Vec<Value> = (0..ACCESS_TOKENS)
        .map(|number| {
            let issued_at = crate::world_model::time(issued_at(number));
            json!({ "token": format!("access-{number}"), "user_id": NAMES[number % NAMES.len()], "issued_at": issued_at })
        })
        .collect();
    json!({ "projects": [{ "rate_limit": "off", "external_session_tokens": external, "access_tokens": access }] }).to_string()
}

fn issued_at(access_token: usize) -> i64 {
    START + i64::try_from(access_token).unwrap() * 300
}

impl Run {
    fn new(seed: u64) -> Self {
        let caller = Caller::of(Emulator::builder().seed_json(world()).clock(NOW).id_seed(seed));
        Self {
            caller,
            model: Model::new(),
            random: StdRng::seed_from_u64(seed),
            seed,
            trail: VecDeque::new(),
            met: BTreeSet::new(),
            operation: "",
        }
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.random.random_range(0..100) < percent
    }

    fn below(&mut self, end: usize) -> usize {
        self.random.random_range(0..end)
    }

    fn name(&mut self) -> &'static str {
        NAMES[self.below(NAMES.len())]
    }

    /// How a request calls somebody who is there, was there, or never was.
    fn somebody(&mut self) -> String {
        if self.model.users.is_empty() || self.chance(5) {
            return STRANGER.to_owned();
        }
        if self.chance(40) {
            return self.name().to_owned();
        }
        let place = self.below(self.model.users.len());
        self.model.users[place].id.clone()
    }

    /// Some session that there is or was.
    fn some_session(&mut self) -> Option<(usize, usize)> {
        let users = &self.model.users;
        let places: Vec<(usize, usize)> = users
            .iter()
            .enumerate()
            .flat_map(|(user, each)| (0..each.sessions.len()).map(move |session| (user, session)))
            .collect();
        if places.is_empty() { None } else { Some(places[self.below(places.len())]) }
    }

    fn claims(&mut self) -> Value {
        let mut claims = json!({});
        for _ in 0..self.below(4) {
            let key = ["a", "b", "c"][self.below(3)];
            let value = match self.below(5) {
                0 => Value::Null,
                1 => json!(self.below(1000)),
                2 => json!([null, "x"]),
                3 => json!({ "x": self.below(10), "y": null }),
                _ => json!({ "y": { "z": true }, "x": null }),
            };
            claims[key] = value;
        }
        claims
    }

    /// Asks for a lifetime, for claims, for both or for neither; and says so in a body.
    fn renewal(&mut self, body: &mut Value) -> Renewal {
        let minutes = if self.chance(40) { Some([5, 6, 30, 90, 600][self.below(5)]) } else { None };
        let claims = if self.chance(40) { Some(self.claims()) } else { None };
        body["session_duration_minutes"] = json!(minutes);
        body["session_custom_claims"] = json!(claims);
        Renewal { minutes, claims }
    }

    fn call(&mut self, method: &str, path: &str, body: &Value) -> Response {
        let response = self.caller.call(method, path, body);
        if self.trail.len() == 12 {
            self.trail.pop_front();
        }
        self.trail.push_back(format!("{} {method} {path} {body} → {}", self.model.now - START, response.outcome()));
        response
    }

    #[expect(clippy::needless_pass_by_value, reason = "as assert_eq! takes them")]
    fn agree<T: PartialEq + std::fmt::Debug>(&self, answered: T, expected: T) {
        let trail: Vec<&str> = self.trail.iter().map(String::as_str).collect();
        assert_eq!(answered, expected, "MODEL_SEED={}, after\n{}", self.seed, trail.join("\n"));
    }

    /// The emulator's answer to a request whose outcome the model knows; whether it was a success.
    fn expect(&mut self, response: &Response, expected: Outcome) -> bool {
        self.agree(response.outcome().as_str(), expected);
        self.met.insert((self.operation, expected));
        response.status < 300
    }

    fn step(&mut self) {
        let (operation, step): (_, fn(&mut Self)) = match self.below(100) {
            0..10 => ("create", Self::create),
            10..18 => ("update", Self::update),
            18..21 => ("delete", Self::delete),
            21..23 => ("delete external id", Self::delete_external_id),
            23..31 => ("put session", Self::put_session),
            31..35 => ("migrate", Self::migrate),
            35..41 => ("exchange", Self::exchange),
            41..66 => ("authenticate", Self::authenticate),
            66..74 => ("revoke", Self::revoke),
            74..83 => ("list", Self::list),
            83..87 => ("search", Self::search),
            87..99 => ("advance", Self::advance),
            _ => ("restart", Self::restart),
        };
        self.operation = operation;
        step(self);
    }

    fn create(&mut self) {
        let mut email = format!("{}@example.com", self.name());
        if self.chance(50) {
            email = email.to_uppercase();
        }
        let external_id = if self.chance(50) { Some(self.name()) } else { None };
        let metadata = json!({ "made_at": self.model.now });
        let body = json!({ "email": email, "external_id": external_id, "trusted_metadata": metadata });
        let expected = self.model.create(&email, external_id);
        let response = self.call("POST", "/v1/users", &body);
        if self.expect(&response, expected) {
            let user = User {
                id: text(&response.json(), "/user_id").to_owned(),
                created_at: self.model.now,
                email,
                external_id: external_id.map(str::to_owned),
                first_name: String::new(),
                metadata,
                sessions: Vec::new(),
                is_deleted: false,
            };
            self.agree(part_of(&response.json()["user"], &user.fields()), user.fields());
            self.model.users.push(user);
        }
    }

    fn update(&mut self) {
        let name = self.somebody();
        let first_name = if self.chance(50) { Some(self.name()) } else { None };
        let external_id = if self.chance(30) { Some(self.name()) } else { None };
        let metadata = self.claims();
        let body = json!({ "name": { "first_name": first_name }, "external_id": external_id, "trusted_metadata": metadata });
        let response = self.call("PUT", &format!("/v1/users/{name}"), &body);
        let id = self.model.user(&name).map(|place| self.model.users[place].id.clone());
        let expected = self.model.update(&name, first_name, external_id, &metadata);
        if self.expect(&response, expected) {
            let fields = self.model.users[self.model.user(&id.unwrap()).unwrap()].fields();
            self.agree(part_of(&response.json()["user"], &fields), fields);
        }
    }

    fn delete(&mut self) {
        let name = self.somebody();
        let response = self.call("DELETE", &format!("/v1/users/{name}"), &Value::Null);
        let expected = self.model.delete(&name);
        self.expect(&response, expected);
    }

    fn delete_external_id(&mut self) {
        let name = self.somebody();
        let response = self.call("DELETE", &format!("/v1/users/{name}/external_id"), &Value::Null);
        let expected = self.model.delete_external_id(&name);
        self.expect(&response, expected);
    }

    /// A session that the test puts there, as a suite does that has no login of its own.
    fn put_session(&mut self) {
        let living: Vec<usize> = (0..self.model.users.len()).filter(|place| !self.model.users[*place].is_deleted).collect();
        if living.is_empty() {
            return;
        }
        let place = living[self.below(living.len())];
        let minutes = i64::try_from(1 + self.below(120)).unwrap();
        let path = format!("/__mock/users/{}/sessions", self.model.users[place].id);
        let body = json!({ "expires_at": format!("+{minutes}m") }).to_string();
        let session = self.caller.house.client.steered("POST", &path, body);
        let renewal = Renewal { minutes: Some(minutes), claims: None };
        self.model.begin(place, text(&session, "/session_id"), text(&session, "/session_token"), &renewal);
    }

    fn begun(&mut self, owner: usize, response: &Response, renewal: &Renewal) {
        let body = response.json();
        self.model.begin(owner, text(&body, "/session/session_id"), text(&body, "/session_token"), renewal);
        let user = &self.model.users[owner];
        let fields = user.sessions.last().unwrap().fields(&user.id);
        self.agree(part_of(&body["session"], &fields), fields);
    }

    fn migrate(&mut self) {
        let name = self.name();
        let mut body = json!({ "session_token": format!("external-{name}") });
        let renewal = self.renewal(&mut body);
        let response = self.call("POST", MIGRATE, &body);
        match self.model.user(name) {
            Some(owner) if self.expect(&response, "200") => self.begun(owner, &response, &renewal),
            Some(_) => {}
            None => drop(self.expect(&response, "400 migrate_from_external_email_does_not_exist")),
        }
    }

    fn exchange(&mut self) {
        // one of about this time
        let current = usize::try_from((self.model.now - START) / 300).unwrap();
        let number = (current + self.below(4)).saturating_sub(2).min(ACCESS_TOKENS - 1);
        let token = format!("access-{number}");
        let mut body = json!({ "access_token": token });
        let renewal = self.renewal(&mut body);
        let response = self.call("POST", EXCHANGE, &body);
        if self.model.now - issued_at(number) > 300 {
            self.expect(&response, "400 oauth_access_token_exchange_token_too_old");
            return;
        }
        let Some(owner) = self.model.user(NAMES[number % NAMES.len()]) else {
            self.expect(&response, USER_NOT_FOUND);
            return;
        };
        if !self.model.used_tokens.insert(token) {
            self.expect(&response, "404 idp_access_token_could_not_be_exchanged");
        } else if self.expect(&response, "200") {
            self.begun(owner, &response, &renewal);
        }
    }

    fn authenticate(&mut self) {
        let Some(place) = self.some_session() else {
            let response = self.call("POST", AUTHENTICATE, &json!({ "session_token": STRANGE_TOKEN }));
            self.expect(&response, SESSION_NOT_FOUND);
            return;
        };
        let session = &self.model.users[place.0].sessions[place.1];
        let (token, jwt) = (session.token.clone(), session.jwt.clone());
        let jwt = jwt.filter(|_| self.chance(40));
        let mut body = if let Some(jwt) = &jwt { json!({ "session_jwt": jwt }) } else { json!({ "session_token": token }) };
        let renewal = self.renewal(&mut body);
        let response = self.call("POST", AUTHENTICATE, &body);
        let expected = self.model.authenticate(place, &renewal);
        if self.expect(&response, expected) {
            let body = response.json();
            let user = &self.model.users[place.0];
            let fields = user.sessions[place.1].fields(&user.id);
            self.agree(part_of(&body["session"], &fields), fields);
            self.agree(part_of(&body["user"], &user.fields()), user.fields());
            self.agree(text(&body, "/session_token"), if jwt.is_some() { "" } else { &token });
            self.model.users[place.0].sessions[place.1].jwt = Some(text(&body, "/session_jwt").to_owned());
        }
    }

    fn revoke(&mut self) {
        let Some(place) = self.some_session() else { return };
        let session = &self.model.users[place.0].sessions[place.1];
        let (id, token, jwt) = (session.id.clone(), session.token.clone(), session.jwt.clone());
        let body = match (self.below(3), jwt) {
            (0, Some(jwt)) => json!({ "session_jwt": jwt }),
            (1, _) => json!({ "session_token": token }),
            _ => json!({ "session_id": id }),
        };
        let response = self.call("POST", REVOKE, &body);
        let expected = self.model.revoke(place);
        self.expect(&response, expected);
    }

    fn list(&mut self) {
        let name = self.somebody();
        let response = self.call("GET", &format!("/v1/sessions?user_id={name}"), &Value::Null);
        match self.model.user(&name) {
            Some(place) => {
                self.expect(&response, "200");
                let body = response.json();
                let expected = self.model.listed(place);
                let sessions = body["sessions"].as_array().unwrap();
                self.agree(sessions.len(), expected.len());
                for (session, expected) in sessions.iter().zip(expected) {
                    self.agree(part_of(session, &expected), expected);
                }
            }
            None => drop(self.expect(&response, USER_NOT_FOUND)),
        }
    }

    fn search(&mut self) {
        let name = self.name();
        let since = self.model.now - 1_800;
        let (filter, value, expected) = match self.below(4) {
            0 => ("user_id", json!([name, "nobody"]), self.model.found(|user| user.external_id.as_deref() == Some(name))),
            1 => ("full_name_fuzzy", json!(name), self.model.found(|user| user.first_name == name)),
            2 => {
                let email = format!("{name}@Example.com");
                ("email_address", json!([email]), self.model.found(|user| user.email.eq_ignore_ascii_case(&email)))
            }
            _ => {
                let value = json!(crate::world_model::time(since));
                ("created_at_greater_than", value, self.model.found(|user| user.created_at > since))
            }
        };
        let query = json!({ "operator": "AND", "operands": [{ "filter_name": filter, "filter_value": value }] });
        let body = json!({ "query": query, "limit": 1000 });
        let response = self.call("POST", SEARCH, &body);
        self.expect(&response, "200");
        let results = response.json()["results"].as_array().unwrap().clone();
        self.agree(results.iter().map(|user| text(user, "/user_id").to_owned()).collect::<Vec<_>>(), expected);
    }

    fn advance(&mut self) {
        let seconds = [1, 1, 30, 60, 299, 300, 600, 1_800, 3_600, 7_200, -1, -600, -3_600][self.below(13)];
        let seconds = seconds.max(START - self.model.now);
        self.caller.advance(&format!("{}{}s", if seconds < 0 { "-" } else { "" }, seconds.abs()));
        self.model.now += seconds;
        self.trail.push_back(format!("the clock moves by {seconds} s"));
    }

    /// Everything, in one emulator after another.
    fn restart(&mut self) {
        let state = self.caller.state();
        self.caller = Caller::of(Emulator::builder().seed_json(state.to_string()).id_seed(self.random.random()));
        let restarted = self.caller.state();
        self.agree(restarted, state);
        self.trail.push_back("restarted from its state".to_owned());
        let expected = self.model.found(|_| true);
        let response = self.call("POST", SEARCH, &json!({ "limit": 1000 }));
        let results = response.json()["results"].as_array().unwrap().clone();
        self.agree(results.len(), expected.len());
        for (result, id) in results.iter().zip(&expected) {
            let user = self.model.living().find(|user| user.id == *id).unwrap().fields();
            self.agree(part_of(result, &user), user);
        }
    }
}

/// Of what the emulator says, that of which the model knows something.
fn part_of(answer: &Value, known: &Value) -> Value {
    let keys = known.as_object().unwrap().keys();
    keys.map(|key| (key.clone(), answer[key].clone())).collect::<serde_json::Map<_, _>>().into()
}

#[test]
fn random_sequences_of_operations_agree_with_a_simple_model() {
    let chosen = std::env::var("MODEL_SEED").ok().map(|seed| vec![seed.parse().expect("MODEL_SEED is a number")]);
    let is_chosen = chosen.is_some();
    let play = |seed| {
        let mut run = Run::new(seed);
        (0..STEPS).for_each(|_| run.step());
        run.restart();
        run.met
    };
    let met: BTreeSet<_> = thread::scope(|scope| {
        let runs: Vec<_> =
            chosen.unwrap_or_else(|| vec![1, 2, 3, 4]).into_iter().map(|seed| scope.spawn(move || play(seed))).collect();
        runs.into_iter().flat_map(|run| run.join().unwrap()).collect()
    });
    let expected = [
        ("authenticate", "200"),
        ("authenticate", SESSION_NOT_FOUND),
        ("create", "201"),
        ("create", "400 duplicate_email"),
        ("create", "400 duplicate_user_external_id"),
        ("delete", "200"),
        ("delete", USER_NOT_FOUND),
        ("delete external id", "200"),
        ("delete external id", USER_NOT_FOUND),
        ("exchange", "200"),
        ("exchange", "400 oauth_access_token_exchange_token_too_old"),
        ("exchange", "404 idp_access_token_could_not_be_exchanged"),
        ("exchange", USER_NOT_FOUND),
        ("list", "200"),
        ("list", USER_NOT_FOUND),
        ("migrate", "200"),
        ("migrate", "400 migrate_from_external_email_does_not_exist"),
        ("revoke", "200"),
        ("revoke", SESSION_NOT_FOUND),
        ("search", "200"),
        ("update", "200"),
        ("update", "400 duplicate_user_external_id"),
        ("update", USER_NOT_FOUND),
    ];
    assert!(is_chosen || met.iter().eq(&expected), "the sequences went elsewhere: {met:#?}");
}
