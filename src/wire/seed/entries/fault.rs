//! A fault in a seed, and in the control plane.

use std::num::NonZeroU32;

use super::seed_object;
use crate::domain::error_catalogue::ErrorType;
use crate::domain::fault::Break;
use crate::domain::id::ProjectId;
use crate::wire::seed::faults::{Delay, Probability, Span};
use crate::wire::seed::node::Node;
use crate::wire::seed::report::Report;
use crate::wire::seed::value::{SeedField, SeedValue};

seed_object! {
    /// A fault: which requests it applies to, which of those it changes, and how.
    FaultEntry, "a fault" {
        /// The operation, by the name that SDKs give it: `sessions.get`. Default: any.
        operation: Option<String>,
        /// The method. Default: any.
        method: Option<String>,
        /// The path, concrete or as the README's table has it. Default: any.
        path: Option<String>,
        /// The project whose requests it applies to. Default: the one that it stands in, or all.
        project_id: Option<ProjectId>,
        /// The user whom the request is about: a `user_id` or an `external_id`. Default: any, or none.
        user_id: Option<String>,
        /// Lets this many pass first. Default: 0.
        after: Option<u32>,
        /// Of the rest, changes the first and then every Nth. At least 1. Default: 1.
        every: Option<NonZeroU32>,
        /// Changes so many requests, and then no more. Default: without end.
        times: Option<u32>,
        /// Changes a request with this probability, drawn from --id-seed if there is one. Default: always.
        probability: Option<Probability>,
        /// Is over after this time, on the emulator's clock. Default: never.
        ttl: Option<Span>,
        /// Waits first: 200ms, or {"min": "100ms", "max": "300ms"}.
        delay: Option<Delay>,
        /// Effect: this error of the catalogue, in the vendor's envelope.
        error: Option<ErrorType>,
        /// Effect: an answer with this status, whatever the body.
        status: Option<u32>,
        /// The `content-type` of `status`. Default: application/json.
        content_type: Option<String>,
        /// The body of `status`. Default: empty.
        body: Option<String>,
        /// Effect: the connection ends there.
        close: Option<Break>,
        /// Effect: the answer's body stops after so many bytes, as if that were all.
        truncate: Option<u32>,
        /// Effect: nothing ever comes, and the connection stays.
        stall: Option<bool>,
    }
}
