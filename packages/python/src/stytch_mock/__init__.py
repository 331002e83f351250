"""A local emulator of Stytch's sessions, users and logins, for test suites.

    with StytchMock(clock="2026-01-01T00:00:00Z") as mock:
        client = stytch.Client(project_id=mock.project_id, secret=mock.secret, environment=mock.url)
        mock.clock.advance("1h")
"""

from ._async_mock import AsyncProject, AsyncStytchMock
from ._mock import Project, StytchMock
from ._options import Options
from ._process import Seed
from ._transport import StytchMockError
from ._types import OutboxMessage, Request

__all__ = [
    "AsyncProject",
    "AsyncStytchMock",
    "Options",
    "OutboxMessage",
    "Project",
    "Request",
    "Seed",
    "StytchMock",
    "StytchMockError",
]
