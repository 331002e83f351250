"""Which operations the examples of a run have come to, by the journal: each that takes something has to have succeeded.

    python reached.py DESCRIPTION.json BASE_URL
"""

import collections
import json
import re
import sys
import urllib.request

# what the run can't come to: a bearer token stands where the run's credentials do (tests/oidc has one); the seed's passkey is a
# backend's user's, and its challenges are answered once (tests/it/doors.rs has the doors)
OUT_OF_REACH = {
    "oauth2.userinfo",
    "sdk.webauthn.register",
    "sdk.webauthn.authenticate",
    "sdk.webauthn.authenticateStart.secondary",
}

with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
with urllib.request.urlopen(f"{sys.argv[2]}/__mock/requests", timeout=10) as response:
    journal = json.load(response)
outcomes = collections.defaultdict(collections.Counter)
operations = {}
for path, methods in document["paths"].items():
    if path.startswith("/__mock"):
        continue
    for method, operation in methods.items():
        takes_nothing = not operation.get("parameters") and "requestBody" not in operation
        if takes_nothing or operation["operationId"] in OUT_OF_REACH:
            continue
        # a word of a path goes before a name
        pattern = re.compile(re.sub(r"\\{[a-z_]+\\}", "[^/]+", re.escape(path)) + "/?")
        operations[method.upper(), path] = (path.count("{"), pattern, operation["operationId"])
for request in journal["requests"]:
    fitting = [
        (names, name)
        for (method, _), (names, pattern, name) in operations.items()
        if method == request["method"] and pattern.fullmatch(request["path"])
    ]
    if fitting:
        outcomes[min(fitting)[1]][request["error_type"] or request["status"]] += 1
for _, _, name in operations.values():
    of_all = outcomes[name]
    successes = sum(count for outcome, count in of_all.items() if isinstance(outcome, int) and 200 <= outcome < 400)
    word = "ok" if successes else "FAIL"
    print(f"{word:5} {name}: {of_all.total()} calls, {successes} succeeded; {', '.join(map(str, of_all))}")
if journal["dropped"]:
    print(f"FAIL  the journal has dropped {journal['dropped']} requests")
