"""Python's Authlib as an app would use it; nothing of it is changed. Prints a line for each case."""

import os
import re
import secrets
import sys
import traceback
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet

BASE = sys.argv[1]
APPS = {
    "calendar": ("a secret+of/the app", "https://calendar.example/in"),
    "plug-in": (None, "http://127.0.0.1:4000/in"),
}
SCOPE = "openid email profile offline_access"


def discover():
    return requests.get(f"{BASE}/.well-known/openid-configuration", timeout=5).json()


def browse(url, answer):
    """A browser without a person: it takes the first user, and the answer that it is told to."""
    for _ in range(5):
        response = requests.get(url, allow_redirects=False, timeout=5)
        if response.status_code == 302:
            return response.headers["location"]
        links = [(unescape(href), text) for href, text in re.findall(r'<a href="([^"]*)">([^<]*)', response.text)]
        url = urljoin(url, next((href for href, text in links if text == answer), links[0][0]))
    raise AssertionError("the pages do not end")


def session(app, method):
    secret, redirect = APPS[app]
    return OAuth2Session(
        app, secret, scope=SCOPE, redirect_uri=redirect, token_endpoint_auth_method=method, code_challenge_method="S256"
    )


def login(client, answer="Allow"):
    """Goes to the emulator and back; what has to be known to get tokens."""
    verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(8)
    metadata = discover()
    url, state = client.create_authorization_url(
        metadata["authorization_endpoint"], code_verifier=verifier, nonce=nonce, prompt="consent"
    )
    return metadata, browse(url, answer), {"code_verifier": verifier, "state": state}, nonce


def fetch(client, flow):
    metadata, callback, checks, _ = flow
    return client.fetch_token(metadata["token_endpoint"], authorization_response=callback, **checks)


def id_token(metadata, token, app, nonce):
    keys = KeySet.import_key_set({"keys": requests.get(metadata["jwks_uri"], timeout=5).json()["keys"]})
    decoded = jwt.decode(token["id_token"], keys, algorithms=metadata["id_token_signing_alg_values_supported"])
    options = {"iss": {"essential": True, "value": metadata["issuer"]}, "aud": {"essential": True, "value": app}}
    params = {"client_id": app, "nonce": nonce}
    claims = CodeIDToken(decoded.claims, decoded.header, options, params)
    claims.validate()
    return claims


def refused(call, error):
    try:
        call()
    except AuthlibBaseError as thrown:
        assert thrown.error == error, f"{thrown.error}, not {error}"
        return
    raise AssertionError(f"it was not refused with {error}")


def whole_life(app, method, rotates):
    client = session(app, method)
    flow = login(client)
    metadata, _, _, nonce = flow
    token = dict(fetch(client, flow))
    assert id_token(metadata, token, app, nonce)["email"] == "alice@example.com"
    assert client.get(metadata["userinfo_endpoint"]).json()["name"] == "Alice Carroll"
    again = dict(client.refresh_token(metadata["token_endpoint"], refresh_token=token["refresh_token"]))
    assert (again["refresh_token"] != token["refresh_token"]) == rotates, again

    def is_active(which, hint):
        return client.introspect_token(metadata["introspection_endpoint"], token=which, token_type_hint=hint).json()["active"]

    access, refresh = again["access_token"], again["refresh_token"]
    assert is_active(access, "access_token") and is_active(refresh, "refresh_token")
    client.revoke_token(metadata["revocation_endpoint"], token=access, token_type_hint="access_token").raise_for_status()
    assert not is_active(access, "access_token") and is_active(refresh, "refresh_token")
    client.revoke_token(metadata["revocation_endpoint"], token=refresh, token_type_hint="refresh_token").raise_for_status()
    assert not is_active(refresh, "refresh_token")
    refused(lambda: client.refresh_token(metadata["token_endpoint"], refresh_token=refresh), "invalid_grant")


def denied():
    _, callback, _, _ = login(session("calendar", "client_secret_basic"), "Deny")
    query = parse_qs(urlsplit(callback).query)
    assert query["error"] == ["access_denied"] and "code" not in query, callback


def code_twice():
    client = session("plug-in", "none")
    flow = login(client)
    fetch(client, flow)
    refused(lambda: fetch(client, flow), "invalid_grant")


def refresh_twice():
    client = session("plug-in", "none")
    flow = login(client)
    token = dict(fetch(client, flow))
    endpoint = flow[0]["token_endpoint"]
    again = dict(client.refresh_token(endpoint, refresh_token=token["refresh_token"]))
    refused(lambda: client.refresh_token(endpoint, refresh_token=token["refresh_token"]), "invalid_grant")
    refused(lambda: client.refresh_token(endpoint, refresh_token=again["refresh_token"]), "invalid_grant")


def machine():
    secret = "correct horse battery staple"
    client = OAuth2Session("machine", secret, scope="read:users", token_endpoint_auth_method="client_secret_post")
    token = client.fetch_token(discover()["token_endpoint"], grant_type="client_credentials")
    assert (token["token_type"], token["expires_in"]) == ("bearer", 3600), token


CASES = {
    "an app with a secret in Basic credentials": lambda: whole_life("calendar", "client_secret_basic", False),
    "an app with a secret in the body": lambda: whole_life("calendar", "client_secret_post", False),
    "an app without a secret": lambda: whole_life("plug-in", "none", True),
    "a person who does not agree": denied,
    "a code that comes twice": code_twice,
    "a refresh token that comes twice": refresh_twice,
    "a machine": machine,
}

for name, run in CASES.items():
    try:
        run()
        print(f"ok authlib: {name}")
    except Exception:
        print(f"FAILED authlib: {name}: {traceback.format_exc()}")
