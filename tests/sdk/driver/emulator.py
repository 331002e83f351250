"""The emulator as a child process on a free port."""

import os
import subprocess
from urllib.parse import urlsplit

READY = "stytch-mock ready on "
TLS = "# TLS: "

# generous: only an emulator that never ends meets it
MOST_SECONDS_TO_END = 30


class Emulator:
    """Runs from `with` to the end of its block."""

    def __init__(self, binary, seed=None, *flags):
        seeded = ["--seed", str(seed)] if seed else []
        self._command = [binary, "--port", "0", "--log", "off", *seeded, *flags]
        # nothing of the caller's settings may leak in
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("STYTCH_MOCK_")}

    def __enter__(self):
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, env=self._environment
        )
        self.url = self._said(READY)
        if "--tls-port" in self._command:
            self.tls_url = f"https://localhost:{urlsplit(self._said(TLS)).port}"
        return self

    def __exit__(self, *_):
        self._process.terminate()
        try:
            self._process.communicate(timeout=MOST_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise SystemExit("the emulator did not end at a SIGTERM") from None

    def _said(self, start):
        """The next word of the line of its banner that starts so."""
        for line in self._process.stdout:
            if line.startswith(start):
                return line.removeprefix(start).split()[0]
        raise SystemExit(f"the emulator ended with {self._process.wait()} before it said {start!r}")
