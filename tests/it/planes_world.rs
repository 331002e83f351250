//! What both planes do, in the simplest way there is: lists that are walked from end to end, copied whole by a snapshot.
//! Ids, tokens and codes are known from the answers alone.

use std::collections::BTreeMap;

use crate::world_model::{OK, Outcome, SESSION_NOT_FOUND, USER_NOT_FOUND};

/// What the seed says of locks, and of the bucket.
const LOCK_AFTER: u32 = 3;
const LOCK_SECONDS: i64 = 20 * 60;
pub const SEEDED_RATE: Rate = Rate { per_hour: 60, burst: 30 };

const NO_PROJECT: Outcome = "401 unauthorized_credentials";
const CODE_NOT_FOUND: Outcome = "404 otp_code_not_found";
const CODE_TOO_LATE: Outcome = "401 unable_to_auth_otp_code";
const LOCKED: Outcome = "429 user_lock_limit_reached";

#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    pub id: String,
    pub token: String,
    pub started_at: i64,
    pub last_accessed_at: i64,
    pub expires_at: i64,
    pub revoked_at: Option<i64>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Password {
    pub text: &'static str,
    pub requires_reset: bool,
}

/// A user; of addresses they have one at most.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    pub id: String,
    pub external_id: Option<&'static str>,
    pub first_name: &'static str,
    pub created_at: i64,
    /// The name before the `@`, the address's id, and whether it is verified.
    pub email: Option<(&'static str, String, bool)>,
    pub password: Option<Password>,
    pub failures: u32,
    pub locked_until: Option<i64>,
    pub sessions: Vec<Session>,
}

/// How fast a bucket fills, and how much it holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    pub per_hour: i64,
    pub burst: i64,
}

/// A scripted `internal_server_error`.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    pub id: u64,
    /// Of every operation if it names none.
    pub operation: Option<&'static str>,
    pub after: u64,
    pub times: u64,
    pub matched: u64,
    pub hits: u64,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Faults {
    last_id: u64,
    pub list: Vec<Fault>,
}

/// What a snapshot keeps of a project, and a reset goes back to.
#[derive(Debug, Clone)]
pub struct Kept {
    pub users: Vec<User>,
    pub faults: Faults,
    pub rate: Rate,
}

#[derive(Debug, Clone)]
struct Code {
    method_id: String,
    code: String,
    expires_at: i64,
    is_used: bool,
}

#[derive(Debug, Clone)]
pub struct Project {
    pub id: String,
    pub now: Kept,
    pub origin: Kept,
    /// In shares of a token, 3,600 of which are one: as many come in a second as tokens in an hour.
    level: i64,
    counted_at: i64,
    codes: Vec<Code>,
}

#[derive(Debug, Clone)]
struct Snapshot {
    /// Where the clock stood, if it was frozen.
    frozen_at: Option<i64>,
    faults: Faults,
    projects: Vec<Project>,
}

#[derive(Debug)]
pub struct World {
    pub now: i64,
    pub is_frozen: bool,
    pub projects: Vec<Project>,
    pub faults: Faults,
    snapshots: BTreeMap<(Option<String>, u8), Snapshot>,
    start: i64,
    seed: Project,
}

impl Session {
    pub fn is_active(&self, now: i64) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

impl User {
    fn is_locked(&self, now: i64) -> bool {
        self.locked_until.is_some_and(|end| now < end)
    }

    fn fail(&mut self, now: i64) {
        self.locked_until = None;
        self.failures += 1;
        if self.failures >= LOCK_AFTER {
            (self.failures, self.locked_until) = (0, Some(now + LOCK_SECONDS));
        }
    }

    /// Lets them in; of a session that begins then, the answer tells.
    fn succeed(&mut self) {
        (self.failures, self.locked_until) = (0, None);
    }
}

impl Faults {
    pub fn add(&mut self, operation: Option<&'static str>, after: u64, times: u64) {
        self.last_id += 1;
        self.list.push(Fault { id: self.last_id, operation, after, times, matched: 0, hits: 0 });
    }

    /// Whether one of them strikes; each that is not over counts.
    fn strike(&mut self, operation: &str) -> bool {
        let mut struck = false;
        for fault in &mut self.list {
            let fits = fault.operation.is_none_or(|named| named == operation);
            if fits && fault.hits < fault.times {
                fault.matched += 1;
                if fault.matched > fault.after && !struck {
                    fault.hits += 1;
                    struck = true;
                }
            }
        }
        struck
    }

    /// As they come back: numbers go on behind those that are there.
    fn restored(&self) -> Self {
        Self { last_id: self.list.iter().map(|fault| fault.id).max().unwrap_or(0), list: self.list.clone() }
    }
}

impl Project {
    /// At work: with a full bucket, and no code that was sent.
    pub fn of(id: &str, now: &Kept, origin: &Kept) -> Self {
        let now = Kept { faults: now.faults.restored(), ..now.clone() };
        Self { id: id.to_owned(), level: now.rate.burst * 3_600, counted_at: 0, now, origin: origin.clone(), codes: Vec::new() }
    }

    fn restored(&self) -> Self {
        Self::of(&self.id, &self.now, &self.origin)
    }

    fn refill(&mut self, now: i64) {
        let gained = (now - self.counted_at).max(0).saturating_mul(self.now.rate.per_hour);
        (self.level, self.counted_at) = (self.level.saturating_add(gained).min(self.now.rate.burst * 3_600), now);
    }

    /// The whole tokens in its bucket.
    pub fn tokens(&mut self, now: i64) -> i64 {
        self.refill(now);
        self.level / 3_600
    }

    pub fn set_rate(&mut self, rate: Rate, now: i64) {
        self.now.rate = rate;
        self.set_level(rate.burst, now);
    }

    pub fn set_level(&mut self, tokens: i64, now: i64) {
        (self.level, self.counted_at) = (tokens.min(self.now.rate.burst) * 3_600, now);
    }

    /// Where the user is who is called so.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.now.users.iter().position(|user| user.id == name || user.external_id == Some(name))
    }

    fn by_email(&mut self, email: &str) -> Option<&mut User> {
        self.now.users.iter_mut().find(|user| user.email.as_ref().is_some_and(|(name, ..)| *name == email))
    }

    pub fn session(&mut self, id_or_token: &str) -> Option<&mut Session> {
        let mut sessions = self.now.users.iter_mut().flat_map(|user| &mut user.sessions);
        sessions.find(|session| session.id == id_or_token || session.token == id_or_token)
    }

    /// What stands in the way of an external id or an address that somebody wants, who may have it already.
    fn taken(&self, email: Option<&str>, external_id: Option<&str>, place: Option<usize>) -> Option<Outcome> {
        let others = || self.now.users.iter().enumerate().filter(|(other, _)| Some(*other) != place).map(|(_, user)| user);
        if email.is_some() && others().any(|user| user.email.as_ref().map(|(name, ..)| *name) == email) {
            return Some("400 duplicate_email");
        }
        let is_called = |user: &User| user.external_id == external_id;
        (external_id.is_some() && others().any(is_called)).then_some("400 duplicate_user_external_id")
    }

    pub fn create(&self, email: &str, external_id: Option<&str>) -> Outcome {
        self.taken(Some(email), external_id, None).unwrap_or("201")
    }

    pub fn update(&mut self, name: &str, first_name: Option<&'static str>, external_id: Option<&'static str>) -> Outcome {
        let Some(place) = self.place(name) else { return USER_NOT_FOUND };
        if let Some(taken) = self.taken(None, external_id, Some(place)) {
            return taken;
        }
        let user = &mut self.now.users[place];
        user.first_name = first_name.unwrap_or(user.first_name);
        user.external_id = external_id.or(user.external_id);
        OK
    }

    pub fn delete(&mut self, name: &str) -> Outcome {
        let Some(place) = self.place(name) else { return USER_NOT_FOUND };
        self.now.users.remove(place);
        OK
    }

    pub fn authenticate(&mut self, token: &str, minutes: Option<i64>, now: i64) -> Outcome {
        let Some(session) = self.session(token).filter(|session| session.is_active(now)) else { return SESSION_NOT_FOUND };
        session.last_accessed_at = now;
        session.expires_at = minutes.map_or(session.expires_at, |minutes| session.started_at.max(now + minutes * 60));
        OK
    }

    pub fn revoke(&mut self, id: &str, now: i64) -> Outcome {
        let Some(session) = self.session(id).filter(|session| session.is_active(now)) else { return SESSION_NOT_FOUND };
        session.revoked_at = Some(now);
        OK
    }

    /// By the control plane, which revokes what is over, too.
    pub fn steer_revoke(&mut self, id: &str, now: i64) -> u16 {
        let Some(session) = self.session(id) else { return 404 };
        session.revoked_at.get_or_insert(now);
        200
    }

    pub fn steer_expire(&mut self, id: &str, now: i64) -> u16 {
        match self.session(id) {
            None => 404,
            Some(session) if session.started_at > now => 409,
            Some(session) => {
                session.expires_at = session.expires_at.min(now);
                200
            }
        }
    }

    pub fn sign_up(&self, email: &str, is_weak: bool) -> Outcome {
        match self.taken(Some(email), None, None) {
            Some(taken) => taken,
            None if is_weak => "400 weak_password",
            None => OK,
        }
    }

    pub fn log_in(&mut self, email: &str, password: &str, now: i64) -> Outcome {
        let Some(user) = self.by_email(email) else { return "404 email_not_found" };
        if user.is_locked(now) {
            return LOCKED;
        }
        match &user.password {
            None => "400 no_user_password",
            Some(right) if right.text != password => {
                user.fail(now);
                "401 unauthorized_credentials"
            }
            Some(right) if right.requires_reset => "400 reset_password",
            Some(_) => {
                user.succeed();
                OK
            }
        }
    }

    pub fn code_sent(&mut self, method_id: String, code: String, expires_at: i64) {
        self.codes.retain(|sent| sent.method_id != method_id);
        self.codes.push(Code { method_id, code, expires_at, is_used: false });
    }

    /// Whoever has the address; whether this proves it for the first time to somebody who has a password.
    pub fn redeem(&mut self, method_id: &str, code: &str, now: i64) -> (Outcome, Option<usize>, bool) {
        let has_it = |user: &User| user.email.as_ref().is_some_and(|(_, id, _)| id == method_id);
        let Some(place) = self.now.users.iter().position(has_it) else { return (CODE_NOT_FOUND, None, false) };
        let user = &mut self.now.users[place];
        if user.is_locked(now) {
            return (LOCKED, None, false);
        }
        let sent = self.codes.iter_mut().find(|sent| sent.method_id == method_id && sent.code == code);
        let refusal = match &sent {
            None => Some(CODE_NOT_FOUND),
            Some(sent) => (sent.is_used || now >= sent.expires_at).then_some(CODE_TOO_LATE),
        };
        if let Some(refusal) = refusal {
            user.fail(now);
            return (refusal, None, false);
        }
        user.succeed();
        sent.expect("it is right").is_used = true;
        let is_verified = user.email.as_mut().map(|(.., is_verified)| std::mem::replace(is_verified, true));
        let distrusts = is_verified == Some(false) && user.password.is_some();
        if distrusts {
            user.sessions.iter_mut().filter(|session| session.is_active(now)).for_each(|session| session.revoked_at = Some(now));
            user.password.as_mut().expect("there is one").requires_reset = true;
        }
        (OK, Some(place), distrusts)
    }
}

impl World {
    pub fn new(start: i64, seed: Project) -> Self {
        Self {
            now: start,
            is_frozen: true,
            projects: vec![seed.clone()],
            faults: Faults::default(),
            snapshots: BTreeMap::new(),
            start,
            seed,
        }
    }

    pub fn project(&mut self, id: &str) -> Option<&mut Project> {
        self.projects.iter_mut().find(|project| project.id == id)
    }

    /// What stands before every operation: credentials, faults, the bucket. The project if nothing does, or else the
    /// refusal and the seconds after which to come back.
    pub fn enter(&mut self, id: &str, operation: &'static str) -> Result<&mut Project, (Outcome, Option<i64>)> {
        let now = self.now;
        let Some(project) = self.projects.iter_mut().find(|project| project.id == id) else { return Err((NO_PROJECT, None)) };
        if project.now.faults.strike(operation) || self.faults.strike(operation) {
            return Err(("500 internal_server_error", None));
        }
        project.refill(now);
        if project.level < 3_600 {
            let missing = 3_600 - project.level;
            let per_hour = project.now.rate.per_hour;
            return Err(("429 too_many_requests", Some((missing + per_hour - 1) / per_hour)));
        }
        project.level -= 3_600;
        Ok(project)
    }

    pub fn reset(&mut self) {
        (self.now, self.is_frozen) = (self.start, true);
        (self.projects, self.faults) = (vec![self.seed.clone()], Faults::default());
    }

    pub fn reset_project(&mut self, id: &str) -> u16 {
        let Some(project) = self.project(id) else { return 404 };
        *project = Project::of(id, &project.origin, &project.origin);
        200
    }

    pub fn add_project(&mut self, id: &str) {
        self.projects.push(Project { id: id.to_owned(), ..self.seed.clone() });
    }

    pub fn delete_project(&mut self, id: &str) -> u16 {
        if self.project(id).is_none() {
            return 404;
        }
        self.projects.retain(|project| project.id != id);
        self.snapshots.retain(|(of, _), _| of.as_deref() != Some(id));
        200
    }

    pub fn save(&mut self, name: u8, id: Option<&str>) -> u16 {
        let projects: Vec<_> = self.projects.iter().filter(|project| id.is_none_or(|id| project.id == id)).cloned().collect();
        if projects.is_empty() && id.is_some() {
            return 404;
        }
        let frozen_at = self.is_frozen.then_some(self.now);
        self.snapshots.insert((id.map(str::to_owned), name), Snapshot { frozen_at, faults: self.faults.clone(), projects });
        200
    }

    pub fn restore(&mut self, name: u8, id: Option<&str>) -> u16 {
        let own = self.snapshots.get(&(id.map(str::to_owned), name));
        let Some(snapshot) = own.or_else(|| self.snapshots.get(&(None, name))).cloned() else { return 404 };
        let Some(id) = id else {
            self.projects = snapshot.projects.iter().map(Project::restored).collect();
            self.faults = snapshot.faults.restored();
            if let Some(at) = snapshot.frozen_at {
                (self.now, self.is_frozen) = (at, true);
            }
            return 200;
        };
        let Some(saved) = snapshot.projects.iter().find(|project| project.id == id) else { return 404 };
        match self.project(id) {
            Some(project) => *project = saved.restored(),
            None => self.projects.push(saved.restored()),
        }
        200
    }

    pub fn drop_snapshot(&mut self, name: u8, id: Option<&str>) -> u16 {
        self.snapshots.remove(&(id.map(str::to_owned), name)).map_or(404, |_| 200)
    }
}
