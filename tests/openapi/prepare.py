"""What a run needs beside the emulator: a world in which every operation can succeed, and the served description with a
request to each that does. Without them generated requests hardly ever name somebody who is there.

    python prepare.py seed                           the seed
    python prepare.py description BASE_URL           the description with its examples
"""

import base64
import hashlib
import hmac
import json
import pathlib
import struct
import sys
import urllib.request

PROJECT = "project-test-11111111-1111-4111-8111-111111111111"
SECRET = "secret-test-stytch-mock-local-emulator"
PUBLIC_TOKEN = PROJECT.replace("project-", "public-token-")
LIFE = pathlib.Path(__file__).parent.parent / "seeds" / "life.json"

ALICE = "user-test-00000000-0000-4000-8000-00000000000a"
SANDBOX_USER = "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd"
SANDBOX_EMAIL = {"email": "sandbox@stytch.com"}
SANDBOX_NUMBER = {"phone_number": "+10000000000"}
STRONG = "correct horse battery staple"
MD5 = "5f4dcc3b5aa765d61d8327deb882cf99"

# the secret of RFC 6238's own examples, and where the clock of the seed stands
TOTP_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NOW = 1_628_496_000

# what answers the challenges of passkeys that wait in the seed: a new authenticator's, and that of Alice's laptop
NEW_PASSKEY = {
    "id": "YW5vdGhlcg",
    "rawId": "YW5vdGhlcg",
    "type": "public-key",
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiY21WbmFYTjBaWEkiLCJvcmlnaW4iOiJodHRwczovL2xvZ2luLmV4YW1wb"
        "GUuY29tIiwiY3Jvc3NPcmlnaW4iOmZhbHNlfQ",
        "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVhoo3mm9u6vuaVeN4wRgDTidR5oL6ufLTCrE9ISVYbOGUdFAAAAAQAAAAAAAAAAAAAAA"
        "AAAAAAAB2Fub3RoZXKkAQEDJyAGIVgg_RckOFqgx1tk-3jNYC-h2ZH96_drE8WO1wLqyDXp9hg",
    },
}
LAPTOP = {
    "id": "bGFwdG9w",
    "rawId": "bGFwdG9w",
    "type": "public-key",
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiYkc5bklHbHUiLCJvcmlnaW4iOiJodHRwczovL2xvZ2luLmV4YW1wbGUuY29tI"
        "iwiY3Jvc3NPcmlnaW4iOmZhbHNlfQ",
        "authenticatorData": "o3mm9u6vuaVeN4wRgDTidR5oL6ufLTCrE9ISVYbOGUcFAAAAAQ",
        "signature": "zne6PFSAuM9Pn4KEGaI65zKe4I1HjDBIoGGMUFMBE7cKZrylMH1-3ObPCoI571P1198tM1dHypueuF8zIi1-BA",
    },
}
# the vendor's sandbox wallet, and its signature
WALLET = {"crypto_wallet_type": "ethereum", "crypto_wallet_address": "0x6df2dB4Fb3DA35d241901Bd53367770BF03123f1"}
SIGNATURE = "0x0c4f82edc3c818b6beff4b89e0682994e5878074609903cecdfb"

# the kinds of factors that are deleted by their id: the path's last name, the user's list, the id's key
FACTORS = {
    "users.deleteEmail": ("email_id", "emails", "email_id"),
    "users.deletePhoneNumber": ("phone_id", "phone_numbers", "phone_id"),
    "users.deleteWebAuthnRegistration": ("webauthn_registration_id", "webauthn_registrations", "webauthn_registration_id"),
    "users.deleteBiometricRegistration": ("biometric_registration_id", "biometric_registrations", "biometric_registration_id"),
    "users.deleteTOTP": ("totp_id", "totps", "totp_id"),
    "users.deleteCryptoWallet": ("crypto_wallet_id", "crypto_wallets", "crypto_wallet_id"),
    "users.deleteOAuthRegistration": ("oauth_user_registration_id", "providers", "oauth_user_registration_id"),
}


# clients: one that stays as it is, and one for each way to change them
MACHINE = {"client_id": "machine", "client_secret": "a-secret-of-the-machine"}
WAYS = ("to-delete", "starts-to-rotate", "cancels", "rotates")
MACHINES = [MACHINE["client_id"], *(f"machine-{way}" for way in WAYS)]
APPS = [f"app-{way}" for way in WAYS]
APP = {"client_id": "connected-app-test-00000000-0000-4000-8000-0000000000c1", "client_secret": "a-secret-of-the-app"}
ASKED = {
    "client_id": APP["client_id"],
    "redirect_uri": "https://app.example/in",
    "response_type": "code",
    "scopes": ["openid", "email"],
}
PAGES_PASSKEY = "webauthn-registration-of-a-page-to-name"


def seed():
    """The world of the integration tests, where nobody is scripted to fail, and somebody for whatever takes something away."""
    world = json.loads(LIFE.read_text(encoding="utf-8"))
    users = world["projects"][0]["users"]
    for user in users:
        user.pop("respond_with", None)

    def somebody(name, **more):
        users.append({"external_id": name, "emails": [{"email": f"{name}@example.com"}, {"email": f"{name}@example.org"}], **more})

    for way in ("email", "password", "session"):
        session = {"session_token": f"session-of-resets-by-{way}", "expires_at": "+1h"}
        somebody(f"resets-by-{way}", password={"password": STRONG}, sessions=[session])
    somebody("has-password", password={"password": STRONG, "password_id": "password-to-delete"})
    somebody("has-none")
    somebody("exchanges")
    # of several addresses none is the one to exchange
    del users[-1]["emails"][1]
    somebody("to-delete")
    somebody("has-external-id")
    somebody("revoked", sessions=[{"session_token": "session-to-revoke", "expires_at": "+1h"}])
    factors = {field: [{key: f"{key}-to-delete"}] for _, field, key in FACTORS.values()}
    users.append({"external_id": "has-factors", **factors, "emails": [*factors["emails"], {"email": "stays@example.com"}]})
    for way in ("email", "password"):
        somebody(f"page-resets-by-{way}", password={"password": STRONG})
    # who is on a page, with a session that lasts, and with one that ends
    of_page = {field: [{key: f"{key}-of-page"}] for _, field, key in FACTORS.values()}
    of_page["emails"].append({"email": "page@example.com"})
    of_page["totps"].insert(0, {"secret": TOTP_SECRET, "verified": True, "recovery_codes": ["ckss-2skx-ebow"]})
    session = {"session_token": "session-of-a-page", "expires_at": "+1h"}
    users.append({"external_id": "page", "password": {"password": STRONG}, "sessions": [session], **of_page})
    users[-1]["webauthn_registrations"].append({"webauthn_registration_id": PAGES_PASSKEY, "domain": "example.com"})
    project = world["projects"][0]
    project["impersonation_tokens"].append({"token": "impersonation-by-a-page", "user_id": "alice"})
    project["m2m_clients"] = [
        {"client_id": name, "client_secret": MACHINE["client_secret"], "scopes": ["read:users"]} for name in MACHINES
    ]
    project["connected_apps"] += [{"client_id": name, "client_name": name} for name in APPS]
    somebody("page-leaves", sessions=[{"session_token": "session-that-a-page-ends", "expires_at": "+1h"}])
    return world


def totp_code():
    tag = hmac.new(base64.b32decode(TOTP_SECRET), struct.pack(">Q", NOW // 30), hashlib.sha1).digest()
    at = tag[19] & 15
    return f"{(int.from_bytes(tag[at : at + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def call(base_url, path, body=None):
    credentials = base64.b64encode(f"{PROJECT}:{SECRET}".encode()).decode()
    headers = {"authorization": f"Basic {credentials}", "content-type": "application/json"}
    request = urllib.request.Request(base_url + path, None if body is None else json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


def examples(base_url):
    """Of each operation what stands in its path, its query and its body."""

    def token(path, body):
        call(base_url, path, body)
        return call(base_url, "/__mock/outbox")["messages"][-1]["token"]

    link = token("/v1/magic_links/email/login_or_create", {"email": "new@example.net"})
    reset = token("/v1/passwords/email/reset/start", {"email": "resets-by-email@example.com"})
    user = {"user_id": ALICE}
    login = {"session_duration_minutes": 30}
    found = {
        "sessions.get": ({}, user, None),
        "sessions.authenticate": ({}, {}, {"session_token": "alice-token-1-000000000000000000000000000000"}),
        "sessions.revoke": ({}, {}, {"session_token": "session-to-revoke"}),
        "sessions.migrate": ({}, {}, {"session_token": "external-of-alice"}),
        "sessions.exchangeAccessToken": ({}, {}, {"access_token": "access-of-alice"}),
        "sessions.attest": ({}, {}, {"profile_id": "profile-a", "token": "trusted-of-alice"}),
        "sessions.getJWKS": ({"project_id": PROJECT}, {}, None),
        "users.create": ({}, {}, {"email": "created@example.net", "name": {"first_name": "New"}}),
        "users.get": (user, {}, None),
        "users.update": (user, {}, {"name": {"first_name": "Alice"}}),
        "users.search": ({}, {}, {"limit": 2, "query": {"operator": "AND", "operands": []}}),
        "users.delete": ({"user_id": "to-delete"}, {}, None),
        "users.deleteExternalId": ({"user_id": "has-external-id"}, {}, None),
        "users.deletePassword": ({"password_id": "password-to-delete"}, {}, None),
        "users.exchangePrimaryFactor": ({"user_id": "exchanges"}, {}, {"phone_number": "+12025550188"}),
        "users.connectedApps": (user, {}, None),
        "totps.create": ({}, {}, {"user_id": "has-none", "expiration_minutes": 5}),
        "totps.authenticate": ({}, {}, {"user_id": SANDBOX_USER, "totp_code": "000000", **login}),
        "totps.recover": ({}, {}, {"user_id": SANDBOX_USER, "recovery_code": "a1b2-c3d4-e5f6", **login}),
        "totps.recoveryCodes": ({}, {}, {"user_id": SANDBOX_USER}),
        "oauth.attach": ({}, {}, {"provider": "google", "user_id": ALICE}),
        "oauth.authenticate": ({}, {}, {"token": "hdPVZHHX0UoRa7hJTuuPHi1vlddffSnoweRbVFf5-H8g", **login}),
        "oauth.start": ({"provider": "google"}, {"public_token": PUBLIC_TOKEN, "as": "olivia@example.com"}, None),
        "passwords.create": ({}, {}, {"email": "signs-up@example.net", "password": STRONG, **login}),
        "passwords.authenticate": ({}, {}, {"email": "has-password@example.com", "password": STRONG, **login}),
        "passwords.strengthCheck": ({}, {}, {"password": "Tr0ub4dor&3", "email": "alice@example.com"}),
        "passwords.migrate": ({}, {}, {"email": "migrated@example.net", "hash": MD5, "hash_type": "md_5"}),
        "passwords.email.resetStart": ({}, {}, {"email": "alice@work.example"}),
        "passwords.email.reset": ({}, {}, {"token": reset, "password": STRONG}),
        "passwords.existingPassword.reset": (
            {},
            {},
            {"email": "resets-by-password@example.org", "existing_password": STRONG, "new_password": STRONG, **login},
        ),
        "passwords.sessions.reset": ({}, {}, {"session_token": "session-of-resets-by-session", "password": STRONG}),
        "magicLinks.create": ({}, {}, user),
        "magicLinks.authenticate": ({}, {}, {"token": "DOYoip3rvIMMW5lgItikFK-Ak1CfMsgjuiCyI7uuU94=", **login}),
        "magicLinks.email.send": ({}, {}, SANDBOX_EMAIL),
        "magicLinks.email.loginOrCreate": ({}, {}, {"email": "linked@example.net", "locale": "fr"}),
        "magicLinks.email.invite": ({}, {}, {"email": "invited@example.net"}),
        "magicLinks.email.revokeInvite": ({}, {}, SANDBOX_EMAIL),
        "magicLinks.redirect": ({}, {"public_token": PUBLIC_TOKEN, "stytch_token_type": "magic_links", "token": link}, None),
        "otps.authenticate": ({}, {}, {"method_id": "email-test-23873e89-d4ed-4e92-b3b9-e5c7198fa286", "code": "000000", **login}),
        "otps.email.send": ({}, {}, {"email": "alice@example.com", "expiration_minutes": 10}),
        "otps.email.loginOrCreate": ({}, {}, {"email": "coded@example.net"}),
        "cryptoWallets.authenticateStart": ({}, {}, WALLET),
        "cryptoWallets.authenticate": ({}, {}, {**WALLET, "signature": SIGNATURE, **login}),
        "webauthn.registerStart": ({}, {}, {**user, "domain": "example.com"}),
        "webauthn.register": ({}, {}, {**user, "public_key_credential": json.dumps(NEW_PASSKEY)}),
        "webauthn.authenticateStart": ({}, {}, {"domain": "example.com"}),
        "webauthn.authenticate": ({}, {}, {"public_key_credential": json.dumps(LAPTOP), **login}),
        "webauthn.update": (
            {"webauthn_registration_id": "webauthn-registration-test-00000000-0000-4000-8000-0000000000a5"},
            {},
            {"name": "Old laptop"},
        ),
        "webauthn.listCredentials": ({**user, "domain": "example.com"}, {}, None),
        "impersonation.authenticate": ({}, {}, {"impersonation_token": "impersonation-of-alice"}),
        "fraud.fingerprint.lookup": ({}, {}, {"telemetry_id": "026ac93b-8cdf-4fcb-bfa6-36a31cfecac1"}),
        "fraud.rules.set": ({}, {}, {"action": "BLOCK", "cidr_block": "203.0.113.0/24", "expires_in_minutes": 10}),
        "fraud.rules.list": ({}, {}, {"limit": 1}),
        "fraud.verdictReasons.override": ({}, {}, {"verdict_reason": "VIRTUAL_MACHINE", "override_action": "ALLOW"}),
        "fraud.verdictReasons.list": ({}, {}, {"overrides_only": False}),
        "fraud.email.risk": ({}, {}, {"email_address": "a.da+x@example.com"}),
    }
    found |= clients(base_url)
    for name in ("otps.sms.send", "otps.sms.loginOrCreate", "otps.whatsapp.send", "otps.whatsapp.loginOrCreate"):
        found[name] = ({}, {}, SANDBOX_NUMBER)
    for name, (parameter, _, key) in FACTORS.items():
        found[name] = ({parameter: f"{key}-to-delete"}, {}, None)
    return {**found, **page_examples(token, login)}


def clients(base_url):
    """The same of what machines and apps do, after somebody let an app in."""
    for client in ("m2m", "connected_apps"):
        for way in ("cancels", "rotates"):
            name = f"{'machine' if client == 'm2m' else 'app'}-{way}"
            call(base_url, f"/v1/{client}/clients/{name}/secrets/rotate/start", {})
    agreed = {**ASKED, "consent_granted": True}
    call(base_url, "/v1/idp/oauth/authorize", {**agreed, "session_token": "session-of-a-page"})
    code = call(base_url, "/v1/idp/oauth/authorize", {**agreed, "user_id": ALICE})["authorization_code"]
    of_code = {"grant_type": "authorization_code", "code": code, "redirect_uri": ASKED["redirect_uri"], **APP}
    access_token = call(base_url, f"/v1/public/{PROJECT}/oauth2/token", of_code)["access_token"]
    in_path, in_query = {"project_id": PROJECT}, {**ASKED, "scope": "openid email", "as": "alice"}
    del in_query["scopes"]
    found = {
        "users.revoke": ({"user_id": ALICE, "connected_app_id": APP["client_id"]}, {}, None),
        "idp.oauth.authorizeStart": ({}, {}, {**ASKED, "user_id": ALICE}),
        "idp.oauth.authorize": ({}, {}, {**agreed, "user_id": ALICE}),
        "oauth2.openidConfiguration": (in_path, {}, None),
    }
    for name, query, body in (
        ("m2m.token", {}, {"grant_type": "client_credentials", **MACHINE}),
        ("oauth2.authorize", in_query, None),
        ("idp.introspectTokenNetwork", {}, {"token": access_token, **APP}),
        ("oauth2.revoke", {}, {"token": "a-token-that-nobody-has", **APP}),
    ):
        found[name] = (in_path, query, body)
        found[f"{name} (custom domain)"] = ({}, query, body)
    found["oauth2.userinfo (post)"] = (in_path, {}, {"access_token": access_token})
    found["oauth2.userinfo (post custom domain)"] = ({}, {}, {"access_token": access_token})
    for resource, kept, prefix, new in (
        ("m2m", MACHINE["client_id"], "machine", {"scopes": ["read:users"]}),
        ("connectedApp", "app-rotates", "app", {"client_type": "first_party"}),
    ):
        name = f"{resource}.clients"
        found[f"{name}.create"] = ({}, {}, new)
        found[f"{name}.search"] = ({}, {}, {"limit": 1})
        found[f"{name}.get"] = ({"client_id": kept}, {}, None)
        found[f"{name}.update"] = ({"client_id": kept}, {}, {"client_name": "Renamed"})
        found[f"{name}.delete"] = ({"client_id": f"{prefix}-to-delete"}, {}, None)
        ways = (("rotateStart", "starts-to-rotate"), ("rotateCancel", "cancels"), ("rotate", "rotates"))
        for way, client in ways:
            found[f"{name}.secrets.{way}"] = ({"client_id": f"{prefix}-{client}"}, {}, None)
    return found


def page_examples(token, login):
    """The same of each door for pages. Who is logged in is said by the credentials of the run."""
    reset = token("/v1/passwords/email/reset/start", {"email": "page-resets-by-email@example.com"})
    disregarded = {"captcha_token": "of the page"}
    bodies = {
        "sessions.authenticate": login,
        "sessions.revoke": disregarded,
        "sessions.exchangeAccessToken": {"access_token": "access-of-bob", **login},
        "sessions.attest": {"profile_id": "profile-b", "token": "trusted-of-bob"},
        "users.get": None,
        "users.update": {"name": {"first_name": "Paige"}},
        "users.connectedApps": None,
        "users.search": {"email": "alice@example.com"},
        "totps.create": {"expiration_minutes": 5},
        "totps.authenticate": {"totp_code": totp_code(), **login},
        "totps.recover": {"recovery_code": "ckss-2skx-ebow", **login},
        "totps.recoveryCodes": disregarded,
        "oauth.attach": {"provider": "google"},
        "oauth.authenticate": {"token": "hdPVZHHX0UoRa7hJTuuPHi1vlddffSnoweRbVFf5-H8g", **login},
        "passwords.create": {"email": "page-signs-up@example.net", "password": STRONG, **login},
        "passwords.authenticate": {"email": "has-password@example.com", "password": STRONG, **login},
        "passwords.strengthCheck": {"password": "Tr0ub4dor&3"},
        "passwords.email.resetStart": {"email": "alice@work.example"},
        "passwords.email.reset": {"token": reset, "password": STRONG},
        "passwords.existingPassword.reset": {
            "email": "page-resets-by-password@example.org",
            "existing_password": STRONG,
            "new_password": STRONG,
        },
        "passwords.sessions.reset": {"password": STRONG},
        "magicLinks.authenticate": {"token": "DOYoip3rvIMMW5lgItikFK-Ak1CfMsgjuiCyI7uuU94=", **login},
        "magicLinks.email.loginOrCreate": {"email": "page-linked@example.net"},
        "magicLinks.email.send.primary": SANDBOX_EMAIL,
        "magicLinks.email.send.secondary": {"email": "page@example.com"},
        "otps.authenticate": {"method_id": "email-test-23873e89-d4ed-4e92-b3b9-e5c7198fa286", "token": "000000", **login},
        "otps.email.loginOrCreate": {"email": "page-coded@example.net"},
        "otps.email.send.primary": SANDBOX_EMAIL,
        "otps.email.send.secondary": {"email": "page@example.com"},
        "cryptoWallets.authenticateStart.primary": WALLET,
        "cryptoWallets.authenticateStart.secondary": {**WALLET, "crypto_wallet_address": "0x" + 20 * "ab"},
        "cryptoWallets.authenticate": {**WALLET, "signature": SIGNATURE, **login},
        "webauthn.registerStart": {"domain": "example.com"},
        "webauthn.authenticateStart.primary": {"domain": "example.com"},
        "webauthn.authenticateStart.secondary": {"domain": "example.com"},
        "impersonation.authenticate": {"impersonation_token": "impersonation-by-a-page"},
        "idp.oauth.authorizeStart": ASKED,
        "idp.oauth.authorize": {**ASKED, "consent_granted": True},
    }
    for way in ("sms", "whatsapp"):
        for name in ("loginOrCreate", "send.primary", "send.secondary"):
            bodies[f"otps.{way}.{name}"] = SANDBOX_NUMBER
    found = {f"sdk.{name}": ({}, {}, body) for name, body in bodies.items()}
    found["sdk.projects.bootstrap"] = ({"public_token": PUBLIC_TOKEN}, {}, None)
    found["sdk.users.revoke"] = ({"connected_app_id": APP["client_id"]}, {}, None)
    found["sdk.webauthn.update"] = ({"webauthn_registration_id": PAGES_PASSKEY}, {}, {"name": "Old laptop"})
    for name, (parameter, _, key) in FACTORS.items():
        found[f"sdk.{name}"] = ({parameter: f"{key}-of-page"}, {}, None)
    return found


def description(base_url):
    document = call(base_url, "/__mock/openapi.json")
    found = examples(base_url)
    for path, methods in document["paths"].items():
        if path.startswith("/__mock"):
            continue
        for operation in methods.values():
            in_path, in_query, body = found.pop(operation["operationId"], ({}, {}, None))
            for parameter in operation.get("parameters", []):
                values = in_path if parameter["in"] == "path" else in_query
                if parameter["name"] in values:
                    parameter["example"] = values[parameter["name"]]
            if body is not None:
                operation["requestBody"]["content"]["application/json"]["example"] = body
    assert not found, f"no operations: {list(found)}"
    return document


if __name__ == "__main__":
    made = seed() if sys.argv[1] == "seed" else description(sys.argv[2])
    json.dump(made, sys.stdout, ensure_ascii=False, indent=2)
