//! The world that most tests look at: one of each kind of user, and a clock that stands still.

use std::sync::LazyLock;

use stytch_mock::{Builder, Emulator, StartError};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

use crate::client::{Client, Request, Response};

/// The project of the built-in seed, and of every seed that names none.
pub const PROJECT: &str = "project-test-11111111-1111-4111-8111-111111111111";
pub const SECRET: &str = "secret-test-stytch-mock-local-emulator";

/// The documentation page's user.
pub const USER: &str = "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6";

/// Where the clock stands.
pub const NOW: &str = "2021-08-09T08:00:00Z";

/// A user that nobody has seeded.
pub const STRANGER: &str = "user-test-99999999-9999-4999-8999-999999999999";

/// Where emulators run: beside the tests, which block.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

/// Starts an emulator inside this process.
pub fn start(builder: Builder) -> Result<Emulator, StartError> {
    block_on(builder.start())
}

/// Waits for something that is done beside the tests.
pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    RUNTIME.block_on(work)
}

/// Does something beside the tests.
pub fn spawn<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
    RUNTIME.spawn(work)
}

/// An emulator and a client of it.
pub struct House {
    pub emulator: Emulator,
    pub client: Client,
}

impl House {
    pub fn of(builder: Builder) -> Self {
        let emulator = start(builder).unwrap_or_else(|error| panic!("{error}"));
        let client = Client::new(emulator.address());
        Self { emulator, client }
    }

    /// With a seed in place of the built-in one, its clock at [`NOW`].
    pub fn seeded(seed: &str) -> Self {
        Self::of(Emulator::builder().seed_json(seed).clock(NOW))
    }

    /// With a file of `seed/`, at the time that the file says.
    pub fn of_file(name: &str) -> Self {
        Self::of(Emulator::builder().seed_file(seed_path(name)))
    }

    /// Asks for a user's sessions in the first project.
    pub fn sessions(&self, user_id: &str) -> Response {
        self.client.send(&self.ask(&format!("user_id={user_id}")))
    }

    /// The request that asks for sessions with a query, in the first project.
    pub fn ask(&self, query: &str) -> Request {
        sessions_request(query).basic(&self.emulator.project_id(), &self.emulator.secret())
    }
}

/// The request that asks for sessions with a query; nobody's yet.
pub fn sessions_request(query: &str) -> Request {
    Request::get(format!("/v1/sessions?{query}"))
}

/// A file of the repository's `seed/`.
pub fn seed_path(name: &str) -> String {
    format!("{}/seed/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// What stands in a file of the repository's `seed/`.
pub fn seed_text(name: &str) -> String {
    let path = seed_path(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
