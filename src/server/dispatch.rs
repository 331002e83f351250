//! Both planes as one service: which of them a request is for, and what it gets should the emulator panic.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use futures_util::FutureExt;
use tokio::sync::watch;
use tower::ServiceExt;

use crate::api;
use crate::api::router::Api;
use crate::app::App;
use crate::control;

/// The emulated API and, unless it is switched off, the control plane.
pub(super) struct Dispatch {
    pub(super) app: Arc<App>,
    pub(super) api: Api,
    pub(super) control: Option<Router>,
    /// Changes when the server ends.
    pub(super) stopping: watch::Receiver<()>,
}

impl Dispatch {
    /// The planes that the settings ask for.
    pub(super) fn of(app: &Arc<App>, stopping: watch::Receiver<()>) -> Self {
        let control = app.settings().control.then(|| control::router(app));
        Self { app: Arc::clone(app), api: Api::new(app), control, stopping }
    }

    /// Answers a request, whatever happens: a panic is the vendor's 500.
    pub(super) async fn answer(&self, request: Request) -> Response {
        let answer = AssertUnwindSafe(self.dispatch(request)).catch_unwind().await;
        answer.unwrap_or_else(|_| api::serving::response::bug(&self.app))
    }

    async fn dispatch(&self, request: Request) -> Response {
        match &self.control {
            Some(control) if is_control(request.uri().path()) => {
                let Ok(response) = control.clone().oneshot(request).await;
                response
            }
            _ => self.api.answer(request).await,
        }
    }
}

fn is_control(path: &str) -> bool {
    path.strip_prefix(control::PREFIX).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
