//! `GET /v1/projects/metrics`: how much there is in the project. Source: the vendor's schema; that all kinds are told, in the
//! order of the schema, is assumed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::domain::refusal::Refusal;

/// Count what a project has.
pub struct Metrics;

/// What there is, kind by kind.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    metrics: Vec<Metric>,
    project_id: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct Metric {
    count: usize,
    metric_type: MetricType,
}

#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schemars(inline)]
#[expect(clippy::enum_variant_names, reason = "they are the vendor's")]
enum MetricType {
    UserCount,
    OrganizationCount,
    MemberCount,
    M2mClientCount,
}

impl Endpoint for Metrics {
    const DESCRIPTION: Description = Description {
        remark: "a consumer project has no organizations and no members",
        ..Description::new(
            Operation { name: "project.metrics", method: "GET", path: "/v1/projects/metrics" },
            "Count what a project has",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        let counts = [
            (MetricType::UserCount, call.project().users().len()),
            (MetricType::OrganizationCount, 0),
            (MetricType::MemberCount, 0),
            (MetricType::M2mClientCount, call.project().oauth_clients().read(|clients| clients.m2m_clients.len())),
        ];
        let metrics = counts.into_iter().map(|(metric_type, count)| Metric { count, metric_type }).collect();
        Ok(Answer { metrics, project_id: call.project().id().to_string() })
    }
}
