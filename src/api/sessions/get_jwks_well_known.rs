//! `GET /.well-known/jwks.json`: the keys of every project. The vendor serves this path on a host of the project's own,
//! which a local emulator does not have.

use std::collections::HashSet;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, Description, Endpoint, Evidence, Operation};
use crate::api::shared::jwks::{CACHE_CONTROL, Jwks, public_key};
use crate::domain::refusal::Refusal;

/// The keys of every project, each once.
pub struct GetJwksWellKnown;

impl Endpoint for GetJwksWellKnown {
    const DESCRIPTION: Description = Description {
        access: Access::Public,
        ..Description::new(
            Operation { name: "sessions.getJWKS (well-known)", method: "GET", path: "/.well-known/jwks.json" },
            "JWKS, well-known",
            Evidence::Documented,
        )
    };
    const CACHE_CONTROL: Option<&'static str> = Some(CACHE_CONTROL);
    type Request = ();
    type Answer = Jwks;

    fn handle(call: &Call<'_>, (): ()) -> Result<Jwks, Refusal> {
        let mut seen = HashSet::new();
        let keys = call.world.projects().into_iter().map(|project| public_key(&project));
        Ok(Jwks { keys: keys.filter(|key| seen.insert(key.kid.clone())).collect() })
    }
}
