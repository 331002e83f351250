//! What an operation works with, once every check before it has passed.

use axum::http::header::{AUTHORIZATION, HOST};
use axum::http::request::Parts;
use axum::http::uri::{Authority, Scheme};

use super::query::{self, Parameter};
use super::sdk_caller::SdkCaller;
use crate::app::{App, RunningWorld};
use crate::domain::JsonObject;
use crate::domain::id::UserId;
use crate::domain::outbox::Message;
use crate::domain::project::Project;
use crate::domain::session::Attributes;
use crate::domain::timestamp::Timestamp;
use crate::domain::world::World;
use crate::system::Entropy;
use crate::wire::profile::WireProfile;

/// The most names of ignored parameters and fields that are told. A request of nothing else must not fill the journal.
const MAX_IGNORED: usize = 32;

/// Such a name is cut here.
const MAX_NAME_BYTES: usize = 64;

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
    head: &'a Parts,
    body: JsonObject,
    /// There if a page calls.
    sdk_caller: Option<Box<SdkCaller>>,
}

/// What a call was made of that is its own: the values of the path, the body, the page.
pub type Own = (PathValues, JsonObject, Option<Box<SdkCaller>>);

impl<'a> Call<'a> {
    /// A call.
    #[must_use]
    pub fn new(
        app: &'a App,
        running_world: &'a RunningWorld,
        now: Timestamp,
        project: Option<&'a Project>,
        head: &'a Parts,
        (path_values, body, sdk_caller): Own,
    ) -> Self {
        let (wire, entropy, world) = (app.wire(), app.entropy(), &running_world.world);
        Self { app, wire, entropy, now, world, project, path_values, head, body, sdk_caller }
    }

    /// Whether a page calls, and not a backend.
    #[must_use]
    pub fn is_of_page(&self) -> bool {
        self.sdk_caller.is_some()
    }

    /// The user whose page calls: it may touch what is theirs and nobody else's. Nobody if a backend calls.
    #[must_use]
    pub fn session_user(&self) -> Option<&UserId> {
        self.sdk_caller.as_ref()?.user_id.as_ref()
    }

    /// Where the browser is whose page calls, and which it is. A backend says that itself.
    #[must_use]
    pub fn browser(&self) -> Option<&Attributes> {
        self.sdk_caller.as_ref().map(|sdk_caller| &sdk_caller.attributes)
    }

    /// Whether the vendor's sandbox values mean something: unless they are switched off (`--sandbox off`). They work in
    /// projects of the test environment.
    #[must_use]
    pub fn sandbox(&self) -> bool {
        self.app.settings().sandbox
    }

    /// Sends a message: into the outbox, and to whoever waits there.
    pub fn send(&self, message: Message) {
        self.app.send(self.world, message);
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
        query::parameter(self.query(), name)
    }

    fn query(&self) -> &str {
        self.head.uri.query().unwrap_or_default()
    }

    /// What stands in the `authorization` header behind this scheme, if it is of it.
    #[must_use]
    pub fn authorization(&self, scheme: &str) -> Option<&str> {
        let (given, rest) = self.head.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
        given.eq_ignore_ascii_case(scheme).then(|| rest.trim())
    }

    /// Where this request reached the emulator, without a slash at the end: what links in messages begin with.
    #[must_use]
    pub fn base_url(&self) -> String {
        base_url(self.head)
    }

    /// What it was made of that is its own.
    #[must_use]
    pub fn into_parts(self) -> Own {
        (self.path_values, self.body, self.sdk_caller)
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

    /// The parameters and fields that were sent and are not declared; the first of them, if they are many.
    #[must_use]
    pub fn ignored(&self, is_declared: impl Fn(&str) -> bool) -> Vec<String> {
        let names = query::pairs(self.query()).map(|(name, _)| name);
        let fields = self.body.keys().map(String::as_str);
        let withheld = self.sdk_caller.iter().flat_map(|sdk_caller| sdk_caller.withheld.iter().copied());
        let ignored = names.chain(fields).filter(|name| !name.is_empty() && !is_declared(name));
        let ignored = ignored.chain(withheld).take(MAX_IGNORED);
        ignored.map(|name| name[..name.floor_char_boundary(MAX_NAME_BYTES)].to_owned()).collect()
    }
}

fn base_url(Parts { uri, headers, extensions, .. }: &Parts) -> String {
    let scheme = uri.scheme().or_else(|| extensions.get()).unwrap_or(&Scheme::HTTP);
    let host = || headers.get(HOST)?.to_str().ok()?.parse::<Authority>().ok();
    let authority = uri.authority().cloned().or_else(host).unwrap_or_else(|| Authority::from_static("localhost"));
    format!("{scheme}://{authority}")
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[test]
    fn a_link_begins_as_the_request_that_asked_for_it() {
        let request = |uri: &str, host: &str| Request::get(uri).header(HOST, host).body(()).unwrap().into_parts().0;
        let mut over_tls = request("/", "test.stytch.com");
        over_tls.extensions.insert(Scheme::HTTPS);
        for (head, expected) in [
            (request("/", "localhost:7898"), "http://localhost:7898"),
            (request("/", "[::1]:7898"), "http://[::1]:7898"),
            (over_tls, "https://test.stytch.com"),
            // as HTTP/2 has it
            (request("https://test.stytch.com/", "another"), "https://test.stytch.com"),
            (request("/", "a/b?c"), "http://localhost"),
            (request("/", ""), "http://localhost"),
        ] {
            assert_eq!(base_url(&head), expected);
        }
    }
}
