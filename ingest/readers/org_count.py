"""What an Org file holds, counted line by line apart from the reading: code, drawers, settings and comments aside."""

from __future__ import annotations

import re

from ingest.rawcount import raw_counts

_OPENS = re.compile(
    r"[ \t]*(?:#\+begin_(?P<kind>src|example|export|comment|verse|ascii|html|latex)\b|:[\w-]{1,60}:[ \t]*$)", re.I
)
_HEADING = re.compile(r"\*+[ \t]")
_APART = re.compile(r"[ \t]*#(?:\+\w|[ \t]|$)")
_ADDRESS = re.compile(r"\[\[[^\[\]]+\][\[\]]")
_RAW_COUNTS = (
    ("topics", rb"(?m)^\*+(?:[ \t]|$)"),
    ("topics", rb"(?m)^[ \t]*(?:[-+]|\d{1,9}[.)]|(?<=[ \t])\*)(?:[ \t]|$)"),
    ("links", rb"\[\[[^\[\]]+\][\[\]]"),
)


def count_outline(lines: list[str]) -> dict[str, int]:
    """Headings, list items and links. A block of code has none; a drawer that is not closed is none."""
    outside: list[str] = []
    held: list[str] = []  # since a block or drawer was opened
    closing = ""
    for line in lines:
        if closing:
            held.append(line)
            if line.strip().lower().startswith(closing):
                outside += _ADDRESS.findall("\n".join(held)) if closing == "#+end_verse" else ()
                closing = ""
            elif closing == ":end:" and _HEADING.match(line):
                outside += held
                closing = ""
        elif opened := _OPENS.match(line):
            closing, held = (f"#+end_{opened['kind'].lower()}" if opened["kind"] else ":end:"), [line]
        elif not _APART.match(line):
            outside.append(line)
    text = "\n".join([*outside, *(held if closing else ())])
    return raw_counts(text.encode("utf-8", "replace"), _RAW_COUNTS)
