"""The version: it stands in Cargo.toml, and everywhere else it is written from there."""

import json
import re
import tomllib


def files(root):
    version = tomllib.loads((root / "Cargo.toml").read_text())["package"]["version"]

    path = root / "packages/npm/stytch-mock/package.json"
    text = re.sub(r'("version": )"[^"]*"', rf'\g<1>"{version}"', path.read_text(), count=1)
    for name in json.loads(text)["optionalDependencies"]:
        text = re.sub(rf'("{name}": )"[^"]*"', rf'\g<1>"{version}"', text)
    yield path, text

    path = root / "packages/python/pyproject.toml"
    yield path, re.sub(r'(?m)^version = ".*"$', f'version = "{version}"', path.read_text(), count=1)

    path = root / "packages/go/version.go"
    yield path, re.sub(r'(stytch-mock:)[^"]*"', rf'\g<1>{version}"', path.read_text())

    path = root / "packages/java/pom.xml"
    yield path, re.sub(r"<version>[^<]*</version>", f"<version>{version}</version>", path.read_text(), count=1)

    path = root / "packages/java/src/main/java/stytchmock/Version.java"
    yield path, re.sub(r'(VERSION = )"[^"]*"', rf'\g<1>"{version}"', path.read_text())
