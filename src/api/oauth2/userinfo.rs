//! `GET` and `POST …/oauth2/userinfo`: what an access token lets its app know of the user. Source: the vendor's reference
//! and `OpenID` Connect Core, section 5.3.

use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, Description, Dialect, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, non_empty};
use crate::api::shared::app_token;
use crate::api::shared::named_project::by_access_token;
use crate::api::shared::oauth_endpoints::OAuthEndpoints;
use crate::domain::id::UserId;
use crate::domain::refusal::{ErrorType, Refusal, Remedy};
use crate::wire::idp_token::UserClaims;

/// Who the user is.
pub struct Userinfo<D>(PhantomData<D>);

/// The same, by a POST.
pub struct UserinfoPost<D>(PhantomData<D>);

/// The fields of the body.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// The access token, unless it stands in the header.
    #[serde(deserialize_with = "non_empty")]
    access_token: Option<String>,
}

/// What the token's scopes let its app know.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    #[serde(flatten)]
    claims: UserClaims,
    sub: UserId,
}

const fn description<D: OAuthEndpoints>(operation: Operation) -> Description {
    Description {
        access: Access::Public,
        project_of: Some(by_access_token::<D>),
        dialect: Dialect::OAuth,
        errors: &[&[ErrorType::ProjectNotFound, ErrorType::IdpAccessTokenNotFound]],
        remark: "its refusals are assumed",
        ..Description::new(operation, "Get the user of an access token", Evidence::Documented)
    }
}

impl<D: OAuthEndpoints> Endpoint for Userinfo<D> {
    const DESCRIPTION: Description = description::<D>(D::USERINFO);
    const CACHE_CONTROL: Option<&'static str> = Some("no-store");
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        tell::<D>(call, None)
    }
}

impl<D: OAuthEndpoints> Endpoint for UserinfoPost<D> {
    const DESCRIPTION: Description = description::<D>(D::USERINFO_POST);
    const CACHE_CONTROL: Option<&'static str> = Some("no-store");
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        tell::<D>(call, fields.access_token)
    }
}

fn tell<D: OAuthEndpoints>(call: &Call<'_>, in_body: Option<String>) -> Result<Answer, Refusal> {
    let refuse = |reason: &'static str| Refusal::new(ErrorType::IdpAccessTokenNotFound, reason).with_remedy(Remedy::Bearer);
    let candidates = D::candidates(call)?;
    let token = call.authorization("bearer").map(str::to_owned).or(in_body);
    let token = token.ok_or_else(|| refuse("there is no bearer token"))?;
    let found = candidates.iter().find_map(|project| app_token::find(call, project, &token));
    let found = found.ok_or_else(|| refuse("the access token is unknown, over or taken back"))?;
    let scopes: Vec<&str> =
        found.claims.get("scope").and_then(|scope| scope.as_str()).unwrap_or_default().split_whitespace().collect();
    Ok(Answer { claims: UserClaims::of(&found.record.user, &scopes), sub: found.record.user.id })
}
