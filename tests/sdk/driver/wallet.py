"""Two wallets in software, one of Ethereum and one of Solana: keys of the tests' own, and the arithmetic that Python's standard
library has not. It is slow and keeps nothing secret."""

import hashlib

KEY = bytes([0x46]) * 32
BASE_58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def sign(_, kind, challenge):
    """The wallet's signature of a challenge, and the same with one bit flipped."""
    sign, write = {"ethereum": (personal_sign, "0x{}".format), "solana": (ed25519, lambda text: base_58(bytes.fromhex(text)))}[kind]
    signature = sign(challenge.encode())
    flipped = bytes([signature[0] ^ 1]) + signature[1:]
    return {"signature": write(signature.hex()), "flipped": write(flipped.hex())}


def base_58(data):
    number, digits = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, 58)
        digits = BASE_58[digit] + digits
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + digits


# Ethereum: secp256k1 (SEC 2, 2.4.1), Keccak-256, and `personal_sign` (EIP-191)
FIELD = 2**256 - 2**32 - 977
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
GENERATOR = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)


def personal_sign(message):
    """r, s and v of a message: 27 and more, by which of the possible keys it was."""
    digest = keccak_256(b"\x19Ethereum Signed Message:\n%d" % len(message) + message)
    key, nonce = int.from_bytes(KEY), int.from_bytes(hashlib.sha256(KEY + digest).digest()) % ORDER
    x, y = multiple(nonce, GENERATOR, add_secp256k1)
    s = pow(nonce, -1, ORDER) * (int.from_bytes(digest) + x * key) % ORDER
    odd = y & 1
    if s > ORDER // 2:
        s, odd = ORDER - s, 1 - odd
    return x.to_bytes(32) + s.to_bytes(32) + bytes([27 + odd])


def add_secp256k1(one, other):
    (x1, y1), (x2, y2) = one, other
    slope = 3 * x1 * x1 * pow(2 * y1, -1, FIELD) if one == other else (y2 - y1) * pow(x2 - x1, -1, FIELD)
    x = (slope * slope - x1 - x2) % FIELD
    return x, (slope * (x1 - x) - y1) % FIELD


def keccak_256(data):
    """Keccak with SHA-3's permutation and its own padding."""
    rate, state = 136, [0] * 25
    data += b"\x01" + bytes(-(len(data) + 1) % rate)
    data = data[:-1] + bytes([data[-1] | 0x80])
    for start in range(0, len(data), rate):
        for lane in range(rate // 8):
            state[lane] ^= int.from_bytes(data[start + 8 * lane :][:8], "little")
        state = permuted(state)
    return b"".join(lane.to_bytes(8, "little") for lane in state[:4])


def permuted(state):
    """Keccak-f[1600] (FIPS 202, 3.3)."""
    feedback = 1
    for _ in range(24):
        parity = [state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20] for x in range(5)]
        state = [lane ^ parity[(at - 1) % 5] ^ rotated(parity[(at + 1) % 5], 1) for at, lane in enumerate(state)]
        x, y, moved = 1, 0, state[1]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            moved, state[x + 5 * y] = state[x + 5 * y], rotated(moved, (step + 1) * (step + 2) // 2 % 64)
        state = [
            state[at] ^ (~state[at // 5 * 5 + (at + 1) % 5] & state[at // 5 * 5 + (at + 2) % 5]) for at in range(25)
        ]
        for bit in range(7):
            state[0] ^= (feedback & 1) << (2**bit - 1)
            feedback = feedback << 1 ^ (feedback >> 7) * 0x171
    return state


def rotated(lane, by):
    return (lane << by | lane >> (64 - by)) & (2**64 - 1)


# Solana: Ed25519 (RFC 8032, 5.1)
PRIME = 2**255 - 19
GROUP = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME
BASE = (
    15112221349535400772501151409588531511454012693041857206046113283949847762202,
    4 * pow(5, -1, PRIME) % PRIME,
)


def ed25519(message):
    digest = hashlib.sha512(KEY).digest()
    secret = int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254
    public = compressed(multiple(secret, BASE, add_edwards))
    nonce = number(digest[32:] + message)
    point = compressed(multiple(nonce, BASE, add_edwards))
    s = (nonce + number(point + public + message) * secret) % GROUP
    return point + s.to_bytes(32, "little")


def number(data):
    return int.from_bytes(hashlib.sha512(data).digest(), "little") % GROUP


def compressed(point):
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def add_edwards(one, other):
    (x1, y1), (x2, y2) = one, other
    product = CURVE * x1 * x2 * y1 * y2 % PRIME
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, PRIME)
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, PRIME)
    return x % PRIME, y % PRIME


def multiple(times, point, add):
    """A point, added so many times: at least once."""
    total = None
    while times:
        if times & 1:
            total = add(total, point) if total else point
        point, times = add(point, point), times >> 1
    return total
