"""The app's suite. Its files are the same, so that workers do the same at the same time."""

import time

import pytest
from app import App
from stytch_mock import Project, StytchMock


@pytest.fixture
def app(stytch_project: Project) -> App:
    return App(stytch_project.url, stytch_project.project_id, stytch_project.secret)


@pytest.fixture(autouse=True)
def fresh(stytch_project: Project, stytch_mock: StytchMock) -> None:
    """Everything starts as the seed has it, whatever the tests before and the workers beside did."""
    assert stytch_project.outbox.list()["count"] == stytch_project.requests.list()["count"] == 0
    assert "new@example.com" not in str(stytch_project.state.get())
    assert abs(time.time() - _seconds(stytch_mock.clock.get()["now"])) < 60


def _seconds(timestamp: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(timestamp.replace("Z", "+00:00")).timestamp()


def log_in(app: App, stytch_project: Project, email: str) -> str:
    status, method_id = app.log_in(email)
    assert status == 200
    [message] = stytch_project.outbox.wait(to=email)
    status, token = app.code(method_id, message.get("code") or "")
    assert status == 200
    return str(token)


def test_a_code_in_an_email_logs_a_user_in(app: App, stytch_project: Project) -> None:
    assert app.me(log_in(app, stytch_project, "new@example.com")) == (200, "new@example.com")


def test_a_session_ends_with_its_time(app: App, stytch_project: Project, stytch_mock: StytchMock) -> None:
    token = log_in(app, stytch_project, "new@example.com")
    stytch_mock.clock.advance("2h")
    assert app.me(token) == (404, "session_not_found")


def test_a_failure_of_the_service_is_shown_and_passes(app: App, stytch_project: Project) -> None:
    stytch_project.faults.add(operation="users.search", error="internal_server_error", times=1)
    assert app.users() == (500, "internal_server_error")
    assert app.users()[0] == 200
    assert len(stytch_project.requests.wait(status=500, path="/v1/users/search")) == 1


def test_a_rate_limit_is_shown(app: App, stytch_project: Project) -> None:
    stytch_project.bucket.set(rate_limit="1/h", level=0)
    assert app.users() == (429, "too_many_requests")
