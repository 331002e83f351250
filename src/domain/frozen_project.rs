//! A project that never changes: what a seed describes, a snapshot keeps and a reset goes back to.

use std::sync::Arc;

use super::bucket::RateSetting;
use super::external_token::{ExternalToken, ExternalTokenKey};
use super::fault::Fault;
use super::fraud::book::FraudBook;
use super::frozen_users::FrozenUsers;
use super::id::ProjectId;
use super::impersonation::ImpersonationTokens;
use super::layered::Base;
use super::login_settings::LoginSettings;
use super::oauth_clients::FrozenOAuthClients;
use super::rbac::RbacPolicy;
use super::secret::Secret;
use super::signing_key::SigningKey;
use super::webauthn::passkeys::Passkeys;

/// A project as a whole, of which running ones are made.
#[derive(Debug, Clone)]
pub struct FrozenProject {
    /// Its id.
    pub id: ProjectId,
    /// The secrets that prove it; with none, the first that is brought becomes its own.
    pub secrets: Vec<Secret>,
    /// Its bucket's limit.
    pub rate_limit: RateSetting,
    /// What it signs session JWTs with, if not the published key.
    pub signing_key: Option<Arc<SigningKey>>,
    /// Who may do what.
    pub rbac_policy: Arc<RbacPolicy>,
    /// Other parties' tokens.
    pub external_tokens: Base<ExternalTokenKey, Arc<ExternalToken>>,
    /// Its OAuth clients.
    pub oauth_clients: FrozenOAuthClients,
    /// What it says of logging in.
    pub login_settings: Arc<LoginSettings>,
    /// What it knows of devices and addresses.
    pub fraud: Arc<FraudBook>,
    /// By what its users can be impersonated.
    pub impersonation_tokens: Arc<ImpersonationTokens>,
    /// What it asks of passkeys, and waits for.
    pub passkeys: Arc<Passkeys>,
    /// The faults that strike its requests, and how far they have counted.
    pub faults: Arc<[Fault]>,
    /// Its users.
    pub users: FrozenUsers,
}
