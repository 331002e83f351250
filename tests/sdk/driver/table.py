"""The shared table of cases: what is called, with whose credentials, and what should come back."""

import json
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Step:
    """One call, and what should come of it each time."""

    call: str
    params: dict
    credentials: dict
    at: str
    times: int
    at_once: bool
    expect: dict
    most_connections: int | None


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
        credentials = self._cases["credentials"][step.get("as", "main")]
        at = step.get("at", "page")
        return Step(
            call=step.get("call", "sessions.get"),
            params=step["with"],
            credentials=credentials,
            at=at,
            times=step.get("times", 1),
            at_once=step.get("at_once", False),
            expect=self._expectation(step["expect"], step["with"], credentials, at),
            most_connections=step.get("most_connections"),
        )

    def _expectation(self, expect, params, credentials, at):
        """What an adapter should observe."""
        if expect == "as seeded":
            expect = {"seeded": params["user_id"]}
        if "seeded" in expect:
            return {"response": {"status_code": 200, "sessions": self._sessions(credentials, expect["seeded"])}}
        if "error" in expect:
            return {"error": self._error(expect["error"], at)}
        return {"response": {"status_code": 200, **expect["response"]}}

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
