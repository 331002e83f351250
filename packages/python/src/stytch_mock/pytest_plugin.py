"""pytest: an emulator for the session, and a fresh project for each test. Under pytest-xdist each worker has an emulator of
its own, unless STYTCH_MOCK_URL names one that runs already.
"""

from __future__ import annotations

import os
from typing import Iterator

import pytest

from ._mock import Project, StytchMock
from ._options import Options


@pytest.fixture(scope="session")
def stytch_mock_seed() -> object:
    """The emulator's seed: to be overridden by a fixture of this name. Default: the built-in seed."""
    return None


@pytest.fixture(scope="session")
def stytch_mock_options() -> Options:
    """The emulator's options: to be overridden by a fixture of this name."""
    return {}


@pytest.fixture(scope="session")
def stytch_mock(stytch_mock_seed: object, stytch_mock_options: Options) -> Iterator[StytchMock]:
    """The emulator."""
    if url := os.environ.get("STYTCH_MOCK_URL"):
        yield StytchMock.connect(url)
        return
    with StytchMock(stytch_mock_seed, **stytch_mock_options) as mock:  # type: ignore[arg-type]  # pyright: ignore
        yield mock


@pytest.fixture
def stytch_project(stytch_mock: StytchMock) -> Iterator[Project]:
    """A project of the test's own. If the emulator is the worker's own, its clock goes back to where it was, too."""
    clock = stytch_mock.clock.get() if stytch_mock.is_own else None
    with stytch_mock.project() as project:
        yield project
    if clock is not None:
        stytch_mock.clock.set(now=clock["now"] if clock["frozen"] else "system", frozen=clock["frozen"])
