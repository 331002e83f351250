"""Tries fresh hashes on a running emulator: who migrated logs in by the right password and not by a wrong one.

    python check.py BASE_URL SEED
"""

import base64
import json
import pathlib
import sys
import urllib.error
import urllib.request

import make

PROJECT = "project-test-11111111-1111-4111-8111-111111111111"
SECRET = "secret-test-stytch-mock-local-emulator"


def post(url, body):
    credentials = base64.b64encode(f"{PROJECT}:{SECRET}".encode()).decode()
    headers = {"authorization": f"Basic {credentials}", "content-type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status
    except urllib.error.HTTPError as refusal:
        return f"{refusal.code} {json.load(refusal)['error_type']}"


def main(base_url, seed):
    passed, failed = 0, 0

    def check(name, expected, found):
        nonlocal passed, failed
        if expected == found:
            passed += 1
        else:
            failed += 1
            print(f"FAIL  {name}: expected {expected}, found {found}")

    held = pathlib.Path(__file__).with_name("hashes.json").read_text(encoding="utf-8")
    check("hashes.json is what make.py makes", True, held == make.table(0))
    print(f"fresh hashes of seed {seed}")
    for number, row in enumerate(make.hashes(seed)):
        email, fields = f"{seed}-{number}@example.com", row["fields"]
        name = f"{row['program']} {json.dumps(fields, ensure_ascii=False)}"
        check(name, 200, post(f"{base_url}/v1/passwords/migrate", {"email": email, **fields}))
        for password, expected in ((row["password"], 200), (row["wrong"], "401 unauthorized_credentials")):
            found = post(f"{base_url}/v1/passwords/authenticate", {"email": email, "password": password})
            check(f"{name} {password!r}", expected, found)
    print(f"\nhashes: {passed} passed, {failed} failed")
    return failed == 0


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1], int(sys.argv[2])) else 1)
