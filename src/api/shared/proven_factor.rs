//! The factor that a login leaves in a session.

use crate::api::serving::call::Call;
use crate::domain::factor::{DeliveryMethod, Detail, Factor, FactorType};

/// A factor that was just used; `values` are those of its sub-object.
///
/// # Panics
/// If there is no such delivery method.
#[must_use]
pub fn factor(call: &Call<'_>, delivery_method: &str, values: &[&str]) -> Factor {
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

/// The same, of a type that is not the usual one of its delivery method: a code by e-mail is an `otp`.
///
/// # Panics
/// If there is no such type or delivery method.
#[must_use]
pub fn factor_of_type(call: &Call<'_>, factor_type: &str, delivery_method: &str, values: &[&str]) -> Factor {
    let factor_type = FactorType::named(factor_type).expect("the table has the types that operations make");
    Factor { factor_type, ..factor(call, delivery_method, values) }
}
