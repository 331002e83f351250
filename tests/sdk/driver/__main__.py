"""Installs the adapters, walks the table through each of them, prints the matrix; with --mutation, proves instead that
every suite notices when a key is lost on the wire."""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from .column import Column
from .table import HOME, Table

AT_ONCE = 2


def main():
    options = arguments()
    sdks = [sdk for sdk in json.loads((HOME / "sdks.json").read_text()) if wanted(sdk, options.sdks)]
    if not sdks:
        sys.exit(f"no SDK is called {' or '.join(options.sdks)}")
    table = Table()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(install, sorted({sdk["folder"] for sdk in sdks}, key=lambda folder: folder != "rust")))
        if options.mutation:
            sys.exit(mutation(pool, sdks, table))
        sys.exit(matrix(pool, sdks, table))


def arguments():
    parser = argparse.ArgumentParser(prog="tests/sdk/run", description=__doc__)
    parser.add_argument("--mutation", action="store_true", help="lose keys on the wire; every suite has to notice")
    parser.add_argument("sdks", nargs="*", help="a language or a column of the matrix; default: all of them")
    return parser.parse_args()


def wanted(sdk, names):
    return not names or sdk["name"] in names or sdk["folder"] in names


def install(folder):
    done = subprocess.run([HOME / folder / "install"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"{folder}/install failed:\n{done.stdout}")


def walk(sdk, cases, lost_key=None):
    return Column(sdk, os.environ["STYTCH_MOCK_BIN"], lost_key).walk(cases)


def matrix(pool, sdks, table):
    cases = table.cases()
    columns = list(pool.map(lambda sdk: walk(sdk, cases), sdks))
    rows = {case.name: [column[case.name].verdict for column in columns] for case in cases}
    print_table([sdk["name"] for sdk in sdks], rows)
    outcomes = [
        (case.name, sdk["name"], column[case.name]) for case in cases for sdk, column in zip(sdks, columns)
    ]
    for name, sdk, outcome in outcomes:
        if outcome.detail:
            print(f"{outcome.verdict}: {sdk}, {name}: {outcome.detail}")
    count = {verdict: sum(outcome.verdict == verdict for *_, outcome in outcomes) for verdict in ("ok", "FAIL", "skip")}
    print(f"sdk: {count['ok']} passed, {count['FAIL']} failed, {count['skip']} skipped")
    return int(count["FAIL"] > 0)


def mutation(pool, sdks, table):
    """A lost key is noticed by an SDK that refuses the answer, or else by what the table asserts; of how many cases."""
    cases = table.cases()

    def notice(job):
        key, sdk = job
        failed = [outcome for outcome in walk(sdk, cases, key).values() if outcome.verdict == "FAIL"]
        if not failed:
            return "unmodelled" if key in sdk.get("unmodelled", []) else "UNNOTICED"
        word = "refused" if any(outcome.refused for outcome in failed) else "asserted"
        return f"{word} {len(failed)}"

    jobs = [(key, sdk) for key in table.mutations for sdk in sdks]
    found = dict(zip([(key, sdk["name"]) for key, sdk in jobs], pool.map(notice, jobs)))
    names = [sdk["name"] for sdk in sdks]
    print_table(names, {f"without {key}": [found[key, name] for name in names] for key in table.mutations})
    unnoticed = sum(notice == "UNNOTICED" for notice in found.values())
    print(f"mutation: {len(found) - unnoticed} noticed, {unnoticed} unnoticed")
    return int(unnoticed > 0)


def print_table(names, rows):
    first = max(map(len, rows))
    widths = [max(len(name), *(len(row[i]) for row in rows.values())) for i, name in enumerate(names)]
    for label, cells in {"": names, **rows}.items():
        print(f"{label:{first}}  " + "  ".join(f"{cell:{width}}" for cell, width in zip(cells, widths)).rstrip())


main()
