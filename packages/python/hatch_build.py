"""Puts the binary of one platform into a wheel, and names the wheel after that platform."""

import os
from typing import Any, Dict

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# On Linux the binary is static, so that it runs with any C library.
TAGS = {
    "linux-x64": "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64",
    "linux-arm64": "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
    "darwin-x64": "macosx_10_12_x86_64",
    "darwin-arm64": "macosx_11_0_arm64",
    "win32-x64": "win_amd64",
}


class BinaryHook(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: Dict[str, Any]) -> None:
        if version == "editable":
            return
        platform, binary = os.environ.get("STYTCH_MOCK_PLATFORM"), os.environ.get("STYTCH_MOCK_BINARY")
        if platform not in TAGS or not binary:
            known = ", ".join(TAGS)
            raise RuntimeError(f"a wheel needs STYTCH_MOCK_BINARY, and STYTCH_MOCK_PLATFORM, one of {known}; see packages/python/pack")
        program = "stytch-mock.exe" if platform.startswith("win32") else "stytch-mock"
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{TAGS[platform]}"
        build_data["force_include"][os.path.abspath(binary)] = f"stytch_mock/bin/{program}"
