"""Whoever takes part in a case beside the SDK: the emulator's control plane, a browser, an authenticator app, one
with a passkey, crypto wallets, and a person who mistypes. Each takes a step's parameters and answers with JSON, as an SDK's adapter does."""

import base64
import hmac
import json
import struct
import urllib.request
from datetime import datetime
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlsplit

from . import passkey, wallet

SECONDS_A_CODE = 30


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


# past whatever proxy the machine has
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirects)


def perform(step, address):
    """What comes of a step that is not the SDK's, as an adapter would observe it."""
    if step.call in PEOPLE:
        return {"response": PEOPLE[step.call](address, **step.params)}
    method, target = step.call.split()
    if method == "GET" and not step.is_control:
        return {"response": browse(address, target)}
    try:
        return {"response": control(address, method, target, step.params)}
    except HTTPError as refusal:
        return {"failure": f"{refusal}: {refusal.read().decode()}"}


def control(address, method, target, params=None):
    """What the emulator's control plane answers."""
    body = None if method == "GET" else json.dumps(params or {}).encode()
    request = urllib.request.Request(address + target, body, {"content-type": "application/json"}, method=method)
    with DIRECT.open(request) as answer:
        return json.load(answer)


def browse(address, link):
    """Where a browser is sent that follows a link. Whatever host the link names is the emulator."""
    parts = urlsplit(link)
    try:
        answer = DIRECT.open(f"{address}{parts.path}?{parts.query}")
    except HTTPError as refusal:
        answer = refusal
    with answer:
        to, _, query = answer.headers.get("location", "").partition("?")
        return {"status": answer.status, "to": to, "query": dict(parse_qsl(query))}


def authenticator(address, secret):
    """The code of RFC 6238 at the emulator's time, and one that is none."""
    now = datetime.fromisoformat(control(address, "GET", "/__mock/clock")["now"])
    at = int(now.timestamp()) // SECONDS_A_CODE
    near = {code_of(secret, at + away) for away in range(-3, 4)}
    wrong = next(code for code in map("{:06}".format, range(len(near) + 1)) if code not in near)
    return {"code": code_of(secret, at), "wrong": wrong}


def code_of(secret, at):
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", at), "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start:start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def mistype(_, code):
    """A code that is not this one."""
    return {"code": f"{(int(code) + 1) % 1_000_000:06}"}


PEOPLE = {
    "authenticator": authenticator,
    "mistype": mistype,
    "new passkey": passkey.create,
    "passkey": passkey.get,
    "wallet": wallet.sign,
}
