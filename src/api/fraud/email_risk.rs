//! `POST /v1/email/risk`: how risky an e-mail address is. Source: the vendor's reference for the fields; what is known of an
//! address is the seed's, and the score is this emulator's own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, NonEmpty};
use crate::api::shared::fraud_actions::ActionWord;
use crate::domain::refusal::Refusal;

/// Tell the risk of an e-mail address.
pub struct EmailRisk;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The address.
    email_address: NonEmpty,
}

/// The risk, and what it comes of.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    action: ActionWord,
    address_information: AddressInformation,
    domain_information: DomainInformation,
    /// From 0 to 100.
    risk_score: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct AddressInformation {
    has_known_bounces: bool,
    has_valid_syntax: bool,
    is_suspected_role_address: bool,
    normalized_email: String,
    tumbling_character_count: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct DomainInformation {
    has_mx_or_a_record: bool,
    is_disposable_domain: bool,
}

impl Endpoint for EmailRisk {
    const DESCRIPTION: Description = Description {
        remark: "the score and the action are assumed",
        ..Description::new(
            Operation { name: "fraud.email.risk", method: "POST", path: "/v1/email/risk" },
            "Tell the risk of an e-mail address",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        let risk = call.project().state().fraud.read().email_risks.assess(&fields.email_address.0);
        Ok(Answer {
            action: risk.action.into(),
            address_information: AddressInformation {
                has_known_bounces: risk.has_known_bounces,
                has_valid_syntax: risk.has_valid_syntax,
                is_suspected_role_address: risk.is_suspected_role_address,
                normalized_email: risk.normalized_email,
                tumbling_character_count: risk.tumbling_character_count,
            },
            domain_information: DomainInformation {
                has_mx_or_a_record: risk.has_mx_or_a_record,
                is_disposable_domain: risk.is_disposable_domain,
            },
            risk_score: risk.risk_score,
        })
    }
}
