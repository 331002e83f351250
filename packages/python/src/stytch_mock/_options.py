"""The flags of `stytch-mock serve`.

Written by packages/generate from what the emulator says of itself. Not to be edited.
"""

from __future__ import annotations

from typing import Dict, Literal, Sequence, Tuple, TypedDict, Union


class Options(TypedDict, total=False):
    """How the emulator is to be started, beside its seed."""

    host: str
    """The address to listen on. Default: 127.0.0.1"""
    port: int
    """The port to listen on. Default: a free one"""
    seed_dir: str
    """A folder whose .json files are seeds, too; empty or absent is no error. The image: /seed"""
    tls_port: int
    """Answer over TLS on this port, too; 0 picks a free one"""
    tls_cert: str
    """A certificate chain of your own, as PEM. Default: one is issued at start"""
    tls_key: str
    """The key of --tls-cert, as PEM"""
    tls_name: Union[str, Sequence[str]]
    """One more name for the issued certificate, beside localhost, test.stytch.com and api.stytch.com. Repeatable"""
    ca_file: str
    """Write the certificate that clients have to trust into this file"""
    ca_dir: str
    """Keep the issuing authority in this folder, so that trust outlives a restart"""
    wire: Literal["page", "live"]
    """Which face to show: as the documentation prints answers, or as the real service was captured. Default: page"""
    auth: Literal["strict", "any"]
    """Check credentials as the real service does, or take any. Default: strict"""
    rate_limit: str
    """Each project's token bucket: 100/s, 600/m, 1000/h, 100/s,burst=20 or off. A seed's own limit wins. Default:
    10000/s
    """
    clock: str
    """Freeze the clock at this RFC 3339 time. Default: the system's clock"""
    id_seed: int
    """Draw ids and tokens from this number, so that they repeat. Default: random"""
    ready_file: str
    """Write the base URL into this file once the emulator listens"""
    log: Literal["pretty", "json", "off"]
    """Log each request to standard error. Default: off"""
    watch: bool
    """Start the world over when a seed changes; a bad edit changes nothing"""
    control: bool
    """Whether the control plane is there, under /__mock. Default: on"""
    control_host: Union[str, Sequence[str]]
    """One more host name that the control plane answers to, beside addresses and local names. Repeatable"""
    projects: Literal["seeded", "auto"]
    """Give unknown credentials of the form project-test-<uuid> a project of their own, cloned from the seed's
    first. Default: seeded
    """
    explain: bool
    """Say in a header, x-stytch-mock-reason, why a request was refused. Default: on"""
    journal: int
    """How many requests the journal of each project keeps; 0 keeps none. Default: 1000"""
    journal_bodies: bool
    """Keep request bodies in the journal, with their secrets redacted. Default: off"""
    smtp: str
    """Send every e-mail of the outbox to this server as well, such as `smtp://localhost:1025`"""
    sandbox: bool
    """Whether the vendor's sandbox values work, in test projects. Default: on"""


# Each option's flag, and how that is written.
FLAGS: Dict[str, Tuple[str, Literal["value", "switch", "bare"]]] = {
    "host": ("--host", "value"),
    "port": ("--port", "value"),
    "seed_dir": ("--seed-dir", "value"),
    "tls_port": ("--tls-port", "value"),
    "tls_cert": ("--tls-cert", "value"),
    "tls_key": ("--tls-key", "value"),
    "tls_name": ("--tls-name", "value"),
    "ca_file": ("--ca-file", "value"),
    "ca_dir": ("--ca-dir", "value"),
    "wire": ("--wire", "value"),
    "auth": ("--auth", "value"),
    "rate_limit": ("--rate-limit", "value"),
    "clock": ("--clock", "value"),
    "id_seed": ("--id-seed", "value"),
    "ready_file": ("--ready-file", "value"),
    "log": ("--log", "value"),
    "watch": ("--watch", "bare"),
    "control": ("--control", "switch"),
    "control_host": ("--control-host", "value"),
    "projects": ("--projects", "value"),
    "explain": ("--explain", "switch"),
    "journal": ("--journal", "value"),
    "journal_bodies": ("--journal-bodies", "switch"),
    "smtp": ("--smtp", "value"),
    "sandbox": ("--sandbox", "switch"),
}
