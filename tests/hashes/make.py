"""Makes password hashes of every kind that passwords.migrate takes, by programs that are not the emulator: hashlib, bcrypt,
argon2-cffi and passlib. The same seed makes the same hashes.

    python make.py          what hashes.json holds
    python make.py 7        others

Each is an object: the program, the password, a password that is nearly it, and the fields of the request.
"""

import base64
import hashlib
import json
import random
import sys

import argon2.low_level as argon2
import bcrypt
from passlib.hash import phpass, scrypt

PASSWORDS = [
    ("correct horse battery staple", "correct horse battery stapl"),
    ("pässwörd 秘密 🔑", "passwörd 秘密 🔑"),
    ("x", "X"),
    ("seventy-two bytes are the most that bcrypt looks at, and this is as long", "seventy-two bytes are the most that bcrypt looks at, and this is as lonG"),
]
BCRYPT_ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
PHPASS_ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def text64(data):
    return base64.b64encode(data).decode()


def of_bcrypt(password, chance):
    for version in ("2a", "2b"):
        # the last character of a salt has two bits
        salt = "".join(chance.choices(BCRYPT_ALPHABET, k=21)) + chance.choice(".Oeu")
        hashed = bcrypt.hashpw(password.encode(), f"${version}$04${salt}".encode()).decode()
        yield "bcrypt", {"hash_type": "bcrypt", "hash": hashed}
        # what PHP and Apache call the same
        yield "bcrypt", {"hash_type": "bcrypt", "hash": hashed.replace(f"${version}$", "$2y$")}


def of_digests(password, chance):
    for hash_type, name in (("md_5", "md5"), ("sha_1", "sha1"), ("sha_512", "sha512")):
        for before, after in (("", ""), ("salt-before:", ""), ("", chance.randbytes(4).hex()), ("ä", "ö")):
            fields = {"hash_type": hash_type, "hash": hashlib.new(name, (before + password + after).encode()).hexdigest()}
            if before or after:
                fields[f"{hash_type}_config"] = {"prepend_salt": before, "append_salt": after}
            yield "hashlib", fields


def of_argon2(password, chance):
    for hash_type, kind in (("argon_2i", argon2.Type.I), ("argon_2id", argon2.Type.ID)):
        for version in (16, 19):
            encoded = argon2.hash_secret(password.encode(), chance.randbytes(16), 2, 64, 2, 32, kind, version)
            yield "argon2-cffi", {"hash_type": hash_type, "hash": encoded.decode()}
        # beside the parameters, a salt is text and the hash is in hex
        salt = chance.randbytes(8).hex()
        raw = argon2.hash_secret_raw(password.encode(), salt.encode(), 3, 128, 4, 24, kind)
        config = {"salt": salt, "iteration_amount": 3, "memory": 128, "threads": 4, "key_length": 24}
        yield "argon2-cffi", {"hash_type": hash_type, "hash": raw.hex(), "argon_2_config": config}


def of_scrypt(password, chance):
    for n, r, p, length in ((16, 8, 1, 32), (64, 4, 2, 64)):
        salt = chance.randbytes(12)
        raw = hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, dklen=length)
        config = {"salt": text64(salt), "n_parameter": n, "r_parameter": r, "p_parameter": p, "key_length": length}
        yield "hashlib", {"hash_type": "scrypt", "hash": text64(raw), "scrypt_config": config}
    yield "passlib", {"hash_type": "scrypt", "hash": scrypt.using(salt=chance.randbytes(16), rounds=4).hash(password)}


def of_phpass(password, chance):
    for ident in ("P", "H"):
        salt = "".join(chance.choices(PHPASS_ALPHABET, k=8))
        yield "passlib", {"hash_type": "phpass", "hash": phpass.using(salt=salt, rounds=7, ident=ident).hash(password)}


def of_pbkdf2(password, chance):
    for algorithm, length in (("", 32), ("sha256", 20), ("sha512", 64)):
        salt = chance.randbytes(16)
        raw = hashlib.pbkdf2_hmac(algorithm or "sha256", password.encode(), salt, 10, length)
        config = {"salt": text64(salt), "iteration_amount": 10, "key_length": length}
        if algorithm:
            config["algorithm"] = algorithm
        yield "hashlib", {"hash_type": "pbkdf_2", "hash": text64(raw), "pbkdf_2_config": config}


def hashes(seed):
    chance = random.Random(seed)
    makers = (of_bcrypt, of_digests, of_argon2, of_scrypt, of_phpass, of_pbkdf2)
    for password, wrong in PASSWORDS:
        for make in makers:
            for program, fields in make(password, chance):
                yield {"program": program, "password": password, "wrong": wrong, "fields": fields}


def table(seed):
    rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in hashes(seed))
    return f"[\n{rows}\n]\n"


if __name__ == "__main__":
    sys.stdout.write(table(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
