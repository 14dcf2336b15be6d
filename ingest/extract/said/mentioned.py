"""Whom and what a statement may link to: mentions by their place, and people by their initials."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.extract.reading import Reading

_INITIALS = re.compile(r"\b(?P<short>[A-Z]{2,4})\s?=\s?$")


@dataclass(frozen=True, slots=True)
class Mentioned:
    start: int
    end: int
    id: str
    kind: str


class ByPlace:
    """A fixed set of mentions; `longest` tells how far before a span one that reaches into it may begin."""

    def __init__(self, mentions: Iterable[Mentioned]) -> None:
        self.rows = sorted(mentions, key=lambda m: (m.start, -m.end))
        self.starts = [m.start for m in self.rows]
        self.longest = max((m.end - m.start for m in self.rows), default=0)

    def within(self, start: int, end: int) -> list[Mentioned]:
        """The mentions that overlap a span."""
        low = bisect_left(self.starts, start - self.longest)
        return [m for m in self.rows[low : bisect_left(self.starts, end)] if m.end > start]


def initials(reading: Reading) -> dict[str, str]:
    """« ME » for Margaret Ellerby where no other person has these initials; « AR = Anaïs Rolland » as defined."""
    short: dict[str, set[str]] = {}
    for person in (s for s in reading.stakeholders if s.kind == "person"):
        parts = re.findall(r"[^\W\d_]+", person.name)
        if len(parts) > 1:
            short.setdefault("".join(p[0] for p in parts).upper(), set()).add(person.id)
        for m in person.mentions[:3]:
            if found := _INITIALS.search(reading.slice(max(0, m.start - 8), m.start)):
                short[found["short"]] = {person.id}
    return {k: next(iter(v)) for k, v in short.items() if len(v) == 1 and len(k) <= 4}
