"""What a file holds, counted on its bytes: apart from any reader, so that the ledger can show what a reader missed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.decoding import narrowed


def raw_counts(data: bytes, patterns: Sequence[tuple[str, bytes]]) -> dict[str, int]:
    """How often each pattern stands in the bytes, by its name; absent things are left out, "topics" never.

    Names are those of ``Ledger.kept``: topics, notes, details, links, relations, icons, tags, attributes, folded,
    boundaries. The patterns are of ASCII, in UTF-8 with LF at line ends. A name given twice adds up.
    """
    plain = narrowed(data)
    found: dict[str, int] = {}
    for what, pattern in patterns:
        found[what] = found.get(what, 0) + len(re.findall(pattern, plain))
    return {what: n for what, n in found.items() if n or what == "topics"}
