"""`packages/generate`."""

import os
import subprocess
import sys
from pathlib import Path

from . import action, emulator, go, java, python, typescript, version
from .model import Model

PACKAGES = Path(__file__).parent.parent


def files(binary):
    """Every generated file with its text."""
    model, flags = Model(emulator.document(binary)), emulator.flags(binary)
    npm = PACKAGES / "npm/stytch-mock/src"
    yield npm / "control.generated.ts", typescript.TypeScript(model).control()
    yield npm / "options.generated.ts", typescript.options(flags)
    pypi = PACKAGES / "python/src/stytch_mock"
    for name, text in python.Python(model).files():
        yield pypi / name, text
    yield pypi / "_options.py", python.options(flags)
    yield PACKAGES / "go/control.go", gofmt(go.Go(model).file())
    for name, text in java.Java(model).files():
        yield PACKAGES / "java/src/main/java/stytchmock" / name, text
    metadata = PACKAGES.parent / "action.yml"
    yield metadata, action.inputs(metadata.read_text(), flags)
    yield from version.files(PACKAGES.parent)


def gofmt(text):
    """The text, as gofmt writes it."""
    return subprocess.run(["gofmt"], input=text, stdout=subprocess.PIPE, text=True, check=True).stdout


def main():
    check = sys.argv[1:] == ["--check"]
    stale = []
    for path, text in files(os.environ["STYTCH_MOCK_BIN"]):
        if path.exists() and path.read_text() == text:
            continue
        stale.append(str(path.relative_to(PACKAGES.parent)))
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    for name in stale:
        print(f"{'out of date' if check else 'written'}: {name}")
    if check and stale:
        sys.exit("run packages/generate and commit what it writes")


if __name__ == "__main__":
    main()
