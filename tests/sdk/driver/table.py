"""The shared table of cases: what is called, with whose credentials, and what should come back."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template

HOME = Path(__file__).resolve().parent.parent

# of these answers the SDKs make types of their own, or they ask nobody
RESHAPED = {"m2m.token", "m2m.authenticateToken", "idp.introspectTokenNetwork", "idp.introspectTokenLocal"}


@dataclass(frozen=True)
class Step:
    """One call, and what should come of it each time."""

    # the SDK's (`sessions.get`), the control plane's (`POST /__mock/reset`), a browser's (`GET …`), or another bystander's
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
    def is_sdks(self):
        return " " not in self.call and "." in self.call

    @property
    def has_envelope(self):
        """Whether the answer comes from the emulated service, with a status code and a request id."""
        return self.is_sdks and not self.call.endswith("Local") and self.call not in RESHAPED

    def names(self):
        """The call's name and those of what it belongs to: `idp.oauth.authorize`, `idp.oauth`, `idp`."""
        parts = self.call.split(".")
        return [".".join(parts[:end]) for end in range(len(parts), 0, -1)]

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
    """What stands in table.json and cases/, its expectations spelled out from seed.json and from the emulator's own page
    of errors."""

    def __init__(self):
        self._table = json.loads((HOME / "table.json").read_text())
        self._projects = json.loads((HOME / "seed.json").read_text())["projects"]
        if sorted(self._table["files"]) != sorted(path.stem for path in (HOME / "cases").glob("*.json")):
            raise SystemExit("table.json has to name each file of cases/ once")
        docs = HOME.parent.parent / "docs"
        self._errors = dict(errors((docs / "errors.md").read_text()))
        self._supported = (docs / "supported.md").read_text()

    @property
    def mutations(self):
        """The keys whose loss every SDK's suite has to notice."""
        return self._table["mutations"]

    def cases(self):
        """Every case, in the order in which it is walked."""
        return [
            Case(case["name"], [self._step(step) for step in self._steps(case)])
            for name in self._table["files"]
            for entry in json.loads((HOME / "cases" / f"{name}.json").read_text())
            for case in self._expand(entry)
        ]

    def uncalled(self):
        """The operations of the backend API that no case calls. Of an operation that has several paths, one is enough; and
        what browsers and OAuth's own clients call, no SDK has a method for."""
        called = {step.call for case in self.cases() for step in case.steps}
        names = re.findall(r"^`\w+ \S+`, `([^`(]+)` in the SDKs", self._supported, re.MULTILINE)
        others = tuple(self._table["no_method"])
        return [name for name in names if name not in called and not name.startswith(others)]

    def _expand(self, case):
        """A case that stands for several, once for each: `{name}` is what each says of it."""
        text = json.dumps({key: value for key, value in case.items() if key != "each"})
        for each in case.get("each", [{}]):
            words = {"status": str(self._errors[each["error"]][0]), **each} if "error" in each else each
            expanded = text
            for name, word in words.items():
                expanded = expanded.replace(f"{{{name}}}", word)
            yield json.loads(expanded)

    def _steps(self, case):
        """A case is one step, or has several; a name stands for a sequence of them."""
        for step in case.get("steps", [case]):
            yield from self._table["sequences"][step] if isinstance(step, str) else [step]

    def _step(self, step):
        bare = Step(
            call=step.get("call", "sessions.get"),
            params=step.get("with", {}),
            credentials=self._table["credentials"][step.get("as", "main")],
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
        if isinstance(expect.get("error"), str):
            return {"error": self._error(expect["error"], step.at)}
        if "oauth_error" in expect:
            return {"error": {"class": "oauth_error", **expect["oauth_error"]}}
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
        status, message = self._errors[error_type]
        anchor = f"#{error_type}" if at == "live" else ""
        return {
            "status_code": status,
            "error_type": error_type,
            "error_message": message,
            "error_url": f"https://stytch.com/docs/api/errors/{status}{anchor}",
        }


def errors(page):
    """Status and message of each error type on the page of errors."""
    for line in page.splitlines():
        if line.startswith("| `"):
            error_type, status, message, _ = (cell.strip() for cell in line.strip("|").split(" | "))
            yield error_type.strip("`"), (int(status), message)
