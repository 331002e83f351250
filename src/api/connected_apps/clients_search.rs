//! `POST /v1/connected_apps/clients/search`: all apps, a page at a time. Source: the vendor's reference, which has no filters
//! yet; the order is assumed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::shared::client_page::{PageArguments, ResultsMetadata};
use crate::domain::refusal::Refusal;
use crate::wire::connected_app::ConnectedAppBody;

/// Search connected apps.
pub struct Search;

/// A page of apps.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    connected_apps: Vec<ConnectedAppBody>,
    results_metadata: ResultsMetadata,
}

impl Endpoint for Search {
    const DESCRIPTION: Description = Description::new(
        Operation { name: "connectedApp.clients.search", method: "POST", path: "/v1/connected_apps/clients/search" },
        "Search Connected Apps",
        Evidence::Documented,
    );
    type Request = Body<PageArguments>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(page): Body<PageArguments>) -> Result<Answer, Refusal> {
        call.project().oauth_clients().read(|clients| {
            let (found, results_metadata) = page.page(&clients.connected_apps, |_| true)?;
            Ok(Answer { connected_apps: found.into_iter().map(ConnectedAppBody::from).collect(), results_metadata })
        })
    }
}
