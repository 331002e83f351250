"""What a run needs beside the emulator: a world in which every operation can succeed, and the served description with a
request to each that does. Without them generated requests hardly ever name somebody who is there.

    python prepare.py seed                           the seed
    python prepare.py description BASE_URL           the description with its examples
"""

import base64
import json
import pathlib
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
    return world


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
    }
    for name in ("otps.sms.send", "otps.sms.loginOrCreate", "otps.whatsapp.send", "otps.whatsapp.loginOrCreate"):
        found[name] = ({}, {}, SANDBOX_NUMBER)
    for name, (parameter, _, key) in FACTORS.items():
        found[name] = ({parameter: f"{key}-to-delete"}, {}, None)
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
