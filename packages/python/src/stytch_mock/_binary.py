"""Where the emulator's binary lies: in this package, whose wheel was made for this platform."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def binary_path() -> str:
    """The path of the binary; of your own one, if STYTCH_MOCK_BIN names it."""
    if own := os.environ.get("STYTCH_MOCK_BIN"):
        return own
    program = "stytch-mock.exe" if sys.platform == "win32" else "stytch-mock"
    path = Path(__file__).parent / "bin" / program
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: this is no wheel of stytch-mock. STYTCH_MOCK_BIN can name a binary of your own.")
    return str(path)
