"""Compares what an SDK made of an answer with what the table expects of it."""

import re
from datetime import datetime

TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
REQUEST_ID = r"request-id-{}-[0-9a-f]{{8}}-[0-9a-f]{{4}}-4[0-9a-f]{{3}}-[89ab][0-9a-f]{{3}}-[0-9a-f]{{12}}"


class Judge:
    """Judges one SDK's observations; remembers every request id, since none may come twice."""

    def __init__(self, sdk):
        self._classes = {"error": sdk["error"], "oauth_error": sdk.get("oauth_error", sdk["error"])}
        self._omits_empty = sdk.get("omits_empty", False)
        self._unmodelled = sdk.get("unmodelled", [])
        self._request_ids = set()

    def problems(self, step, observed):
        """What is wrong with the answers to a step, in words."""
        if len(observed) != step.times:
            yield f"{len(observed)} answers to {step.times} calls"
        for observation in observed:
            yield from self._problems(step, observation)

    def _problems(self, step, observation):
        (kind, expected), = step.expect.items()
        if kind == "failure" and observation.get("error", {}).get("request_id") == "":
            return  # what an SDK refuses by itself may have the type of its errors
        if expected and not self._classes.get(expected.get("class"), True):
            kind = "failure"
        if kind not in observation:
            yield f"expected {kind}, got {observation}"
            return
        if kind == "failure":
            return  # each SDK has words of its own for what it refuses by itself
        if kind == "error":
            expected = {**expected, "class": self._classes[expected.get("class", "error")]}
        yield from self._differences(kind, expected, observation[kind])
        if step.has_envelope:
            yield from self._request_id(step, observation[kind].get("request_id"))

    def _request_id(self, step, request_id):
        environment = "live" if step.credentials["project_id"].startswith("project-live-") else "test"
        if not re.fullmatch(REQUEST_ID.format(environment), str(request_id)):
            yield f"request_id is {request_id}"
        elif request_id in self._request_ids:
            yield f"{request_id} came twice"
        self._request_ids.add(request_id)

    def _differences(self, path, expected, actual):
        """Whatever is expected must be there; what else is there is the SDK's business."""
        if actual is None and self._omits_empty and not expected:
            return
        if isinstance(expected, dict) and isinstance(actual, dict):
            for key, value in expected.items():
                if key not in self._unmodelled:
                    yield from self._differences(f"{path}.{key}", value, actual.get(key))
        elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
            for index, (one, other) in enumerate(zip(expected, actual)):
                yield from self._differences(f"{path}[{index}]", one, other)
        elif not same(expected, actual):
            yield f"{path}: expected {shorten(expected)}, got {shorten(actual)}"


def same(expected, actual):
    """Whether two plain values are one; a moment may be written in more than one way."""
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if isinstance(expected, str) and isinstance(actual, str):
        if TIMESTAMP.fullmatch(expected) and TIMESTAMP.fullmatch(actual):
            return datetime.fromisoformat(expected) == datetime.fromisoformat(actual)
    return expected == actual


def shorten(value, most=120):
    text = repr(value)
    return text if len(text) <= most else f"{text[:most]}…"
