"""How the control clients speak to the emulator: one JSON request over a connection of its own."""

from __future__ import annotations

import asyncio
import http.client
import json
from typing import Any, Dict, List, Mapping, Optional, Sequence, TypeVar, Union, cast
from urllib.parse import quote, urlencode, urlsplit

from ._types import Problem

T = TypeVar("T")
Query = Dict[str, Union[str, int, bool, None]]

# The longest that an answer may take: the emulator itself waits for a minute at most.
TIMEOUT = 75


class StytchMockError(Exception):
    """What the emulator refused, or that it did not answer."""

    def __init__(self, message: str, status: Optional[int] = None, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.status = status
        """The status of the answer, if there was one."""
        self.problems = list(problems)
        """Each problem of a seed, or of a part of one."""


class Transport:
    """Calls the control plane of the emulator at a base URL."""

    def __init__(self, base_url: Optional[str] = None) -> None:
        self._base_url = base_url

    @property
    def base_url(self) -> str:
        """The emulator's base URL."""
        if self._base_url is None:
            raise StytchMockError("the emulator does not run: start it by `with`, or by start()")
        return self._base_url

    @base_url.setter
    def base_url(self, url: Optional[str]) -> None:
        self._base_url = url

    def url(self, path: str, query: Query) -> str:
        """The URL of a control route."""
        return self.base_url + _target(path, query)

    def json(self, method: str, path: str, query: Query, body: Optional[Mapping[str, Any]]) -> object:
        """Calls a route that answers JSON."""
        return cast(object, json.loads(self.text(method, path, query, body)))

    def text(self, method: str, path: str, query: Query, body: Optional[Mapping[str, Any]]) -> str:
        """Calls a route that answers any text."""
        address = urlsplit(self.base_url)
        what = f"{method} {self.url(path, query)}"
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=TIMEOUT)
        try:
            content = None if body is None else json.dumps(body)
            connection.request(method, _target(path, query), content, {"content-type": "application/json", "connection": "close"})
            answer = connection.getresponse()
            received = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise StytchMockError(f"{what}: {error}") from error
        finally:
            connection.close()
        if answer.status >= 300:
            raise _refusal(what, answer.status, received)
        return received


class AsyncTransport:
    """The same, awaited: each call in a thread."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def url(self, path: str, query: Query) -> str:
        """The URL of a control route."""
        return self._transport.url(path, query)

    async def json(self, method: str, path: str, query: Query, body: Optional[Mapping[str, Any]]) -> object:
        """Calls a route that answers JSON."""
        return await asyncio.to_thread(self._transport.json, method, path, query, body)

    async def text(self, method: str, path: str, query: Query, body: Optional[Mapping[str, Any]]) -> str:
        """Calls a route that answers any text."""
        return await asyncio.to_thread(self._transport.text, method, path, query, body)


def _target(path: str, query: Query) -> str:
    spelled = {name: str(value).lower() if isinstance(value, bool) else value for name, value in given(query).items()}
    return f"/__mock{path}" + (f"?{urlencode(spelled)}" if spelled else "")


def _refusal(what: str, status: int, received: str) -> StytchMockError:
    try:
        body = json.loads(received)
        message, problems = str(body["error"]), cast("List[Problem]", body.get("problems", []))
    except (ValueError, KeyError, TypeError, AttributeError):
        # it is no answer of the control plane: as it is, then
        message, problems = received, []
    lines = [f"\n  {each['file']}:{each['line']}:{each['column']}: {each['path']}: {each['message']}" for each in problems]
    return StytchMockError(f"{what}: {status}: {message}{''.join(lines)}", status, problems)


class Routes:
    """Some control routes, about one project if there is a scope."""

    def __init__(self, transport: Transport, project_scope: Optional[str] = None) -> None:
        self._transport = transport
        self._project_scope = project_scope

    def _scope(self, query: Query) -> Query:
        return {**query, "project_id": self._project_scope}


class AsyncRoutes:
    """Some control routes, about one project if there is a scope."""

    def __init__(self, transport: AsyncTransport, project_scope: Optional[str] = None) -> None:
        self._transport = transport
        self._project_scope = project_scope

    def _scope(self, query: Query) -> Query:
        return {**query, "project_id": self._project_scope}


def given(values: Mapping[str, T]) -> Dict[str, T]:
    """Without what was not given."""
    return {name: value for name, value in values.items() if value is not None}


def quoted(segment: Union[str, int]) -> str:
    """A segment of a path."""
    return quote(str(segment), safe="")


def enough(what: str, found: List[T], count: int) -> List[T]:
    """Raises unless as many came as were waited for."""
    if len(found) < count:
        raise StytchMockError(f"waited for {count} {what}, {len(found)} came")
    return found
