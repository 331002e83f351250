"""What a column's calls may go to: emulators of its own, and how its SDK gets there."""

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .emulator import Emulator
from .relay import Relay
from .table import HOME

SEED = HOME / "seed.json"


@dataclass
class World:
    """Addresses by what the table calls them; None is for the SDK's own idea of where the service is."""

    addresses: dict
    # the emulator's own address, for its control plane
    control: str
    relay: Relay | None = None
    # what the adapter's process needs in its environment
    environment: dict = field(default_factory=dict)


@contextmanager
def plain(binary):
    """Both wire profiles, and a relay that counts connections."""
    with Emulator(binary, SEED) as page, Emulator(binary, SEED, "--wire", "live") as live, Relay(page.url) as relay:
        yield World({"page": page.url, "live": live.url, "relay": relay.url}, page.url, relay)


@contextmanager
def lossy(binary, key):
    """The same, behind relays that lose a key of every answer."""
    with plain(binary) as world, Relay(world.addresses["page"], key) as page, Relay(world.addresses["live"], key) as live:
        yield World({"page": page.url, "live": live.url, "relay": page.url}, world.control, page)


@contextmanager
def taken_over(binary):
    """Port 443, where an SDK without any option looks for the service, once its name means this machine."""
    with over_tls(binary, 443) as (emulator, environment):
        yield World({"page": None}, emulator.url, environment=environment)


@contextmanager
def custom_base_url(binary):
    """A free port for TLS, named as a base URL."""
    with over_tls(binary, 0) as (emulator, environment):
        yield World({"page": emulator.tls_url}, emulator.url, environment=environment)


@contextmanager
def over_tls(binary, port):
    """An emulator over TLS, and the environment in which an SDK's runtime trusts it."""
    with tempfile.TemporaryDirectory() as folder:
        authority = str(Path(folder) / "ca.pem")
        trust = ("NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")
        with Emulator(binary, SEED, "--tls-port", str(port), "--ca-file", authority) as emulator:
            yield emulator, dict.fromkeys(trust, authority)
