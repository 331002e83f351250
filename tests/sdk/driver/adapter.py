"""An SDK's adapter as a child process: a line of JSON in, a line of JSON out."""

import json
import os
import subprocess
import threading

from .table import HOME

# generous: only a call that hangs for good meets it
MOST_SECONDS_A_STEP = 60


class AdapterEnded(Exception):
    """The adapter's process is gone."""


class Adapter:
    """Runs from `with` to the end of its block."""

    def __init__(self, sdk, environment=None):
        self._command = [str(HOME / sdk["folder"] / "start"), *sdk.get("arguments", [])]
        # whatever the machine's proxy is for, it is not for calls to the machine itself
        direct = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        self._environment = direct | (environment or {})

    def __enter__(self):
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=self._environment
        )
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.communicate()

    def perform(self, step, base_url):
        """What the SDK made of a step, each time."""
        request = {
            "client": {**step.credentials, "base_url": base_url},
            "call": step.call,
            "with": step.params,
            "times": step.times,
            "at_once": step.at_once,
        }
        watchdog = threading.Timer(MOST_SECONDS_A_STEP, self._process.kill)
        watchdog.start()
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            reply = self._process.stdout.readline()
        except BrokenPipeError:
            reply = ""
        finally:
            watchdog.cancel()
        if not reply:
            raise AdapterEnded(f"the adapter ended with {self._process.wait()}")
        return json.loads(reply)["observed"]
