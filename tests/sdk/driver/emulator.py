"""The emulator as a child process on a free port."""

import os
import subprocess

READY = "stytch-mock ready on "


class Emulator:
    """Runs from `with` to the end of its block."""

    def __init__(self, binary, seed, *flags):
        self._command = [binary, "--port", "0", "--log", "off", "--seed", str(seed), *flags]
        # nothing of the caller's settings may leak in
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("STYTCH_MOCK_")}

    def __enter__(self):
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, env=self._environment
        )
        line = self._process.stdout.readline()
        if not line.startswith(READY):
            self.__exit__()
            raise SystemExit(f"the emulator did not start: {line or 'no word from it'}")
        self.url = line.removeprefix(READY).strip()
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.communicate()
