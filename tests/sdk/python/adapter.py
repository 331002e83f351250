"""Speaks for the official Python SDK, its methods (`sync`) or their asynchronous twins (`async`): reads one call per
line, answers with what the SDK made of it."""

import asyncio
import functools
import json
import sys
from concurrent.futures import ThreadPoolExecutor

import stytch
from stytch.core.response_base import StytchError

# what Python itself insists on, an app that has nothing to say leaves None
NOTHING = {"sessions.get": {"user_id": None}}


@functools.cache
def client_for(project_id, secret, base_url=None):
    """Without a base URL the SDK goes where it goes for every app; with https only `custom_base_url` will do. Calls about
    fraud have an address of their own."""
    option = "custom_base_url" if (base_url or "").startswith("https://") else "environment"
    address = {option: base_url, "fraud_environment": base_url} if base_url else {}
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
    if response is None:
        return {"failure": "the SDK returned None"}
    return {"response": response.model_dump(mode="json")}


def member(api, name):
    """The SDK's own spelling of it: `loginOrCreate` is `login_or_create`."""
    plain = [each for each in dir(api) if each.replace("_", "").lower() == name.lower()]
    return getattr(api, plain[0]) if plain else None


def method_of(request, suffix=""):
    """The SDK's method of a name such as `magicLinks.email.loginOrCreate`, with its parameters, if it has one."""
    if request["call"] == "idp.introspectTokenLocal":
        # it has another name, and no asynchronous twin
        return None if suffix else functools.partial(
            client_for(*credentials(request)).idp.introspect_access_token_local, request["with"]["token"]
        )
    method = functools.reduce(member, (request["call"] + suffix).split("."), client_for(*credentials(request)))
    return method and functools.partial(method, **{**NOTHING.get(request["call"], {}), **request["with"]})


def answer_sync(method, request):

    def once(_):
        try:
            return parsed(method())
        except Exception as error:
            return observed_error(error)

    with ThreadPoolExecutor(request["times"] if request["at_once"] else 1) as pool:
        return list(pool.map(once, range(request["times"])))


async def answer_async(method, request):
    async def once():
        try:
            return parsed(await method())
        except Exception as error:
            return observed_error(error)

    if request["at_once"]:
        return await asyncio.gather(*(once() for _ in range(request["times"])))
    return [await once() for _ in range(request["times"])]


def main(mode):
    loop = asyncio.new_event_loop()
    for line in sys.stdin:
        request = json.loads(line)
        method = method_of(request, {"sync": "", "async": "Async"}[mode])
        if not method:
            observed = [{"unsupported": f"the Python SDK has no {request['call']}"}]
        elif mode == "sync":
            observed = answer_sync(method, request)
        else:
            observed = loop.run_until_complete(answer_async(method, request))
        print(json.dumps({"observed": observed}), flush=True)


main(sys.argv[1])
