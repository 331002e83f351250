"""Runs what docs/logging-in.md shows, as it stands there: each language by its SDK, against an emulator of its own, where it
has to do what the curl lines do. That those do what they say is held by tests/it."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import bystanders
from .emulator import Emulator
from .table import HOME

PAGE = HOME.parent.parent / "docs/logging-in.md"
SHOWN_BASE = "http://127.0.0.1:7898"
MOST_SECONDS = 300

# what stands in for a tool that few machines have
OATHTOOL = """#!/bin/sh
exec python3 -c 'import sys, time; from driver.bystanders import code_of; print(code_of(sys.argv[1], int(time.time()) // 30))' "$3"
"""


def sections(page):
    """The page's examples: of each section its title, and the code by its language."""
    for section in page.split("\n## ")[1:]:
        yield section.split("\n")[0], dict(re.findall(r"^```(\w+)\n(.*?)^```", section, re.MULTILINE | re.DOTALL))


class Examples:
    """The set-up and the flows that the page shows in every language."""

    def __init__(self):
        (_, self.set_up), *others = sections(PAGE.read_text())
        flows = [(title, blocks) for title, blocks in others if set(blocks) - {"sh"}]
        for title, blocks in flows:
            if missing := self.set_up.keys() - blocks.keys():
                raise SystemExit(f"docs/logging-in.md: {title} is not shown in {' and '.join(sorted(missing))}")
        self.flows = [blocks for _, blocks in flows]

    def of(self, language, base):
        """The set-up and the flows in a language, for an emulator that is somewhere else than the page says."""
        return self.set_up[language].replace(SHOWN_BASE, base), [blocks[language] for blocks in self.flows]


def shell(set_up, flows):
    return {"page.sh": "set -eu\n" + set_up + "".join(f"(\n{flow})\n" for flow in flows)}


def javascript(set_up, flows):
    imports, bodies = zip(*(split(r"^import .*\n", code) for code in (set_up, *flows)))
    return {"page.mjs": "".join(imports) + bodies[0] + "".join(f"{{\n{body}}}\n" for body in bodies[1:])}


def python(set_up, flows):
    return {"page.py": set_up + "".join(f"\ndef flow():\n{indent(flow)}\nflow()\n" for flow in flows)}


def go(set_up, flows):
    files = {"set_up.go": "package main\n\n" + set_up}
    for number, flow in enumerate(flows):
        imports, body = split(r"^import \(\n(?:.*\n)*?\)\n", flow)
        # Go insists that whatever has a name is used
        used = "".join(f"_ = {name}\n" for name in re.findall(r"^(\w+) :=", body, re.MULTILINE))
        files[f"flow_{number}.go"] = f"package main\n\n{imports}\nfunc flow{number}() {{\n{body}{used}}}\n"
    calls = "".join(f"flow{number}()\n" for number in range(len(flows)))
    return {**files, "main.go": f"package main\n\nfunc main() {{\n{calls}}}\n"}


def java(set_up, flows):
    imports, body = split(r"^import .*\n", set_up)
    files = {"SetUp.java": f"{imports}\nclass SetUp {{\n{body}}}\n"}
    for number, flow in enumerate(flows):
        imports, body = split(r"^import .*\n", flow)
        files[f"Flow{number}.java"] = (
            f"{imports}\nfinal class Flow{number} extends SetUp {{\nstatic void run() throws Exception {{\n{body}}}\n}}\n"
        )
    # the SDK's background threads would keep the process alive
    calls = "".join(f"Flow{number}.run();\n" for number in range(len(flows))) + "System.exit(0);\n"
    main = f"final class Page {{\npublic static void main(String[] arguments) throws Exception {{\n{calls}}}\n}}\n"
    return {**files, "Page.java": main}


def rust(set_up, flows):
    functions = "".join(
        f"async fn flow{number}(client: &Client) -> Result<()> {{\n{flow}Ok(())\n}}\n" for number, flow in enumerate(flows)
    )
    calls = "".join(f"flow{number}(&client).await?;\n" for number in range(len(flows)))
    runtime = "tokio::runtime::Builder::new_current_thread().enable_all().build()?"
    main = f"fn main() -> Result<()> {{\n{runtime}.block_on(async {{\nlet client = client()?;\n{calls}Ok(())\n}})\n}}\n"
    return {"page.rs": "#![allow(unused_variables)]\n" + set_up + functions + main}


def split(pattern, code):
    """What fits, and the rest."""
    return "".join(re.findall(pattern, code, re.MULTILINE)), re.sub(pattern, "", code, flags=re.MULTILINE)


def indent(code):
    return "".join(f"    {line}" if line.strip() else line for line in code.splitlines(True))


# folder, or none for the shell: language on the page, and the program that is made of it
LANGUAGES = {
    None: ("sh", shell),
    "node": ("js", javascript),
    "python": ("python", python),
    "go": ("go", go),
    "java": ("java", java),
    "rust": ("rust", rust),
}


def run(binary, examples, folder):
    """What a language's examples came to: the calls that were made, and who has which sessions then; or what went wrong."""
    language, program = LANGUAGES[folder]
    with Emulator(binary) as emulator, tempfile.TemporaryDirectory() as scratch:
        place = HOME / folder / "target/page" if folder else Path(scratch) / "page"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for name, text in program(*examples.of(language, emulator.url)).items():
            (place / name).write_text(text)
        environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        if folder:
            command = [HOME / folder / "page"]
        else:
            command = ["sh", place / "page.sh"]
            tool = place / "oathtool"
            tool.write_text(OATHTOOL)
            tool.chmod(0o755)
            environment["PATH"] = f"{place}:{environment['PATH']}"
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, timeout=MOST_SECONDS
        )
        if done.returncode:
            raise PageFailed(done.stdout)
        return calls(emulator.url), people(emulator.url)


class PageFailed(Exception):
    """A language's examples did not run to their end."""


def calls(url):
    """The calls that an app made; an SDK fetches the project's keys when it likes."""
    requests = bystanders.control(url, "GET", "/__mock/requests")["requests"]
    return [
        f"{request['method']} {request['path']} {request['status']}"
        for request in requests
        if not request["path"].startswith("/v1/sessions/jwks")
    ]


def people(url):
    """Who is there: how they can be reached, and by what their sessions were begun."""
    users = bystanders.control(url, "GET", "/__mock/state")["projects"][0]["users"]
    return [
        json.dumps([
            [email["email"] for email in user["emails"]],
            [phone["phone_number"] for phone in user["phone_numbers"]],
            [factor["delivery_method"] for session in user["sessions"] for factor in session["authentication_factors"]],
        ])
        for user in users
    ]


def verdict(binary, examples, folder, expected):
    """`ok`, or in what a language differs from the curl lines."""
    try:
        made = run(binary, examples, folder)
    except PageFailed as failure:
        return str(failure)
    for what, should, did in zip(("calls", "users"), expected, made):
        for one, other in zip(should + [None], did + [None]):
            if one != other:
                return f"{what}: expected {one}, got {other}"
    return "ok"


def print_page(pool, binary, folders):
    """Runs the page in these languages and prints who agreed; the exit code."""
    examples = Examples()
    expected = run(binary, examples, None)
    verdicts = dict(zip(folders, pool.map(lambda folder: verdict(binary, examples, folder, expected), folders)))
    for folder, outcome in verdicts.items():
        if outcome != "ok":
            print(f"FAIL: docs/logging-in.md, {folder}: {outcome}")
    passed = sum(outcome == "ok" for outcome in verdicts.values())
    print(f"page: {passed} passed, {len(verdicts) - passed} failed")
    return int(passed < len(verdicts))
