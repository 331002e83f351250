"""The package's own API, from its wheel: the process, the control plane, projects, ends."""

import asyncio
import base64
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from typing import Any, Dict, List, Protocol
from urllib.parse import urlsplit

import pytest
from stytch_mock import AsyncStytchMock, StytchMock, StytchMockError
from stytch_mock._binary import binary_path

SEED: Dict[str, Any] = {"projects": [{"users": [{"external_id": "someone", "sessions": [{}]}]}]}


class Access(Protocol):
    @property
    def url(self) -> str: ...
    @property
    def project_id(self) -> str: ...
    @property
    def secret(self) -> str: ...


def sessions(access: Access, user: str) -> int:
    credentials = base64.b64encode(f"{access.project_id}:{access.secret}".encode()).decode()
    url = f"{access.url}/v1/sessions?user_id={user}"
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"authorization": f"Basic {credentials}"})) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def answers(url: str) -> bool:
    address = urlsplit(url)
    try:
        socket.create_connection((address.hostname or "", address.port or 0), 1).close()
    except OSError:
        return False
    return True


def test_an_emulator_is_started_steered_and_stopped() -> None:
    with StytchMock(SEED, clock="2026-01-01T00:00:00Z", id_seed=7, explain=False) as mock:
        assert mock.clock.get() == {"now": "2026-01-01T00:00:00Z", "frozen": True}
        assert mock.clock.advance("1h") == {"now": "2026-01-01T01:00:00Z", "frozen": True}
        assert sessions(mock, "someone") == 200
        assert mock.env["STYTCH_BASE_URL"] == mock.url
        assert mock.public_token.startswith("public-token-test-")
        [request] = mock.requests.wait(path="/v1/sessions")
        assert request["status"] == 200
        made = mock.users.add({"external_id": "later", "sessions": [{}]})
        mock.sessions.add(made["user_id"], {})
        mock.snapshots.save("before")
        mock.bucket.set(rate_limit="1/h", level=0)
        assert sessions(mock, "later") == 429
        mock.snapshots.restore("before")
        assert sessions(mock, "later") == 200
        mock.reset()
        assert sessions(mock, "later") == 404
        url = mock.url
    assert not answers(url)
    with pytest.raises(StytchMockError, match="does not run"):
        mock.clock.get()


def test_projects_are_apart_and_end() -> None:
    with StytchMock(SEED) as mock:
        with mock.project() as one, mock.project({"users": []}) as two:
            one.faults.add(error="internal_server_error")
            assert [sessions(each, "someone") for each in (one, mock, two)] == [500, 200, 404]
            assert one.requests.list()["count"] == 1
            assert len(mock.of_project(one.project_id).faults.list()["faults"]) == 1
        assert sessions(one, "someone") == 401
        found = StytchMock.connect(mock.url + "/")
        assert (found.env, found.is_own) == (mock.env, False)
        found.stop()
        assert answers(mock.url), "it was not started there"


def test_it_can_be_awaited() -> None:
    async def run() -> None:
        async with AsyncStytchMock(SEED, clock="2026-01-01T00:00:00Z") as mock, await mock.project() as project:
            await project.faults.add(error="internal_server_error", times=1)
            calls = [asyncio.to_thread(sessions, project, "someone") for _ in range(2)]
            assert sorted(await asyncio.gather(*calls)) == [200, 500]
            waiting = asyncio.create_task(project.requests.wait(count=3))
            await asyncio.to_thread(sessions, project, "someone")
            assert len(await waiting) == 3
            assert (await mock.clock.advance("1h"))["now"] == "2026-01-01T01:00:00Z"

    asyncio.run(run())


def test_a_wrong_seed_is_explained_wherever_it_comes_from() -> None:
    with pytest.raises(StytchMockError, match="usres(.|\n)*did you mean"):
        StytchMock({"projects": [{"usres": []}]}).start()
    with pytest.raises(TypeError, match="there is no option clok"):
        StytchMock(clok="now").start()  # type: ignore[call-arg]  # pyright: ignore
    with StytchMock(SEED) as mock:
        with pytest.raises(StytchMockError) as refused:
            mock.users.add({"emials": []})
        assert (refused.value.status, refused.value.problems[0]["path"]) == (400, "$.emials")
        with pytest.raises(StytchMockError, match="waited for 1 messages, 0 came"):
            mock.outbox.wait(to="nobody@example.com", wait="10ms")


def test_a_large_seed_leaves_no_file() -> None:
    def files() -> int:
        return sum(name.startswith("stytch-mock-") and name.endswith(".json") for name in os.listdir(tempfile.gettempdir()))

    before = files()
    users: List[Dict[str, Any]] = [{"external_id": f"user-{number}", "sessions": [{}]} for number in range(5000)]
    with StytchMock({"projects": [{"users": users}]}) as mock:
        assert sessions(mock, "user-4999") == 200
        assert files() == before


def test_the_module_has_every_flag() -> None:
    module = [sys.executable, "-m", "stytch_mock"]
    assert "--exit-with-stdin" in subprocess.run([*module, "--help"], capture_output=True, text=True).stdout
    assert subprocess.run([*module, "--port", "x"], capture_output=True).returncode == 2


def gone(url: str, limit: float) -> float:
    start = time.monotonic()
    while answers(url):
        assert time.monotonic() - start < limit, f"{url} still answers after {limit} s"
    return time.monotonic() - start


SCRIPTS = {
    "with": "from stytch_mock import StytchMock; m = StytchMock().start(); print(m.url, flush=True); import time; time.sleep(60)",
    # a child that was forked does not keep it alive
    "fork": """
import os, time
from stytch_mock import StytchMock
mock = StytchMock().start()
if os.fork() == 0:
    time.sleep(3)
    os._exit(0)
print(mock.url, flush=True)
time.sleep(60)
""",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_nothing_is_left_of_a_process_that_is_killed(script: str) -> None:
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert answers(url)
        process.send_signal(signal.SIGKILL)
        print(f"\nnote: gone {gone(url, 2) * 1000:.0f} ms after SIGKILL")


def test_a_start_costs_at_most_50_ms_more_than_the_binarys_own() -> None:
    own: List[float] = []
    by: List[float] = []
    for _ in range(15):
        start = time.perf_counter()
        process = subprocess.Popen([binary_path(), "--port", "0", "--log", "off"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        own.append(time.perf_counter() - start)
        process.terminate()
        process.communicate()
        start = time.perf_counter()
        mock = StytchMock().start()
        by.append(time.perf_counter() - start)
        mock.stop()
    by_median, own_median = statistics.median(by) * 1000, statistics.median(own) * 1000
    print(f"\nnote: median start {by_median:.1f} ms, the binary alone {own_median:.1f} ms")
    assert by_median - own_median <= 50
