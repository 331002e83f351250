//! One description of an operation: what is served, who may call it, what it reads, answers and refuses. Routes, the
//! `allow` header, the OpenAPI document and the tables of the documents come from it.

use std::sync::{Arc, OnceLock};

use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::call::Call;
use super::redirect::BrowserReply;
use super::request::Request;
use super::response::Reply;
use super::sdk_door::{Door, WITHHELD};
use crate::domain::JsonObject;
pub use crate::domain::evidence::Evidence;
pub use crate::domain::oauth_error::Dialect;
pub use crate::domain::operation::Operation;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::declared::Declared;
use crate::wire::envelope::Payload;
use crate::wire::profile::WireProfile;

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// A project, by its Basic credentials; it takes a token of the project's bucket.
    Project,
    /// A page, by a public token of a project, through this door; it takes a token of the project's bucket, too.
    Page(&'static Door),
    /// Anybody.
    Public,
}

/// The project that a call names, whoever makes it.
pub type ProjectOf = fn(&Call<'_>) -> Option<Arc<Project>>;

/// What is said of an operation beside the types that it reads and answers.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    /// Its name in the SDKs, its method and its path.
    pub operation: Operation,
    /// What it does, in a few words.
    pub title: &'static str,
    /// Who may call it.
    pub access: Access,
    /// For which project a call is that needs no credentials, if it names one: that project's faults strike, and the call takes
    /// a token of its bucket.
    pub project_of: Option<ProjectOf>,
    /// Whether it takes no token all the same: what clients fetch by themselves, keys and where things are.
    pub is_free: bool,
    /// In whose words it speaks.
    pub dialect: Dialect,
    /// The HTTP status of its success.
    pub status: StatusCode,
    /// What it refuses, beside what every operation can refuse.
    pub errors: &'static [&'static [ErrorType]],
    /// The doors by which pages come to it.
    pub doors: &'static [Door],
    /// Whether what is sent with it is not even read.
    pub ignores_body: bool,
    /// Whether it may work for longer than other requests can wait, as hashing does.
    pub is_slow: bool,
    /// Where its answer is known from.
    pub evidence: Evidence,
    /// What else is to be said of that; may be empty.
    pub remark: &'static str,
}

impl Description {
    /// An operation that a project calls and that succeeds with a 200, as most do.
    #[must_use]
    pub const fn new(operation: Operation, title: &'static str, evidence: Evidence) -> Self {
        Self {
            operation,
            title,
            access: Access::Project,
            project_of: None,
            is_free: false,
            dialect: Dialect::Vendor,
            status: StatusCode::OK,
            errors: &[],
            doors: &[],
            ignores_body: false,
            is_slow: false,
            evidence,
            remark: "",
        }
    }
}

/// One operation of the vendor's API.
pub trait Endpoint {
    /// What is said of it.
    const DESCRIPTION: Description;
    /// How long clients may keep its answer, if they may.
    const CACHE_CONTROL: Option<&'static str> = None;
    /// What it reads.
    type Request: Request;
    /// What it answers beside `status_code` and `request_id`.
    type Answer: Serialize + JsonSchema;

    /// Does it.
    ///
    /// # Errors
    /// What it refuses.
    fn handle(call: &Call<'_>, request: Self::Request) -> Result<Self::Answer, Refusal>;

    /// The answer's members, rendered.
    #[must_use]
    fn render(wire: WireProfile, answer: Self::Answer) -> Payload {
        Payload::of(wire, &answer)
    }
}

/// An operation that a browser calls.
pub trait BrowserEndpoint {
    /// What is said of it.
    const DESCRIPTION: Description;
    /// What it reads.
    type Request: Request;

    /// Does it.
    ///
    /// # Errors
    /// What it refuses; that is answered in JSON, as the vendor does it.
    fn handle(call: &Call<'_>, request: Self::Request) -> Result<BrowserReply, Refusal>;
}

/// What the table of operations is made into: what serves them, or what describes them.
pub trait Entry {
    /// An operation.
    fn of<E: Endpoint>() -> Self;

    /// An operation that a browser calls.
    fn of_browser<E: BrowserEndpoint>() -> Self;
}

/// An operation as it is served.
#[derive(Debug)]
pub struct Route {
    /// What is said of it.
    pub description: Description,
    /// Reads the request and does what is asked.
    pub handle: fn(&Call<'_>) -> Result<Reply, Refusal>,
    declared: OnceLock<Declared>,
}

impl Entry for Route {
    fn of<E: Endpoint>() -> Self {
        let handle = |call: &Call<'_>| {
            let answer = E::handle(call, E::Request::read(call)?)?;
            let (status, payload) = (E::DESCRIPTION.status, E::render(call.wire, answer));
            Ok(Reply::Json { status, payload, cache_control: E::CACHE_CONTROL })
        };
        Self { description: E::DESCRIPTION, handle, declared: OnceLock::new() }
    }

    fn of_browser<E: BrowserEndpoint>() -> Self {
        let handle = |call: &Call<'_>| E::handle(call, E::Request::read(call)?).map(Reply::Browser);
        Self { description: E::DESCRIPTION, handle, declared: OnceLock::new() }
    }
}

impl Route {
    /// The same operation behind each of its doors for pages.
    pub fn behind_doors(&self) -> impl Iterator<Item = Self> {
        self.description.doors.iter().map(|door| Self {
            description: Description {
                operation: Operation { path: door.path, ..self.description.operation },
                access: Access::Page(door),
                ..self.description
            },
            handle: self.handle,
            declared: OnceLock::new(),
        })
    }

    /// The door for pages that it stands behind, if it is not a backend's.
    #[must_use]
    pub fn door(&self) -> Option<&'static Door> {
        match self.description.access {
            Access::Page(door) => Some(door),
            Access::Project | Access::Public => None,
        }
    }

    /// Whether the operation has a parameter or a field of this name, or its door fills one in.
    #[must_use]
    pub fn declares(&self, name: &str) -> bool {
        self.declared().has(name) || self.door().is_some() && WITHHELD.contains(&name)
    }

    /// The fields of a form, which are all strings, as what the operation declares them.
    #[must_use]
    pub fn typed(&self, mut fields: JsonObject) -> JsonObject {
        let takes = |name: &str, json_type| self.declared().takes(name, json_type);
        for (name, value) in &mut fields {
            let read = || serde_json::from_str::<Value>(value.as_str()?).ok();
            if let Some(other) =
                read().filter(|read| read.is_number() && takes(name, "integer") || read.is_boolean() && takes(name, "boolean"))
            {
                *value = other;
            }
        }
        fields
    }

    fn declared(&self) -> Declared {
        *self.declared.get_or_init(|| Declared::of(self.description.operation.name))
    }

    /// The methods that call it: `HEAD` answers as `GET`.
    pub fn methods(&self) -> impl Iterator<Item = &'static str> {
        let method = self.description.operation.method;
        std::iter::once(method).chain((method == "GET").then_some("HEAD"))
    }

    /// Whether it reads a body.
    #[must_use]
    pub fn reads_body(&self) -> bool {
        matches!(self.description.operation.method, "POST" | "PUT") && !self.description.ignores_body
    }
}

/// The value of the `allow` header of a path with these routes.
#[must_use]
pub fn allow(routes: &[&Route]) -> String {
    routes.iter().flat_map(|route| route.methods()).collect::<Vec<_>>().join(", ")
}
