"""The inputs of the GitHub Action: every flag of the command."""

import json

BEGIN, END = "  # The flags: written by packages/generate\n", "  # The end of the flags\n"

# What makes no sense for an emulator in the background of a job.
LEFT_OUT = ("exit-with-stdin", "ready-file")


def inputs(text, flags):
    """The text of action.yml with the inputs that the flags come to."""
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    lines = ""
    for flag in flags:
        if flag.name in LEFT_OUT:
            continue
        meaning = flag.meaning if not flag.default else f"{flag.meaning}. Default: {flag.default}"
        if flag.name == "port":
            meaning = "The port to listen on. Default: a free one"
        if flag.is_bare:
            meaning += " (true or false)"
        lines += f"  {flag.name}:\n    description: {json.dumps(meaning)}\n"
    return before + BEGIN + lines + END + after
