"""A started or found emulator, and its projects."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any, Dict, Mapping, Optional, Type

from ._control import Control, ProjectControl
from ._options import Options
from ._process import Process, Seed
from ._transport import Transport
from ._types import Credentials

if TYPE_CHECKING:
    # only type checkers read it, and they bring it
    from typing_extensions import Self, Unpack


class Project(ProjectControl):
    """A project of the emulator. What is steered here is about this project alone. As a context manager it is deleted at
    the end.
    """

    def __init__(self, transport: Transport, credentials: Credentials) -> None:
        super().__init__(transport, credentials["project_id"])
        self.url = transport.base_url
        """The base URL, for the option of the vendor's SDK."""
        self.project_id = credentials["project_id"]
        self.secret = credentials["secret"]
        self.public_token = credentials["public_token"]
        """What browsers name the project by."""
        self.env: Dict[str, str] = {**_variables(credentials), "STYTCH_BASE_URL": self.url}
        """The same as variables."""

    def delete(self) -> None:
        """Deletes the project."""
        Control(self._transport).projects.delete(self.project_id)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.delete()


class StytchMock(Control):
    """An emulator. What is steered here is about the whole world; credentials are those of the seed's first project.

    It runs from `start()` to `stop()`, or in a `with` block, and ends at the latest with this process.
    """

    def __init__(self, seed: Optional[Seed] = None, **options: Unpack[Options]) -> None:
        super().__init__(Transport())
        self._seed = seed
        self._options: Mapping[str, Any] = {**options}
        self._process: Optional[Process] = None
        self._env: Dict[str, str] = {}

    @classmethod
    def connect(cls, url: str) -> Self:
        """Finds an emulator that runs already. It is not ended by `stop()`."""
        found = cls()
        found._transport.base_url = url.rstrip("/")
        projects = found.projects.list()["projects"]
        found._env = _variables(projects[0]) if projects else {}
        return found

    def start(self) -> Self:
        """Starts it on a free port."""
        if self._process is None:
            self._process = Process(self._seed, self._options)
            self._transport.base_url, self._env = self._process.url, self._process.env
        return self

    def stop(self) -> None:
        """Ends it, if it was started here."""
        if self._process is not None:
            self._process.stop()
            self._process = None
            self._transport.base_url = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.stop()

    @property
    def transport(self) -> Transport:
        """How its control plane is called."""
        return self._transport

    @property
    def is_own(self) -> bool:
        """Whether it was started here."""
        return self._process is not None

    @property
    def url(self) -> str:
        """The base URL, for the option of the vendor's SDK."""
        return self._transport.base_url

    @property
    def project_id(self) -> str:
        return self._env.get("STYTCH_PROJECT_ID", "")

    @property
    def secret(self) -> str:
        return self._env.get("STYTCH_SECRET", "")

    @property
    def public_token(self) -> str:
        """What browsers name the project by."""
        return self._env.get("STYTCH_PUBLIC_TOKEN", "")

    @property
    def env(self) -> Dict[str, str]:
        """The same as variables: `STYTCH_PROJECT_ID`, `STYTCH_SECRET`, `STYTCH_PUBLIC_TOKEN`, `STYTCH_BASE_URL`."""
        return {**self._env, "STYTCH_BASE_URL": self.url}

    def project(self, described: Optional[Mapping[str, Any]] = None) -> Project:
        """Makes a project with credentials of its own: a clone of the seed's first, or what is described."""
        return Project(self._transport, self.projects.add(described))

    def of_project(self, project_id: str) -> ProjectControl:
        """The control plane of one project."""
        return ProjectControl(self._transport, project_id)


def _variables(credentials: Credentials) -> Dict[str, str]:
    return {name: str(value) for name, value in credentials["env"].items()}
