//! `GET /sdk/v1/projects/bootstrap/{public_token}`: what the SDK asks for before all else. Source: the SDK; the seed's
//! `bootstrap` says what it can, the rest is fixed to what needs no other host.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, Description, Endpoint, Evidence, Operation};
use crate::api::serving::sdk_door::Door;
use crate::domain::password_strength::StrengthRule;
use crate::domain::rbac;
use crate::domain::refusal::Refusal;

/// Get the settings of a project for pages.
pub struct Bootstrap;

/// The project's settings.
#[derive(Debug, Serialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "the vendor's answer has them")]
pub struct Answer {
    captcha_settings: CaptchaSettings,
    /// Always null.
    cname_domain: (),
    /// Always false: consumers have no organizations.
    create_organization_enabled: bool,
    /// Always false.
    dfp_protected_auth_enabled: bool,
    disable_sdk_watermark: bool,
    email_domains: [&'static str; 1],
    /// Null under the `zxcvbn` policy.
    password_config: Option<PasswordConfig>,
    pkce_required_for_email_magic_links: bool,
    pkce_required_for_oauth: bool,
    pkce_required_for_password_resets: bool,
    /// Always false: consumers have no single sign-on.
    pkce_required_for_sso: bool,
    project_name: String,
    rbac_policy: RbacPolicy,
    siwe_required_for_crypto_wallets: bool,
    /// Always null.
    slug_pattern: (),
    /// Always `CONSUMER`.
    vertical: &'static str,
}

/// There is no captcha.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct CaptchaSettings {
    enabled: bool,
}

/// The `luds` policy.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct PasswordConfig {
    luds_complexity: usize,
    luds_minimum_count: usize,
}

/// Which role may do what.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct RbacPolicy {
    roles: Vec<Role>,
    resources: Vec<Resource>,
    /// Always empty.
    #[schemars(length(max = 0))]
    scopes: [(); 0],
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct Role {
    role_id: String,
    description: String,
    permissions: Vec<Permission>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct Permission {
    resource_id: String,
    actions: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct Resource {
    resource_id: String,
    description: String,
    actions: Vec<String>,
}

const PATH: &str = "/sdk/v1/projects/bootstrap/{public_token}";
const DOOR: Door = Door::for_anyone(PATH);

impl Endpoint for Bootstrap {
    const DESCRIPTION: Description = Description {
        access: Access::Page(&DOOR),
        ..Description::new(
            Operation { name: "sdk.projects.bootstrap", method: "GET", path: PATH },
            "Get the settings of a project for pages",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        let project = call.project();
        let (settings, policy) = (project.login_settings(), project.rbac_policy());
        let bootstrap = &settings.bootstrap;
        let password_config = match settings.password_strength.rule {
            StrengthRule::Zxcvbn { .. } => None,
            StrengthRule::Luds { min_length, min_complexity } => {
                Some(PasswordConfig { luds_complexity: min_complexity, luds_minimum_count: min_length })
            }
        };
        Ok(Answer {
            captcha_settings: CaptchaSettings { enabled: false },
            cname_domain: (),
            create_organization_enabled: false,
            dfp_protected_auth_enabled: false,
            disable_sdk_watermark: bootstrap.disable_sdk_watermark,
            email_domains: ["stytch.com"],
            password_config,
            pkce_required_for_email_magic_links: bootstrap.pkce_required.email_magic_links,
            pkce_required_for_oauth: bootstrap.pkce_required.oauth,
            pkce_required_for_password_resets: bootstrap.pkce_required.password_resets,
            pkce_required_for_sso: false,
            project_name: bootstrap.project_name.clone(),
            rbac_policy: RbacPolicy {
                roles: policy.roles.iter().map(Role::of).collect(),
                resources: policy.resources().into_iter().map(Resource::of).collect(),
                scopes: [],
            },
            siwe_required_for_crypto_wallets: bootstrap.siwe_required_for_crypto_wallets,
            slug_pattern: (),
            vertical: "CONSUMER",
        })
    }
}

impl Role {
    fn of(role: &rbac::Role) -> Self {
        let permission = |permission: &rbac::Permission| Permission {
            resource_id: permission.resource_id.clone(),
            actions: permission.actions.clone(),
        };
        Self {
            role_id: role.role_id.clone(),
            description: role.description.clone(),
            permissions: role.permissions.iter().map(permission).collect(),
        }
    }
}

impl Resource {
    fn of((resource_id, actions): (&str, Vec<&str>)) -> Self {
        let actions = actions.into_iter().map(str::to_owned).collect();
        Self { resource_id: resource_id.to_owned(), description: String::new(), actions }
    }
}
