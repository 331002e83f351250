//! What an operation works with, once every check before it has passed.

use std::cell::RefCell;

use crate::api::serving::fields::Fields;
use crate::api::serving::query::{self, Parameter};
use crate::app::{App, Stage};
use crate::domain::JsonObject;
use crate::domain::project::Project;
use crate::domain::timestamp::Timestamp;
use crate::domain::world::World;
use crate::system::Entropy;
use crate::wire::profile::WireProfile;

/// The most names of ignored parameters and fields that are told: a request of nothing else must not fill the journal.
const MOST_IGNORED: usize = 32;

/// Such a name is cut here.
const MOST_NAME_BYTES: usize = 64;

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
    path_values: Vec<String>,
    query: &'a str,
    body: JsonObject,
    /// The parameters and fields that the operation asked for.
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Call<'a> {
    /// A call; `path_values` stood in the path where the route has a `{name}`.
    #[must_use]
    pub fn new(
        app: &'a App,
        stage: &'a Stage,
        now: Timestamp,
        project: Option<&'a Project>,
        path_values: Vec<String>,
        query: &'a str,
        body: JsonObject,
    ) -> Self {
        Self {
            wire: app.wire(),
            entropy: app.entropy(),
            now,
            world: &stage.world,
            project,
            path_values,
            query,
            body,
            asked: RefCell::default(),
        }
    }

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
        Fields::noting(&self.body, &self.asked)
    }

    /// A parameter of the query.
    #[must_use]
    pub fn parameter(&self, name: &'static str) -> Parameter<'_> {
        self.asked.borrow_mut().push(name);
        query::parameter(self.query, name)
    }

    /// The query, raw.
    #[must_use]
    pub fn query(&self) -> &str {
        self.query
    }

    /// The body; empty where none is read.
    #[must_use]
    pub fn body(&self) -> &JsonObject {
        &self.body
    }

    /// What stood in the path for the route's first, second… name.
    #[must_use]
    pub fn path_value(&self, index: usize) -> &str {
        self.path_values.get(index).map(String::as_str).unwrap_or_default()
    }

    /// The parameters and fields that were sent and that nothing has asked for; the first of them, if they are many.
    #[must_use]
    pub fn ignored(&self) -> Vec<String> {
        let asked = self.asked.borrow();
        let is_ignored = |name: &str| !name.is_empty() && !asked.contains(&name);
        let names = query::pairs(self.query).map(|(name, _)| name);
        let fields = self.body.keys().map(String::as_str);
        let ignored = names.chain(fields).filter(|name| is_ignored(name)).take(MOST_IGNORED);
        ignored.map(|name| name[..name.floor_char_boundary(MOST_NAME_BYTES)].to_owned()).collect()
    }
}
