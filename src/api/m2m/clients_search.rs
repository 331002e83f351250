//! `POST /v1/m2m/clients/search`: machine clients by their ids, names and scopes, a page at a time. Source: the vendor's
//! reference; the order, and what is refused, are assumed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, Object};
use crate::api::shared::client_page::{PageArguments, ResultsMetadata};
use crate::domain::m2m_client::M2mClient;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::m2m_client::M2mClientBody;

/// Search machine clients.
pub struct Search;

/// The fields of the body that no other operation has.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// What the clients are like; without it, every client is found.
    query: Option<Object<Query>>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline)]
struct Query {
    /// `AND` or `OR`; `AND` without it.
    operator: Option<String>,
    /// Filters, each with its values; without any, every client fits.
    operands: Option<Vec<Object<Operand>>>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline)]
struct Operand {
    /// `client_id`, `client_name` or `scopes`.
    filter_name: Value,
    /// A list of texts, one of which the client has to have.
    filter_value: Value,
}

/// A page of clients.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    m2m_clients: Vec<M2mClientBody>,
    results_metadata: ResultsMetadata,
}

const ERRORS: &[ErrorType] = &[
    ErrorType::M2mSearchMissingFilterName,
    ErrorType::M2mSearchMissingFilterValue,
    ErrorType::M2mSearchFilterNameMustBeString,
    ErrorType::M2mSearchFilterNameNotRecognized,
    ErrorType::M2mSearchExpectedArrayOfStrings,
];

impl Endpoint for Search {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation { name: "m2m.clients.search", method: "POST", path: "/v1/m2m/clients/search" },
            "Search M2M clients",
            Evidence::Documented,
        )
    };
    type Request = (Body<Fields>, Body<PageArguments>);
    type Answer = Answer;

    fn handle(call: &Call<'_>, (Body(fields), Body(page)): Self::Request) -> Result<Answer, Refusal> {
        let Object(query) = fields.query.unwrap_or_default();
        let any = match query.operator.as_deref() {
            None | Some("AND" | "") => false,
            Some("OR") => true,
            Some(other) => return Err(Refusal::new(ErrorType::BadRequest, format!("the operator is {other}"))),
        };
        let operands = query.operands.unwrap_or_default();
        let filters = operands.iter().map(|operand| operand.0.filter()).collect::<Result<Vec<_>, _>>()?;
        let fits = |client: &M2mClient| {
            let mut each = filters.iter().map(|filter| filter.fits(client));
            if any && !filters.is_empty() { each.any(|fits| fits) } else { each.all(|fits| fits) }
        };
        call.project().oauth_clients().read(|clients| {
            let (found, results_metadata) = page.page(&clients.m2m_clients, fits)?;
            Ok(Answer { m2m_clients: found.into_iter().map(M2mClientBody::from).collect(), results_metadata })
        })
    }
}

/// An operand that was read.
enum Filter {
    ClientId(Vec<String>),
    ClientName(Vec<String>),
    Scopes(Vec<String>),
}

impl Filter {
    fn fits(&self, client: &M2mClient) -> bool {
        match self {
            Self::ClientId(ids) => ids.contains(&client.client_id),
            Self::ClientName(names) => names.contains(&client.client_name),
            Self::Scopes(scopes) => scopes.iter().any(|scope| client.scopes.contains(scope)),
        }
    }
}

impl Operand {
    fn filter(&self) -> Result<Filter, Refusal> {
        let refuse = |error, reason: &'static str| Err(Refusal::new(error, reason));
        let name = match &self.filter_name {
            Value::Null => return refuse(ErrorType::M2mSearchMissingFilterName, "an operand has no filter_name"),
            Value::String(name) => name.as_str(),
            _ => return refuse(ErrorType::M2mSearchFilterNameMustBeString, "a filter_name is no string"),
        };
        let filter = match name {
            "client_id" => Filter::ClientId,
            "client_name" => Filter::ClientName,
            "scopes" => Filter::Scopes,
            other => {
                return Err(Refusal::new(ErrorType::M2mSearchFilterNameNotRecognized, format!("there is no filter {other}")));
            }
        };
        let texts = |list: &Vec<Value>| list.iter().map(|each| each.as_str().map(str::to_owned)).collect();
        match &self.filter_value {
            Value::Null => refuse(ErrorType::M2mSearchMissingFilterValue, "an operand has no filter_value"),
            value => value.as_array().and_then(texts).map(filter).ok_or_else(|| {
                Refusal::new(
                    ErrorType::M2mSearchExpectedArrayOfStrings,
                    format!("the filter_value of {name} is no list of strings"),
                )
            }),
        }
    }
}
