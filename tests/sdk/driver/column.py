"""One SDK's walk through the table: a column of the matrix."""

from dataclasses import dataclass, replace

from . import bystanders
from .adapter import Adapter, AdapterEnded
from .judge import Judge


@dataclass(frozen=True)
class Outcome:
    """A cell of the matrix."""

    verdict: str
    detail: str = ""
    # whether the SDK itself could make nothing of an answer
    refused: bool = False


class Lacking(Exception):
    """The SDK has no method for what a case asks for, and is known for that."""


def walk(sdk, cases, world):
    """The outcome of every case that the world has an address for, by its name."""
    with world as world, Adapter(sdk, world.environment) as adapter:
        column = Column(sdk, world, adapter)
        return {case.name: column.outcome(case) for case in cases if case.addresses() <= world.addresses.keys()}


class Column:
    """An SDK in a world of its own: rate limits and request ids are nobody else's."""

    def __init__(self, sdk, world, adapter):
        self._skips = sdk.get("skips", {})
        self._lacks = sdk.get("lacks", {})
        self._world = world
        self._adapter = adapter
        self._judge = Judge(sdk)
        self._refused = False
        self._saved = {}

    def outcome(self, case):
        if case.name in self._skips:
            return Outcome("skip", self._skips[case.name])
        self._refused = False
        try:
            problems = [problem for step in case.steps for problem in self._problems(step)]
        except Lacking as reason:
            return Outcome("skip", str(reason))
        except AdapterEnded as reason:
            return Outcome("FAIL", str(reason))
        if not problems:
            return Outcome("ok")
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        return Outcome("FAIL", problems[0] + more, self._refused)

    def _problems(self, step):
        lacking = next((self._lacks[name] for name in step.names() if name in self._lacks), None)
        if lacking:
            if self._is_there(step):
                yield f"{step.call}: the SDK has it, and sdks.json says that {lacking}"
                return
            raise Lacking(lacking)
        try:
            step = step.knowing(self._saved)
        except KeyError as name:
            yield f"{step.call}: no earlier case saved {name}"
            return
        relay = self._world.relay
        before = relay.connections if relay else 0
        observed = self._observe(step)
        self._refused |= any("failure" in observation for observation in observed)
        for problem in self._judge.problems(step, observed):
            yield f"{step.call}: {problem}"
        if step.most_connections is not None and relay.connections - before > step.most_connections:
            yield f"{relay.connections - before} connections, not {step.most_connections} at most"
        self._save(step, observed[-1].get("response"))

    def _is_there(self, step):
        """Whether the adapter finds a method for a step, after all."""
        observed = self._adapter.perform(replace(step, params={}, times=1), self._world.addresses[step.at])
        return "unsupported" not in observed[0]

    def _observe(self, step):
        if not step.is_sdks:
            return [bystanders.perform(step, self._world.control)]
        return self._adapter.perform(step, self._world.addresses[step.at])

    def _save(self, step, response):
        for name, path in step.save.items():
            value = response
            for key in path.split("."):
                value = piece(value, key)
            if value is not None:
                self._saved[name] = value


def piece(value, key):
    """A member of an object by its name, or of a list by its place."""
    if isinstance(value, dict):
        return value.get(key)
    return value[int(key)] if isinstance(value, list) and value else None
