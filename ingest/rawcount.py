"""What a file holds, counted on its bytes: apart from any reader, so that the ledger can show what a reader missed."""

from __future__ import annotations

import re
from collections.abc import Sequence


def raw_counts(data: bytes, patterns: Sequence[tuple[str, bytes]]) -> dict[str, int]:
    """How often each pattern stands in the bytes, by its name; absent things are left out, "topics" never.

    Names are those of ``Ledger.kept``: topics, notes, details, links, relations, icons, tags, attributes, folded,
    boundaries. UTF-16 is brought to one byte per ASCII character first. A name given twice adds up.
    """
    head = data[:100]
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"} or 0 < 2 * len(head) <= 5 * head.count(0)  # with or without a mark
    plain = data.replace(b"\x00", b"") if wide else data
    if b"\r" in plain and b"\n" not in plain:  # patterns may ask for the beginning of a line
        plain = plain.replace(b"\r", b"\n")
    found: dict[str, int] = {}
    for what, pattern in patterns:
        found[what] = found.get(what, 0) + len(re.findall(pattern, plain))
    return {what: n for what, n in found.items() if n or what == "topics"}
