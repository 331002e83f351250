//! A project in a seed, with all that it brings along but its users, who are read one by one.

use std::sync::Arc;

use serde_json::{Value, json};

use super::authorization::{self, AuthorizationEntry};
use super::bootstrap;
use super::connected_app::{self, ConnectedAppEntry};
use super::external_token::{self, AccessTokenEntry, ExternalTokenEntry, TokenLists, TrustedTokenEntry};
use super::fault::{FaultEntry, rule_json};
use super::fraud::{self, FraudEntry};
use super::impersonation_token::{self, ImpersonationTokenEntry};
use super::m2m_client::{self, M2mClientEntry};
use super::node::Node;
use super::oauth_identity::{self, OAuthIdentityEntry};
use super::object::seed_object;
use super::passkey::{self, PasskeysEntry};
use super::password_strength;
use super::path::Path;
use super::rbac_policy::{self, PolicyEntry};
use super::redirect_url::{self, RedirectUrlEntry};
use super::report::Report;
use super::user::{self, UserEntry};
use super::user_lock;
use super::value::{SeedValue, Unread};
use crate::domain::bootstrap::Bootstrap;
use crate::domain::bucket::RateSetting;
use crate::domain::fault::Fault;
use crate::domain::frozen_project::FrozenProject;
use crate::domain::frozen_users::FrozenUsers;
use crate::domain::id::{Environment, ProjectId};
use crate::domain::id_generator::IdGenerator;
use crate::domain::login_settings::LoginSettings;
use crate::domain::oauth_clients::{FrozenOAuthClients, OAuthClients};
use crate::domain::operation::Operation;
use crate::domain::password_strength::StrengthPolicy;
use crate::domain::project::Project;
use crate::domain::secret::Secret;
use crate::domain::signing_key::SigningKey;
use crate::domain::timestamp::Timestamp;
use crate::domain::user_lock::UserLockPolicy;

seed_object! {
    /// A project with its credentials, its rate limit and its users.
    ProjectEntry, "a project" {
        /// What an app calls its project id. Default: the built-in project's.
        project_id: Option<ProjectId>,
        /// The secrets that prove the project. Default: the built-in project's.
        secrets: Option<Vec<Secret>>,
        /// The project's token bucket: `{"per_second": 50, "burst": 100}`, `600/m`, `off`. Default: `--rate-limit`.
        rate_limit: Option<RateSetting>,
        /// The RSA private key (PEM) that signs session JWTs. Default: the built-in, published test key.
        signing_key: Option<Arc<SigningKey>>,
        /// The users.
        users: Option<Unread<UserEntry>>,
        /// Faults that strike the project's requests.
        faults: Option<Vec<FaultEntry>>,
        /// Which role may do what; paste the vendor's policy. Default: no role may do anything.
        rbac_policy: Option<PolicyEntry>,
        /// Other vendors' session tokens that `sessions.migrate` takes.
        external_session_tokens: Option<Vec<ExternalTokenEntry>>,
        /// Access tokens that `sessions.exchange_access_token` takes.
        access_tokens: Option<Vec<AccessTokenEntry>>,
        /// What browsers name the project by. Default: `public-token-test-` and the end of the project id.
        public_tokens: Option<Vec<String>>,
        /// Where links and providers may send browsers. Default: anywhere.
        redirect_urls: Option<Vec<RedirectUrlEntry>>,
        /// Trusted auth tokens that `sessions.attest` takes.
        trusted_auth_tokens: Option<Vec<TrustedTokenEntry>>,
        /// Who can be chosen on the page of an OAuth login. Default: one person, at every provider.
        oauth_identities: Option<Vec<OAuthIdentityEntry>>,
        /// What the users' passwords have to be like. Default: a zxcvbn score of 3.
        password_strength: Option<StrengthPolicy>,
        /// Tokens by which users can be impersonated.
        impersonation_tokens: Option<Vec<ImpersonationTokenEntry>>,
        /// What is known and was decided about devices and addresses.
        fraud: Option<FraudEntry>,
        /// What is asked of passkeys, and waited for.
        webauthn: Option<PasskeysEntry>,
        /// When a user is locked. Default: `{"after": 10, "for": "1h"}`.
        user_lock: Option<UserLockPolicy>,
        /// What pages are told of the project.
        bootstrap: Option<Bootstrap>,
        /// Machine clients. Default: none.
        m2m_clients: Option<Vec<M2mClientEntry>>,
        /// What makes the custom claims of their tokens, such as `{"plan": {{ client.trusted_metadata.plan }}}`. Default: none.
        m2m_claims_template: Option<String>,
        /// Apps that users can let in. Default: none.
        connected_apps: Option<Vec<ConnectedAppEntry>>,
        /// What users let them do. Default: nothing.
        authorizations: Option<Vec<AuthorizationEntry>>,
        /// The customer's own page of consent, for discovery. Default: the emulator's.
        authorization_url: Option<String>,
    }
}

impl SeedValue for Secret {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let text = node.text(report)?;
        let secret = Secret::parse(&text);
        if secret.is_none() {
            report.add(node.path(), "a secret can't be empty");
        }
        secret
    }

    fn schema() -> Value {
        json!({ "type": "string", "minLength": 1 })
    }
}

impl SeedValue for Arc<SigningKey> {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let pem = node.text(report)?;
        // the text is a secret: a message about it doesn't repeat it
        let key = SigningKey::from_pem(&pem).map_err(|error| report.add(node.path(), error.to_string()));
        key.ok().map(Arc::new)
    }

    fn schema() -> Value {
        json!({ "type": "string", "pattern": "^-----BEGIN (RSA )?PRIVATE KEY-----" })
    }
}

impl ProjectEntry {
    /// Reports what the entry says that can't be; a fault aims at `operations`.
    pub fn check(&self, operations: &[Operation], path: &Path<'_>, report: &mut Report<'_>) {
        if self.secrets.as_ref().is_some_and(Vec::is_empty) {
            report.add(&path.key("secrets"), "a project needs at least one secret; leave the key out for the default one");
        }
        self.tokens().check(path, report);
        oauth_identity::check(self.oauth_identities.as_deref().unwrap_or_default(), &path.key("oauth_identities"), report);
        m2m_client::check(self.m2m_clients.as_deref().unwrap_or_default(), &path.key("m2m_clients"), report);
        connected_app::check(self.connected_apps.as_deref().unwrap_or_default(), &path.key("connected_apps"), report);
        authorization::check(self.authorizations.as_deref().unwrap_or_default(), &path.key("authorizations"), report);
        m2m_client::check_template(self.m2m_claims_template.as_ref(), &path.key("m2m_claims_template"), report);
        impersonation_token::check(self.impersonation_tokens.as_deref().unwrap_or_default(), path, report);
        if let Some(fraud) = &self.fraud {
            fraud.check(&path.key("fraud"), report);
        }
        if let Some(webauthn) = &self.webauthn {
            webauthn.check(&path.key("webauthn"), report);
        }
        redirect_url::check(self.redirect_urls.as_deref().unwrap_or_default(), path, report);
        if self.public_tokens.iter().flatten().any(String::is_empty) {
            report.add(&path.key("public_tokens"), "a public token can't be empty");
        }
        let faults = path.key("faults");
        for (index, fault) in self.faults.iter().flatten().enumerate() {
            fault.check(operations, &faults.index(index), report);
            if fault.project_id.as_ref().is_some_and(|id| Some(id) != self.project_id.as_ref()) {
                report.add(&faults.index(index), "a fault of a project strikes the requests of that project");
            }
        }
    }

    /// Other parties' tokens.
    #[must_use]
    pub fn tokens(&self) -> TokenLists<'_> {
        TokenLists {
            external_session_tokens: self.external_session_tokens.as_deref().unwrap_or_default(),
            access_tokens: self.access_tokens.as_deref().unwrap_or_default(),
            trusted_auth_tokens: self.trusted_auth_tokens.as_deref().unwrap_or_default(),
        }
    }

    /// Adds what a second file says of a project; where it says something else, `clash` is told the key.
    pub fn join(&mut self, second: Self, mut clash: impl FnMut(&str, &str)) {
        match (self.rate_limit, second.rate_limit) {
            (Some(one), Some(two)) if one != two => clash("rate_limit", &format!("rate_limit {one}")),
            (one, two) => self.rate_limit = one.or(two),
        }
        match (&self.password_strength, second.password_strength) {
            (Some(one), Some(two)) if *one != two => clash("password_strength", "another password_strength"),
            (None, two) => self.password_strength = two,
            _ => {}
        }
        match (self.user_lock, second.user_lock) {
            (Some(one), Some(two)) if one != two => clash("user_lock", "another user_lock"),
            (one, two) => self.user_lock = one.or(two),
        }
        match (&self.m2m_claims_template, second.m2m_claims_template) {
            (Some(one), Some(two)) if *one != two => clash("m2m_claims_template", "another m2m_claims_template"),
            (None, two) => self.m2m_claims_template = two,
            _ => {}
        }
        let known: Vec<&String> = self.m2m_clients.iter().flatten().filter_map(|client| client.client_id.as_ref()).collect();
        for id in second.m2m_clients.iter().flatten().filter_map(|client| client.client_id.as_ref()) {
            if known.contains(&id) {
                clash("m2m_clients", &format!("an M2M client {id}"));
            }
        }
        append(&mut self.m2m_clients, second.m2m_clients);
        let known: Vec<&String> = self.connected_apps.iter().flatten().filter_map(|app| app.client_id.as_ref()).collect();
        for id in second.connected_apps.iter().flatten().filter_map(|app| app.client_id.as_ref()) {
            if known.contains(&id) {
                clash("connected_apps", &format!("a Connected App {id}"));
            }
        }
        match (&self.authorization_url, second.authorization_url) {
            (Some(one), Some(two)) if *one != two => clash("authorization_url", "another authorization_url"),
            (None, two) => self.authorization_url = two,
            _ => {}
        }
        append(&mut self.connected_apps, second.connected_apps);
        append(&mut self.authorizations, second.authorizations);
        match (&self.bootstrap, second.bootstrap) {
            (Some(one), Some(two)) if *one != two => clash("bootstrap", "another bootstrap"),
            (None, two) => self.bootstrap = two,
            _ => {}
        }
        match (&self.signing_key, second.signing_key) {
            (Some(one), Some(two)) if *one != two => clash("signing_key", "another signing_key"),
            (None, two) => self.signing_key = two,
            _ => {}
        }
        match (&self.rbac_policy, second.rbac_policy) {
            (Some(_), Some(_)) => clash("rbac_policy", "an rbac_policy"),
            (None, two) => self.rbac_policy = two,
            _ => {}
        }
        match (&self.fraud, second.fraud) {
            (Some(_), Some(_)) => clash("fraud", "fraud"),
            (None, two) => self.fraud = two,
            _ => {}
        }
        match (&self.webauthn, second.webauthn) {
            (Some(_), Some(_)) => clash("webauthn", "webauthn"),
            (None, two) => self.webauthn = two,
            _ => {}
        }
        let known = self.impersonation_tokens.as_deref().unwrap_or_default();
        if second.impersonation_tokens.iter().flatten().any(|entry| impersonation_token::place(known, entry).is_some()) {
            clash("impersonation_tokens", "one of these tokens");
        }
        append(&mut self.impersonation_tokens, second.impersonation_tokens);
        if let Some(secrets) = second.secrets {
            let known = self.secrets.get_or_insert_default();
            known.extend(secrets.into_iter().filter(|secret| !known.contains(secret)).collect::<Vec<_>>());
        }
        append(&mut self.external_session_tokens, second.external_session_tokens);
        append(&mut self.access_tokens, second.access_tokens);
        append(&mut self.trusted_auth_tokens, second.trusted_auth_tokens);
        append(&mut self.oauth_identities, second.oauth_identities);
        append(&mut self.public_tokens, second.public_tokens);
        append(&mut self.redirect_urls, second.redirect_urls);
        append(&mut self.faults, second.faults);
    }

    /// Fills in the ids of tokens.
    pub fn fill_defaults(&mut self, environment: Environment, ids: &mut IdGenerator<'_>) {
        if let Some(fraud) = &mut self.fraud {
            fraud.fill_defaults(ids);
        }
        self.oauth_identities.iter_mut().flatten().for_each(|identity| identity.fill_defaults(ids));
        self.access_tokens.iter_mut().flatten().for_each(|token| token.fill_defaults(environment, ids));
        self.m2m_clients.iter_mut().flatten().for_each(|client| client.fill_defaults(environment, ids));
        self.connected_apps.iter_mut().flatten().for_each(|app| app.fill_defaults(environment, ids));
        self.authorizations.iter_mut().flatten().for_each(|authorization| authorization.fill_defaults(ids));
        self.trusted_auth_tokens.iter_mut().flatten().for_each(|token| token.fill_defaults(environment, ids));
    }

    fn oauth_clients(&self, now: Timestamp) -> FrozenOAuthClients {
        let clients = OAuthClients {
            m2m_clients: m2m_client::build(self.m2m_clients.as_deref().unwrap_or_default()),
            m2m_claims_template: self.m2m_claims_template.clone(),
            connected_apps: connected_app::build(self.connected_apps.as_deref().unwrap_or_default()),
            authorizations: authorization::build(self.authorizations.as_deref().unwrap_or_default(), now),
            authorization_url: self.authorization_url.clone(),
        };
        (!clients.is_empty()).then(|| Arc::new(clients))
    }

    fn login_settings(&self) -> LoginSettings {
        LoginSettings {
            public_tokens: self.public_tokens.clone().unwrap_or_default(),
            redirect_urls: redirect_url::build(self.redirect_urls.as_deref().unwrap_or_default()),
            oauth_identities: oauth_identity::build(self.oauth_identities.as_deref()),
            password_strength: self.password_strength.clone().unwrap_or_default(),
            user_lock: self.user_lock.unwrap_or_default(),
            bootstrap: self.bootstrap.clone().unwrap_or_default(),
        }
    }

    /// The project with these users, as it is at `now`; `rate_limit` is for one that has none of its own.
    ///
    /// # Panics
    /// If it has no id.
    #[must_use]
    pub fn build(&self, users: FrozenUsers, now: Timestamp, rate_limit: RateSetting) -> FrozenProject {
        let tokens = self.tokens().build(now);
        FrozenProject {
            login_settings: Arc::new(self.login_settings()),
            oauth_clients: self.oauth_clients(now),
            id: self.project_id.clone().expect("it is filled in"),
            secrets: self.secrets.clone().unwrap_or_default(),
            rate_limit: self.rate_limit.unwrap_or(rate_limit),
            signing_key: self.signing_key.clone(),
            rbac_policy: Arc::new(self.rbac_policy.as_ref().map(PolicyEntry::build).unwrap_or_default()),
            external_tokens: Arc::new(tokens.map(|token| (token.key(), Arc::new(token))).collect()),
            fraud: Arc::new(self.fraud.as_ref().map(|fraud| fraud.build(now)).unwrap_or_default()),
            passkeys: Arc::new(self.webauthn.as_ref().map(|webauthn| webauthn.build(now)).unwrap_or_default()),
            impersonation_tokens: Arc::new(impersonation_token::build(
                self.impersonation_tokens.as_deref().unwrap_or_default(),
                now,
            )),
            faults: Fault::fresh(self.faults.iter().flatten().filter_map(|fault| fault.rule(now).ok())),
            users,
        }
    }
}

fn append<T>(first: &mut Option<Vec<T>>, second: Option<Vec<T>>) {
    if let Some(second) = second {
        first.get_or_insert_default().extend(second);
    }
}

/// The seed entry of a project.
#[must_use]
pub fn export(project: &Project, now: Timestamp) -> Value {
    let (users, tokens, clients, impersonation_tokens, passkeys) = project.at_a_moment(|project| {
        let (registries, clients) = (project.state(), project.oauth_clients().freeze());
        let (impersonation_tokens, passkeys) = (registries.impersonation_tokens.read(), registries.passkeys.read());
        (project.users(), project.external_tokens(), clients, impersonation_tokens, passkeys)
    });
    let mut entry = json!({
        "project_id": project.id().as_str(),
        "rate_limit": project.bucket().setting().to_string(),
        "users": users.iter().map(|record| user::export(record)).collect::<Vec<_>>(),
    });
    if !project.secrets().is_empty() {
        entry["secrets"] = project.secrets().iter().map(Secret::reveal).collect();
    }
    if let Some(key) = project.own_signing_key() {
        entry["signing_key"] = json!(key.pem());
    }
    if !project.faults().is_empty() {
        entry["faults"] = project.faults().all().iter().map(|fault| rule_json(&fault.rule, now)).collect();
    }
    let settings = project.login_settings();
    if !settings.public_tokens.is_empty() {
        entry["public_tokens"] = json!(settings.public_tokens);
    }
    redirect_url::export(&mut entry, &settings.redirect_urls);
    external_token::export(&mut entry, tokens);
    oauth_identity::export(&mut entry, &project.login_settings().oauth_identities);
    impersonation_token::export(&mut entry, &impersonation_tokens);
    passkey::export(&mut entry, &passkeys);
    fraud::export(&mut entry, &project.state().fraud.read());
    rbac_policy::export(&mut entry, project.rbac_policy());
    password_strength::export(&mut entry, &project.login_settings().password_strength);
    user_lock::export(&mut entry, project.login_settings().user_lock);
    if let Some(clients) = clients {
        m2m_client::export(&mut entry, &clients);
        connected_app::export(&mut entry, &clients.connected_apps);
        authorization::export(&mut entry, &clients.authorizations, &users);
        if let Some(url) = &clients.authorization_url {
            entry["authorization_url"] = json!(url);
        }
    }
    bootstrap::export(&mut entry, &project.login_settings().bootstrap);
    entry
}
