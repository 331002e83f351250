"""`python -m stytch_mock`: the command, with every flag."""

from __future__ import annotations

import os
import subprocess
import sys

from ._binary import binary_path


def main() -> None:
    """Becomes the command; where a process can't, waits for it."""
    words = [binary_path(), *sys.argv[1:]]
    if sys.platform != "win32":
        os.execv(words[0], words)
    # it ends with this process, unless standard input is a seed
    reads = "-" in words or "--seed=-" in words or os.environ.get("STYTCH_MOCK_SEED") == "-"
    environment = dict(os.environ) if reads else {**os.environ, "STYTCH_MOCK_EXIT_WITH_STDIN": "true"}
    try:
        sys.exit(subprocess.run(words, env=environment, stdin=None if reads else subprocess.PIPE).returncode)
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
