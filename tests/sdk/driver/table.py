"""The shared table of cases: what is called, with whose credentials, and what should come back."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template

HOME = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Step:
    """One call, and what should come of it each time."""

    # one of the SDK's (`sessions.get`), or one of the emulator's control plane (`POST /__mock/reset`)
    call: str
    params: dict
    credentials: dict
    at: str
    times: int
    at_once: bool
    expect: dict
    most_connections: int | None
    # what later cases of the same column want to know of the answer: names, and where it stands
    save: dict

    @property
    def is_control(self):
        return " /__mock/" in self.call

    @property
    def has_envelope(self):
        """Whether the answer comes from the emulated service, with a status code and a request id."""
        return not self.is_control and not self.call.endswith("_local")

    def knowing(self, saved):
        """The step with every `$name` replaced by what was saved under that name."""
        return replace(
            self, call=known(self.call, saved), params=known(self.params, saved), expect=known(self.expect, saved)
        )


def known(value, saved):
    """A JSON value in which `$name` is what was saved under that name."""
    if isinstance(value, dict):
        return {key: known(inner, saved) for key, inner in value.items()}
    if isinstance(value, list):
        return [known(inner, saved) for inner in value]
    return Template(value).substitute(saved) if isinstance(value, str) and "$" in value else value


@dataclass(frozen=True)
class Case:
    """A row of the matrix."""

    name: str
    steps: list[Step]

    def addresses(self):
        """Where its calls go."""
        return {step.at for step in self.steps}


class Table:
    """cases.json, its expectations spelled out from seed.json."""

    def __init__(self):
        self._cases = json.loads((HOME / "cases.json").read_text())
        self._projects = json.loads((HOME / "seed.json").read_text())["projects"]

    @property
    def mutations(self):
        """The keys whose loss every SDK's suite has to notice."""
        return self._cases["mutations"]

    def cases(self):
        """Every case, in the order in which it is walked."""
        return [
            Case(case["name"], [self._step(step) for step in case.get("steps", [case])])
            for entry in self._cases["cases"]
            for case in self._expand(entry)
        ]

    def _expand(self, case):
        """A case that stands for several errors, once for each."""
        if "each_error" not in case:
            return [case]
        text = json.dumps({key: value for key, value in case.items() if key != "each_error"})
        return [
            json.loads(text.replace("{error}", error).replace("{status}", str(self._cases["errors"][error]["status"])))
            for error in case["each_error"]
        ]

    def _step(self, step):
        bare = Step(
            call=step.get("call", "sessions.get"),
            params=step.get("with", {}),
            credentials=self._cases["credentials"][step.get("as", "main")],
            at=step.get("at", "page"),
            times=step.get("times", 1),
            at_once=step.get("at_once", False),
            expect=step.get("expect", {"response": {}}),
            most_connections=step.get("most_connections"),
            save=step.get("save", {}),
        )
        return replace(bare, expect=self._expectation(bare))

    def _expectation(self, step):
        """What an adapter should observe."""
        expect = {"seeded": step.params["user_id"]} if step.expect == "as seeded" else step.expect
        if "seeded" in expect:
            expect = {"response": {"sessions": self._sessions(step.credentials, expect["seeded"])}}
        if "error" in expect:
            return {"error": self._error(expect["error"], step.at)}
        if "response" in expect and step.has_envelope:
            return {"response": {"status_code": 200, **expect["response"]}}
        return expect

    def _sessions(self, credentials, user_id):
        """A user's active sessions, as they were put in: by what the seed says of each."""
        project = next(each for each in self._projects if each["project_id"] == credentials["project_id"])
        user = next(each for each in project["users"] if user_id in (each["user_id"], each.get("external_id")))
        emulators_own = ("session_token", "revoked_at")
        return [
            {"user_id": user["user_id"]} | {key: value for key, value in session.items() if key not in emulators_own}
            for session in user["sessions"]
            if "revoked_at" not in session and session["expires_at"] == "2099-12-31T23:59:59Z"
        ]

    def _error(self, error_type, at):
        row = self._cases["errors"][error_type]
        anchor = f"#{error_type}" if at == "live" else ""
        return {
            "status_code": row["status"],
            "error_type": error_type,
            "error_message": row["message"],
            "error_url": f"https://stytch.com/docs/api/errors/{row['status']}{anchor}",
        }
