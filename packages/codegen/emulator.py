"""Asks the emulator what it is: its control routes by the OpenAPI document that it serves, its flags by its help."""

import json
import os
import re
import subprocess
import urllib.request
from dataclasses import dataclass


@dataclass(frozen=True)
class Flag:
    """A flag of `serve`."""

    name: str
    value: str
    meaning: str
    choices: tuple[str, ...]
    default: str

    @property
    def is_bare(self):
        """Whether it takes no value."""
        return not self.value

    @property
    def is_switch(self):
        """Whether it is `on` or `off`."""
        return self.choices == ("on", "off")

    @property
    def is_number(self):
        return self.value in ("N", "PORT")

    @property
    def is_repeatable(self):
        return "Repeatable" in self.meaning


def _environment():
    return {name: value for name, value in os.environ.items() if not name.startswith("STYTCH_MOCK_")}


def document(binary):
    """The OpenAPI document that the emulator serves."""
    command = [binary, "--port", "0", "--log", "off"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, env=_environment()) as emulator:
        try:
            url = emulator.stdout.readline().removeprefix("stytch-mock ready on ").strip()
            with urllib.request.urlopen(f"{url}/__mock/openapi.json") as answer:
                return json.load(answer)
        finally:
            emulator.terminate()


def flags(binary):
    """The flags of `serve`, in the order of its help."""
    told = subprocess.run([binary, "--help"], stdout=subprocess.PIPE, text=True, check=True, env=_environment()).stdout
    options = told.split("\nOptions:\n")[1].split("\nEvery flag has")[0]
    found = []
    for part in re.split(r"\n(?=\s{2,6}(?:-\w, )?--)", "\n" + options):
        lines = [line.strip() for line in part.strip().splitlines()]
        head = re.fullmatch(r"(?:-\w, )?--([a-z-]+)(?: <(.*)>)?", lines[0]) if lines else None
        if head is None or head[1] in ("help", "version"):
            continue
        found.append(_flag(head[1], head[2] or "", lines[1:]))
    return found


def _flag(name, value, lines):
    text, choices, default = [], [], ""
    for line in lines:
        if choice := re.match(r"- ([a-z]+)", line):
            choices.append(choice[1])
        elif given := re.match(r"\[default: (.*)\]", line):
            default = given[1]
        elif listed := re.match(r"\[possible values: (.*)\]", line):
            choices += listed[1].split(", ")
        elif line and not line.startswith(("[env:", "Possible values:")) and not choices:
            text.append(line)
    return Flag(name, value, " ".join(text), tuple(choices), default)
