"""A started or found emulator, and its projects, awaited."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import TYPE_CHECKING, Any, Dict, Mapping, Optional, Type

from ._async_control import AsyncControl, AsyncProjectControl
from ._mock import Project, StytchMock
from ._options import Options
from ._process import Seed
from ._transport import AsyncTransport

if TYPE_CHECKING:
    # only type checkers read it, and they bring it
    from typing_extensions import Self, Unpack


class AsyncProject(AsyncProjectControl):
    """A project of the emulator. What is steered here is about this project alone. As a context manager it is deleted at
    the end.
    """

    def __init__(self, transport: AsyncTransport, project: Project) -> None:
        super().__init__(transport, project.project_id)
        self._project = project
        self.url = project.url
        """The base URL, for the option of the vendor's SDK."""
        self.project_id = project.project_id
        self.secret = project.secret
        self.public_token = project.public_token
        """What browsers name the project by."""
        self.env = project.env
        """The same as variables."""

    async def delete(self) -> None:
        """Deletes the project."""
        await asyncio.to_thread(self._project.delete)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        await self.delete()


class AsyncStytchMock(AsyncControl):
    """An emulator, as `StytchMock`, for `async with`."""

    def __init__(self, seed: Optional[Seed] = None, **options: Unpack[Options]) -> None:
        self._mock = StytchMock(seed, **options)
        super().__init__(AsyncTransport(self._mock.transport))

    async def start(self) -> Self:
        """Starts it on a free port."""
        await asyncio.to_thread(self._mock.start)
        return self

    async def stop(self) -> None:
        """Ends it."""
        await asyncio.to_thread(self._mock.stop)

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The base URL, for the option of the vendor's SDK."""
        return self._mock.url

    @property
    def project_id(self) -> str:
        return self._mock.project_id

    @property
    def secret(self) -> str:
        return self._mock.secret

    @property
    def public_token(self) -> str:
        """What browsers name the project by."""
        return self._mock.public_token

    @property
    def env(self) -> Dict[str, str]:
        """The same as variables: `STYTCH_PROJECT_ID`, `STYTCH_SECRET`, `STYTCH_PUBLIC_TOKEN`, `STYTCH_BASE_URL`."""
        return self._mock.env

    async def project(self, described: Optional[Mapping[str, Any]] = None) -> AsyncProject:
        """Makes a project with credentials of its own: a clone of the seed's first, or what is described."""
        return AsyncProject(self._transport, await asyncio.to_thread(self._mock.project, described))

    def of_project(self, project_id: str) -> AsyncProjectControl:
        """The control plane of one project."""
        return AsyncProjectControl(self._transport, project_id)
