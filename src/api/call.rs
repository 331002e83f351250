//! What an operation works with, once every check before it has passed.

use super::fields::Fields;
use crate::ambient::Entropy;
use crate::domain::JsonObject;
use crate::domain::project::Project;
use crate::domain::timestamp::Timestamp;
use crate::domain::world::World;
use crate::wire::profile::WireProfile;

/// One call of an operation.
pub struct Call<'a> {
    /// The face to show.
    pub wire: WireProfile,
    /// Where new ids come from.
    pub entropy: &'a Entropy,
    /// The one instant of this request.
    pub now: Timestamp,
    /// The world, for the whole request.
    pub world: &'a World,
    /// Whose call it is; nobody's if the operation is public.
    pub project: Option<&'a Project>,
    /// What stood in the path where the route has a `{name}`.
    pub path_values: Vec<String>,
    /// The query, raw.
    pub query: &'a str,
    /// The body; empty where none is read.
    pub body: JsonObject,
}

impl<'a> Call<'a> {
    /// The project whose credentials came with the call.
    ///
    /// # Panics
    /// If the operation is public: it has no project to ask for.
    #[must_use]
    pub fn project(&self) -> &'a Project {
        self.project.expect("an operation with Access::Project is called with its project")
    }

    /// The fields of the body.
    #[must_use]
    pub fn fields(&self) -> Fields<'_> {
        Fields::of(&self.body)
    }

    /// What stood in the path for the route's first, second… name.
    #[must_use]
    pub fn path_value(&self, index: usize) -> &str {
        self.path_values.get(index).map(String::as_str).unwrap_or_default()
    }
}
