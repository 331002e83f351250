"""Which operations the examples of a run have come to, by the journal: each that takes something has to have succeeded.

    python reached.py DESCRIPTION.json BASE_URL
"""

import collections
import json
import re
import sys
import urllib.request

with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
with urllib.request.urlopen(f"{sys.argv[2]}/__mock/requests", timeout=10) as response:
    journal = json.load(response)
outcomes = collections.defaultdict(collections.Counter)
operations = {}
for path, methods in document["paths"].items():
    # the control plane has a run of its own, and pages come through the doors of what is called here
    if path.startswith(("/__mock", "/sdk/")):
        continue
    for method, operation in methods.items():
        if not operation.get("parameters") and "requestBody" not in operation:
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
    print(f"{word:5} {name}: {of_all.total()} calls, {successes} succeeded, {len(of_all)} outcomes")
if journal["dropped"]:
    print(f"FAIL  the journal has dropped {journal['dropped']} requests")
