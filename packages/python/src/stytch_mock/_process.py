"""The emulator as a child process: found, started on a free port, ended. It lives no longer than this process: its standard
input is a pipe from here, and it ends when the pipe does, however that comes about.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import weakref
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

from ._binary import binary_path
from ._options import FLAGS
from ._transport import StytchMockError

Seed = Union[Mapping[str, Any], str, "os.PathLike[str]", Sequence[Union[str, "os.PathLike[str]"]]]
"""A world: a seed, or the paths of seed files."""

# The most bytes of an argument; a larger seed becomes a file until it is read.
ARGUMENT_LIMIT = 16_000 if sys.platform == "win32" else 100_000
START_TIMEOUT = 10
STOP_TIMEOUT = 3


def arguments(options: Mapping[str, Any]) -> List[str]:
    """The arguments that options come to, without the seed."""
    words: List[str] = []
    for option, value in {"port": 0, "log": "off", **options}.items():
        if option not in FLAGS:
            raise TypeError(f"there is no option {option}; there are: seed, {', '.join(FLAGS)}")
        flag, how = FLAGS[option]
        if value is None:
            continue
        if how == "bare":
            words += [flag] if value else []
        elif how == "switch":
            words.append(f"{flag}={'on' if value else 'off'}")
        else:
            values: Sequence[object] = [value] if isinstance(value, (str, int)) else value
            words += [f"{flag}={each}" for each in values]
    return words


class Process:
    """A started emulator."""

    def __init__(self, seed: Optional[Seed], options: Mapping[str, Any]) -> None:
        words = [binary_path(), "--exit-with-stdin", *arguments(options)]
        environment = dict(os.environ)
        written: Optional[str] = None
        if seed is not None:
            # options go before variables
            for name in ("STYTCH_MOCK_SEED", "STYTCH_MOCK_SEED_JSON"):
                environment.pop(name, None)
            if isinstance(seed, Mapping):
                text = json.dumps(seed)
                if len(text) < ARGUMENT_LIMIT:
                    words.append(f"--seed-json={text}")
                else:
                    file, written = tempfile.mkstemp(prefix="stytch-mock-", suffix=".json")
                    with os.fdopen(file, "w") as seed_file:
                        seed_file.write(text)
                    words.append(f"--seed={written}")
            else:
                paths = [seed] if isinstance(seed, (str, os.PathLike)) else seed
                words += [f"--seed={os.fspath(path)}" for path in paths]
        logs = options.get("log", "off") != "off"
        try:
            self._child = subprocess.Popen(
                words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if logs else subprocess.PIPE,
                text=True,
                encoding="utf-8",
                env=environment,
            )
            _started.add(self)
            self.url, self.env = self._greeting()
        finally:
            if written is not None:
                os.unlink(written)

    def _greeting(self) -> "tuple[str, Dict[str, str]]":
        """Waits until it is ready; its URL, and what it tells an app."""
        assert self._child.stdout is not None
        timer = threading.Timer(START_TIMEOUT, self._child.kill)
        timer.start()
        env: Dict[str, str] = {}
        url = ""
        try:
            for line in self._child.stdout:
                if ready := re.match(r"stytch-mock ready on (\S+)", line):
                    # an emulator on every address is called on this machine's
                    url = ready[1].replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")
                elif told := re.match(r"(STYTCH_\w+)=(.*)", line):
                    env[told[1]] = told[2]
                elif line.startswith("# Clock:"):
                    return url, env
        finally:
            timer.cancel()
        complaints = self._child.stderr.read().strip() if self._child.stderr is not None else ""
        code = self._child.wait()
        self.stop()
        raise StytchMockError(f"the emulator did not start: {complaints or f'it ended with {code}'}")

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._child.pid

    def stop(self) -> None:
        """Ends it."""
        self.let_go()
        try:
            self._child.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        for pipe in (self._child.stdout, self._child.stderr):
            if pipe is not None:
                pipe.close()

    def let_go(self) -> None:
        """Closes this process's end of its standard input."""
        assert self._child.stdin is not None
        try:
            self._child.stdin.close()
        except OSError:
            # it has ended already
            pass


_started: "weakref.WeakSet[Process]" = weakref.WeakSet()


def _let_go_of_all() -> None:
    # a child that was forked would hold the emulators of a parent that is gone
    for process in list(_started):
        process.let_go()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go_of_all)
