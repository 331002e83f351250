"""Installs the adapters and walks the table through them: plainly, with keys lost on the way, or over TLS."""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import worlds
from .column import walk
from .page import print_page
from .report import print_matrix, print_table
from .table import HOME, Table

AT_ONCE = 2
BINARY = os.environ["STYTCH_MOCK_BIN"]


def main():
    options = arguments()
    sdks = [sdk for sdk in json.loads((HOME / "sdks.json").read_text()) if wanted(sdk, options.sdks)]
    if not sdks:
        sys.exit(f"no SDK is called {' or '.join(options.sdks)}")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        # the slowest first
        list(pool.map(install, sorted({sdk["folder"] for sdk in sdks}, key=slowness)))
        if not options.install:
            sys.exit({"matrix": matrix, "mutation": mutation, "page": page, "takeover": takeover}[options.mode](pool, sdks, Table()))


def arguments():
    parser = argparse.ArgumentParser(prog="tests/sdk/run", description=__doc__)
    mode = parser.add_mutually_exclusive_group()
    mode.set_defaults(mode="matrix")
    for name, about in {
        "page": "run docs/logging-in.md alone",
        "mutation": "lose keys on the way; every suite has to notice",
        "takeover": "without a base URL, and with https as one (tests/sdk/takeover prepares the ground)",
    }.items():
        mode.add_argument(f"--{name}", dest="mode", action="store_const", const=name, help=about)
    mode.add_argument("--install", action="store_true", help="install the adapters and do no more")
    parser.add_argument("sdks", nargs="*", help="a language or a column of the matrix; default: all of them")
    return parser.parse_args()


def slowness(folder):
    return folder != "rust", folder


def wanted(sdk, names):
    return not names or sdk["name"] in names or sdk["folder"] in names


def install(folder):
    done = subprocess.run([HOME / folder / "install"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"{folder}/install failed:\n{done.stdout}")


def matrix(pool, sdks, table):
    """What the page on logging in shows, and every case, by every SDK."""
    failed = page(pool, sdks, table)
    cases = table.cases()
    columns = pool.map(lambda sdk: walk(sdk, cases, worlds.plain(BINARY)), sdks)
    uncalled = table.uncalled()
    for name in uncalled:
        print(f"FAIL: no case calls {name}")
    return print_matrix("sdk", dict(zip([sdk["name"] for sdk in sdks], columns))) or failed or int(bool(uncalled))


def page(pool, sdks, _):
    """The examples of docs/logging-in.md, the slowest first."""
    folders = sorted({sdk["folder"] for sdk in sdks}, key=slowness)
    return print_page(pool, BINARY, folders)


def mutation(pool, sdks, table):
    """A lost key is noticed by an SDK that refuses the answer, or else by what the table asserts; in how many cases."""
    cases = table.cases()

    def notice(job):
        key, sdk = job
        failed = [each for each in walk(sdk, cases, worlds.lossy(BINARY, key)).values() if each.verdict == "FAIL"]
        if not failed:
            return "unmodelled" if key in sdk.get("unmodelled", []) else "UNNOTICED"
        word = "refused" if any(outcome.refused for outcome in failed) else "asserted"
        return f"{word} {len(failed)}"

    jobs = [(key, sdk) for key in table.mutations for sdk in sdks]
    found = dict(zip([(key, sdk["name"]) for key, sdk in jobs], pool.map(notice, jobs)))
    names = [sdk["name"] for sdk in sdks]
    print_table(names, {f"without {key}": [found[key, name] for name in names] for key in table.mutations})
    unnoticed = sum(notice == "UNNOTICED" for notice in found.values())
    unmodelled = sum(notice == "unmodelled" for notice in found.values())
    noticed = len(found) - unnoticed - unmodelled
    print(f"mutation: {noticed} noticed, {unnoticed} unnoticed, {unmodelled} that the SDK has no place for")
    return int(unnoticed > 0)


def takeover(_, sdks, table):
    """One after another: there is one port 443."""
    if "test.stytch.com" not in Path("/etc/hosts").read_text():
        sys.exit("here test.stytch.com is the service itself: start tests/sdk/takeover instead")
    cases = table.cases()
    columns = {}
    for sdk in sdks:
        if sdk.get("takes_over"):
            columns[sdk["name"]] = walk(sdk, cases, worlds.taken_over(BINARY))
            columns[f"{sdk['name']} https"] = walk(sdk, cases, worlds.custom_base_url(BINARY))
    return print_matrix("takeover", columns)


main()
