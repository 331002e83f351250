//! What a project says about itself. Most of it is the project's state, of which the shape is compared.

use crate::domain::evidence::Evidence::{Assumed, Documented};
use crate::verify::case::{Case, Login, Step};
use crate::verify::compare::answers::Slack;

/// A project's name is its owner's.
pub const NAME: &[(&str, Slack)] = &[("name", Slack::Values)];

/// Keys, policy, metrics.
pub const CASES: &[Case] = &[
    Case::new(
        "key-set",
        Documented,
        "the vendor's reference of GET /v1/sessions/jwks/{project_id}; the SDKs ask without credentials",
        &[Step::get("/v1/sessions/jwks/<project_id>").by(Login::Nobody)],
    )
    .with_slack(&[("keys", Slack::Length)]),
    Case::new(
        "key-set-of-an-unknown-project",
        Assumed,
        "only the type's name is known, of an SDK",
        &[Step::get("/v1/sessions/jwks/project-<environment>-99999999-9999-4999-8999-999999999999").by(Login::Nobody)],
    ),
    Case::new("rbac-policy", Documented, "the vendor's reference of GET /v1/rbac/policy", &[Step::get("/v1/rbac/policy")])
        .with_slack(&[("policy", Slack::Values)]),
    Case::new("project-metrics", Documented, "the SDKs' type of GET /v1/projects/metrics", &[Step::get("/v1/projects/metrics")])
        .with_slack(&[("metrics", Slack::Values)]),
];
