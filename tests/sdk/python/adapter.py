"""Speaks for the official Python SDK, its methods (`sync`) or their asynchronous twins (`async`): reads one call per
line, answers with what the SDK made of it."""

import asyncio
import functools
import json
import sys
from concurrent.futures import ThreadPoolExecutor

import stytch
from stytch.core.response_base import StytchError

CALLS = {
    "sessions.get": lambda client, method, params: method(client.sessions, "get")(**{"user_id": None, **params}),
}


@functools.cache
def client_for(project_id, secret, base_url=None):
    """Without a base URL the SDK goes where it goes for every app; with https only `custom_base_url` will do."""
    option = "custom_base_url" if (base_url or "").startswith("https://") else "environment"
    address = {option: base_url} if base_url else {}
    return stytch.Client(project_id=project_id, secret=secret, suppress_warnings=True, **address)


def credentials(request):
    client = request["client"]
    return client["project_id"], client["secret"], client.get("base_url")


def observed_error(error):
    if not isinstance(error, StytchError):
        return {"failure": f"{type(error).__name__}: {error}"}
    details = error.details.model_dump(exclude={"original_json"})
    return {"error": {"class": "StytchError", **details}}


def parsed(response):
    return {"response": response.model_dump(mode="json")}


def answer_sync(request, call):
    client = client_for(*credentials(request))

    def once(_):
        try:
            return parsed(call(client, getattr, request["with"]))
        except Exception as error:
            return observed_error(error)

    with ThreadPoolExecutor(request["times"] if request["at_once"] else 1) as pool:
        return list(pool.map(once, range(request["times"])))


async def answer_async(request, call):
    client = client_for(*credentials(request))

    async def once():
        try:
            return parsed(await call(client, lambda api, name: getattr(api, f"{name}_async"), request["with"]))
        except Exception as error:
            return observed_error(error)

    if request["at_once"]:
        return await asyncio.gather(*(once() for _ in range(request["times"])))
    return [await once() for _ in range(request["times"])]


def main(mode):
    loop = asyncio.new_event_loop()
    for line in sys.stdin:
        request = json.loads(line)
        call = CALLS.get(request["call"])
        if call is None:
            reply = {"unsupported": f"the Python SDK has no {request['call']}"}
        elif mode == "sync":
            reply = {"observed": answer_sync(request, call)}
        else:
            reply = {"observed": loop.run_until_complete(answer_async(request, call))}
        print(json.dumps(reply), flush=True)


main(sys.argv[1])
