//! What an operation works with, once every check before it has passed.

use super::endpoint::Route;
use super::query::{self, Parameter};
use crate::app::{App, Stage};
use crate::domain::JsonObject;
use crate::domain::outbox::Message;
use crate::domain::project::Project;
use crate::domain::timestamp::Timestamp;
use crate::domain::world::World;
use crate::system::Entropy;
use crate::wire::profile::WireProfile;

/// The most names of ignored parameters and fields that are told. A request of nothing else must not fill the journal.
const MOST_IGNORED: usize = 32;

/// Such a name is cut here.
const MOST_NAME_BYTES: usize = 64;

/// The names of a route's path, each with what stood in its place.
pub type PathValues = Vec<(String, String)>;

/// One call of an operation.
pub struct Call<'a> {
    app: &'a App,
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
    path_values: PathValues,
    query: &'a str,
    body: JsonObject,
}

impl<'a> Call<'a> {
    /// A call.
    #[must_use]
    pub fn new(
        app: &'a App,
        stage: &'a Stage,
        now: Timestamp,
        project: Option<&'a Project>,
        path_values: PathValues,
        query: &'a str,
        body: JsonObject,
    ) -> Self {
        Self { app, wire: app.wire(), entropy: app.entropy(), now, world: &stage.world, project, path_values, query, body }
    }

    /// Sends a message: into the outbox, and to whoever waits there.
    pub fn send(&self, message: Message) {
        self.app.send(self.world, message);
    }

    /// Whether the vendor's sandbox values mean something, in projects of the test environment.
    #[must_use]
    pub fn sandbox(&self) -> bool {
        true
    }

    /// The project whose credentials came with the call.
    ///
    /// # Panics
    /// If the operation is public: it has no project to ask for.
    #[must_use]
    pub fn project(&self) -> &'a Project {
        self.project.expect("an operation with Access::Project is called with its project")
    }

    /// A parameter of the query.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Parameter<'_> {
        query::parameter(self.query, name)
    }

    /// What it was made of that is its own: the values of the path and the body.
    #[must_use]
    pub fn into_parts(self) -> (PathValues, JsonObject) {
        (self.path_values, self.body)
    }

    /// The body; empty where none is read.
    #[must_use]
    pub fn body(&self) -> &JsonObject {
        &self.body
    }

    /// What stood in the path for a name of the route.
    #[must_use]
    pub fn path_value(&self, name: &str) -> Option<&str> {
        self.path_values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The parameters and fields that were sent and that the operation does not have; the first of them, if they are
    /// many.
    #[must_use]
    pub fn ignored(&self, route: &Route) -> Vec<String> {
        let names = query::pairs(self.query).map(|(name, _)| name);
        let fields = self.body.keys().map(String::as_str);
        let ignored = names.chain(fields).filter(|name| !name.is_empty() && !route.declares(name)).take(MOST_IGNORED);
        ignored.map(|name| name[..name.floor_char_boundary(MOST_NAME_BYTES)].to_owned()).collect()
    }
}
