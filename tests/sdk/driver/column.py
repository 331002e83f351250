"""One SDK's walk through the table: a column of the matrix."""

from contextlib import ExitStack
from dataclasses import dataclass

from .adapter import Adapter, AdapterEnded
from .emulator import Emulator
from .judge import Judge
from .relay import Relay
from .table import HOME


@dataclass(frozen=True)
class Outcome:
    """A cell of the matrix."""

    verdict: str
    detail: str = ""
    # whether the SDK itself could make nothing of an answer
    refused: bool = False


class Unsupported(Exception):
    """The SDK cannot do what a case asks for."""


class Column:
    """An SDK with an emulator of its own: rate limits and request ids are nobody else's."""

    def __init__(self, sdk, binary, lost_key=None):
        self.sdk = sdk
        self._binary = binary
        self._lost_key = lost_key

    def walk(self, cases):
        """The outcome of every case, by its name."""
        with ExitStack() as running:
            page = running.enter_context(Emulator(self._binary, HOME / "seed.json", "--wire", "page"))
            live = running.enter_context(Emulator(self._binary, HOME / "seed.json", "--wire", "live"))
            relay = running.enter_context(Relay(page.url, self._lost_key))
            self._relay = relay
            self._addresses = {"page": page.url, "live": live.url, "relay": relay.url}
            if self._lost_key:
                lossy_live = running.enter_context(Relay(live.url, self._lost_key))
                self._addresses |= {"page": relay.url, "live": lossy_live.url}
            self._adapter = running.enter_context(Adapter(self.sdk))
            self._judge = Judge(self.sdk)
            return {case.name: self._outcome(case) for case in cases}

    def _outcome(self, case):
        if case.name in self.sdk.get("skips", {}):
            return Outcome("skip", self.sdk["skips"][case.name])
        self._refused = False
        try:
            problems = [problem for step in case.steps for problem in self._problems(step)]
        except Unsupported as reason:
            return Outcome("skip", str(reason))
        except AdapterEnded as reason:
            return Outcome("FAIL", str(reason))
        if not problems:
            return Outcome("ok")
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        return Outcome("FAIL", problems[0] + more, self._refused)

    def _problems(self, step):
        connections_before = self._relay.connections
        reply = self._adapter.perform(step, self._addresses[step.at])
        if "unsupported" in reply:
            raise Unsupported(reply["unsupported"])
        self._refused |= any("failure" in observation for observation in reply["observed"])
        yield from self._judge.problems(step, reply["observed"])
        opened = self._relay.connections - connections_before
        if step.most_connections is not None and opened > step.most_connections:
            yield f"{opened} connections, not {step.most_connections} at most"
