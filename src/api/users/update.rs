//! `PUT /v1/users/{user_id}`: name, metadata, external id, roles. Source: the vendor's schema; that metadata merges at
//! its top level and `null` deletes is documented.

use super::{Traits, user_payload};
use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::api::serving::user_lookup::user_in_path;
use crate::domain::error_catalogue::Refusal;
use crate::wire::user::{CryptoWalletBody, EmailBody, PhoneNumberBody};

/// The endpoint's line in the routing table.
pub const ENDPOINT: Endpoint =
    Endpoint { name: "users.update", method: Verb::Put, path: "/v1/users/{user_id}", access: Access::Project, handle };

fn handle(call: &Call<'_>) -> Result<Reply, Refusal> {
    let record = user_in_path(call)?;
    let traits = Traits::read(call.fields())?;
    let (record, ()) = call.project().change_user(&record.user.id, |record| traits.apply(&mut record.user))?;
    let user = &record.user;
    let payload = user_payload(call, &record)
        .with(call.wire, "crypto_wallets", &user.crypto_wallets.iter().map(CryptoWalletBody::from).collect::<Vec<_>>())
        .with(call.wire, "emails", &user.emails.iter().map(EmailBody::from).collect::<Vec<_>>())
        .with(call.wire, "phone_numbers", &user.phone_numbers.iter().map(PhoneNumberBody::from).collect::<Vec<_>>());
    Ok(Reply::ok(payload))
}
