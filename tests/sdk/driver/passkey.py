"""An authenticator in software with one passkey: a key of the tests' own, RSA with SHA-256, since Python's standard library
can't do curves."""

import base64
import hashlib
import json

from .table import HOME

KEY = HOME.parent / "keys/rsa-2048.pem"
CREDENTIAL_ID = b"a passkey of the matrix"
# the user is present and verified; and a new credential is attached
SEEN, ATTACHED = 0x05, 0x40
# what RSASSA-PKCS1-v1_5 puts before a SHA-256 (RFC 8017, 9.2)
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


def create(_, options):
    """What `navigator.credentials.create()` gives for these options."""
    options = json.loads(options)
    modulus, exponent, _ = key()
    # COSE (RFC 8230, 4): kty 3, alg -257, n, e
    cose = b"\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00" + modulus.to_bytes(256) + b"\x21\x43" + exponent.to_bytes(3)
    attached = bytes(16) + len(CREDENTIAL_ID).to_bytes(2) + CREDENTIAL_ID + cose
    data = authenticator_data(options["rp"]["id"], SEEN | ATTACHED) + attached
    # CBOR: fmt "none", attStmt {}, authData
    attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59" + len(data).to_bytes(2) + data
    client_data = collected("webauthn.create", options["challenge"], options["rp"]["id"])
    return credential({"clientDataJSON": url(client_data), "attestationObject": url(attestation)})


def get(_, options):
    """What `navigator.credentials.get()` gives for these options."""
    options = json.loads(options)
    data = authenticator_data(options["rpId"], SEEN)
    client_data = collected("webauthn.get", options["challenge"], options["rpId"])
    signature = sign(data + hashlib.sha256(client_data).digest())
    parts = {"clientDataJSON": client_data, "authenticatorData": data, "signature": signature}
    return credential({name: url(part) for name, part in parts.items()} | {"userHandle": None})


def credential(response):
    name = url(CREDENTIAL_ID)
    return {"credential": json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})}


def authenticator_data(domain, flags):
    return hashlib.sha256(domain.encode()).digest() + bytes([flags]) + bytes(4)


def collected(kind, challenge, domain):
    challenge = url(base64.urlsafe_b64decode(challenge.replace("+", "-").replace("/", "_") + "=="))
    return json.dumps({"type": kind, "challenge": challenge, "origin": f"https://{domain}", "crossOrigin": False}).encode()


def sign(message):
    modulus, _, private = key()
    told = DIGEST_INFO + hashlib.sha256(message).digest()
    padded = b"\x00\x01" + b"\xff" * (256 - 3 - len(told)) + b"\x00" + told
    return pow(int.from_bytes(padded), private, modulus).to_bytes(256)


def key():
    """Modulus, public exponent and private exponent: the first of an RSAPrivateKey's numbers after its version."""
    der = base64.b64decode("".join(line for line in KEY.read_text().splitlines() if not line.startswith("-")))
    outer, = elements(der)
    _, _, octets = elements(outer)
    inner, = elements(octets)
    return [int.from_bytes(number) for number in elements(inner)[1:4]]


def elements(der):
    """The contents of DER's elements, one after another."""
    found, at = [], 0
    while at < len(der):
        length, start = der[at + 1], at + 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(der[at + 2 : start])
        found.append(der[start : start + length])
        at = start + length
    return found


def url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
