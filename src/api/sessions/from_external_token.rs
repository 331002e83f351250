//! `POST /v1/sessions/migrate`, `/exchange_access_token` and `/attest`: a session out of another party's token. That
//! party is not there to be asked: a seed says what each token stands for, and whether it is used up or too old.

use std::sync::Arc;

use chrono::TimeDelta;

use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::api::serving::session_arguments::{SessionProof, renewal};
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::domain::external_token::{ExternalToken, ExternalTokenKey, Issuer};
use crate::domain::factor::{DeliveryMethod, Detail, Factor};
use crate::domain::id::{SessionId, UserHandle};
use crate::domain::session::{Attributes, Session};
use crate::domain::session_renewal::{Lifetime, Renewal};
use crate::domain::user::UserRecord;
use crate::wire::envelope::Payload;
use crate::wire::session::SessionBody;
use crate::wire::session_jwt;
use crate::wire::user::UserBody;

/// Another vendor's session token becomes a session with an `imported` factor.
pub const MIGRATE: Endpoint = Endpoint {
    name: "sessions.migrate",
    method: Verb::Post,
    path: "/v1/sessions/migrate",
    access: Access::Project,
    handle: migrate,
};

/// An OAuth access token becomes a session with an `oauth_access_token_exchange` factor.
pub const EXCHANGE_ACCESS_TOKEN: Endpoint = Endpoint {
    name: "sessions.exchangeAccessToken",
    method: Verb::Post,
    path: "/v1/sessions/exchange_access_token",
    access: Access::Project,
    handle: exchange_access_token,
};

/// A trusted auth token becomes a session, or a factor of one, `trusted_auth_token`.
pub const ATTEST: Endpoint = Endpoint {
    name: "sessions.attest",
    method: Verb::Post,
    path: "/v1/sessions/attest",
    access: Access::Project,
    handle: attest,
};

/// An access token can be exchanged this long after it was issued. Source: the vendor's reference.
const ACCESS_TOKEN_LIFE: TimeDelta = TimeDelta::minutes(5);

/// The scope that an exchange needs. Source: the vendor's reference.
const FULL_ACCESS: &str = "full_access";

fn migrate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let token = call.fields().required_text("session_token")?;
    let renewal = renewal(call)?;
    let unknown = "the project's external_session_tokens have no such token";
    let external_token = call.project().external_token(&ExternalTokenKey::external_session(token));
    let external_token = external_token.ok_or_else(|| Refusal::new(ErrorType::MigrateUnexpectedResponse, unknown))?;
    let record = owner(call, &external_token, ErrorType::MigrateEmailDoesNotExist)?;
    begin(call, &record, None, factor(call, "imported_auth0", &[]), &renewal)
}

fn exchange_access_token(call: &Call<'_>) -> Result<Reply, Refusal> {
    let key = ExternalTokenKey::access_token(call.fields().required_text("access_token")?);
    let renewal = renewal(call)?;
    let unknown = "the project's access_tokens have no such token";
    let external_token =
        call.project().external_token(&key).ok_or_else(|| Refusal::new(ErrorType::IdpAccessTokenNotFound, unknown))?;
    let Issuer::AccessToken { client_id, scopes } = &external_token.issuer else {
        return Err(Refusal::new(ErrorType::IdpAccessTokenNotFound, unknown));
    };
    if !scopes.iter().any(|scope| scope == FULL_ACCESS) {
        let reason = format!("the token's scopes are {scopes:?}; {FULL_ACCESS} is not among them");
        return Err(Refusal::new(ErrorType::AccessTokenMissingFullAccess, reason));
    }
    if call.now.since(external_token.issued_at) > ACCESS_TOKEN_LIFE {
        let reason = format!("the token was issued at {}, more than five minutes ago", external_token.issued_at);
        return Err(Refusal::new(ErrorType::AccessTokenTooOld, reason));
    }
    let record = owner(call, &external_token, ErrorType::UserNotFound)?;
    let once = Once { key: &key, used: ErrorType::IdpAccessTokenCouldNotBeExchanged };
    begin(call, &record, Some(once), factor(call, "oauth_access_token_exchange", &[client_id]), &renewal)
}

fn attest(call: &Call<'_>) -> Result<Reply, Refusal> {
    let fields = call.fields();
    let (profile, token) = (fields.required_text("profile_id")?, fields.required_text("token")?);
    let renewal = renewal(call)?;
    let project = call.project();
    let of_profile = |external_token: &Arc<ExternalToken>| matches!(&external_token.issuer, Issuer::TrustedAuth { profile_id, .. } if profile_id == profile);
    if !project.external_tokens().iter().any(of_profile) {
        let reason = format!("none of the project's trusted_auth_tokens has the profile_id {profile}");
        return Err(Refusal::new(ErrorType::TrustedTokenProfileNotFound, reason));
    }
    let key = ExternalTokenKey::trusted_auth(token);
    let unknown = || Refusal::new(ErrorType::InvalidTrustedAuthToken, format!("profile {profile} has no such token"));
    let external_token = project.external_token(&key).filter(of_profile).ok_or_else(unknown)?;
    let Issuer::TrustedAuth { token_id, .. } = &external_token.issuer else { return Err(unknown()) };
    let record = owner(call, &external_token, ErrorType::UserNotFound)?;
    let factor = factor(call, "trusted_token_exchange", &[token_id]);
    let once = Once { key: &key, used: ErrorType::InvalidTrustedAuthToken };
    match SessionProof::all(fields, false)?.as_slice() {
        [] => begin(call, &record, Some(once), factor, &renewal),
        [proof] => {
            let (holder, session_id) = proof.find(project)?;
            if holder.user.id != record.user.id {
                let reason = format!("the session is {}'s, the token {}'s", holder.user.id, record.user.id);
                return Err(Refusal::new(ErrorType::InvalidTrustedAuthToken, reason));
            }
            let (record, session) = change(call, &record, Some(once), |record| {
                record.change_session(&session_id, call.now, |session| {
                    session.add_factor(factor);
                    renewal.apply(session, call.now)
                })
            })?;
            Ok(reply(call, &record, &session))
        }
        _ => Err(Refusal::new(ErrorType::TooManySessionArguments, "both session_token and session_jwt are there")),
    }
}

/// The user that a token stands for.
fn owner(call: &Call<'_>, external_token: &ExternalToken, missing: ErrorType) -> Result<Arc<UserRecord>, Refusal> {
    let handle = UserHandle::parse(&external_token.user_id).ok();
    let record = handle.and_then(|handle| call.project().user(&handle));
    let record = record.ok_or_else(|| {
        Refusal::new(missing, format!("the token stands for user {}, who is not there", external_token.user_id))
    })?;
    crate::api::serving::user_lookup::scripted(&record)?;
    Ok(record)
}

/// A token that can be used once, and the refusal of who comes second.
#[derive(Clone, Copy)]
struct Once<'a> {
    key: &'a ExternalTokenKey,
    used: ErrorType,
}

/// Changes a user; the token is used up only if that goes well.
fn change<T>(
    call: &Call<'_>,
    record: &UserRecord,
    once: Option<Once<'_>>,
    change: impl FnOnce(&mut UserRecord) -> Result<T, Refusal>,
) -> Result<(Arc<UserRecord>, T), Refusal> {
    let (project, id) = (call.project(), &record.user.id);
    match once {
        Some(Once { key, used }) => {
            project.redeem(key, id, call.now, || Refusal::new(used, "the token has been used already"), change)
        }
        None => project.change_user(id, change),
    }
}

/// A factor that was just used; `values` are those of its sub-object.
fn factor(call: &Call<'_>, delivery_method: &str, values: &[&str]) -> Factor {
    let delivery_method = DeliveryMethod::named(delivery_method).expect("the table has the methods that operations make");
    let now = Some(call.now.whole_seconds());
    Factor {
        factor_type: delivery_method.usual_type(),
        delivery_method,
        detail: delivery_method
            .detail()
            .map(|shape| Detail { shape, values: values.iter().map(|value| (*value).into()).collect() }),
        last_authenticated_at: now,
        created_at: now,
        updated_at: now,
    }
}

/// Begins a session.
fn begin(
    call: &Call<'_>,
    record: &UserRecord,
    once: Option<Once<'_>>,
    factor: Factor,
    renewal: &Renewal,
) -> Result<Reply, Refusal> {
    let environment = call.project().environment();
    let (id, token) = call.entropy.ids(|ids| (SessionId::new(environment, ids.uuid()), ids.session_token()));
    let started_at = call.now.whole_seconds();
    let (record, session) = change(call, record, once, |record| {
        let mut session = Session {
            id,
            token,
            started_at,
            last_accessed_at: started_at,
            expires_at: Lifetime::DEFAULT.end(call.now),
            revoked_at: None,
            attributes: Some(Attributes::unknown()),
            custom_claims: Some(Session::no_claims()),
            roles: Some(record.user.roles.clone()),
            authentication_factors: [factor].into(),
        };
        renewal.apply(&mut session, call.now)?;
        record.add_session(session.clone());
        Ok(session)
    })?;
    Ok(reply(call, &record, &session))
}

fn reply(call: &Call<'_>, record: &UserRecord, session: &Session) -> Reply {
    let user_id = &record.user.id;
    let payload = Payload::default()
        .with(call.wire, "session", &SessionBody::new(session, user_id))
        .with(call.wire, "session_jwt", &session_jwt::sign(call.project(), user_id, session, call.now))
        .with(call.wire, "session_token", &session.token)
        .with(call.wire, "user", &UserBody::new(&record.user))
        .with(call.wire, "user_device", &())
        .with(call.wire, "user_id", user_id);
    Reply::ok(payload)
}
