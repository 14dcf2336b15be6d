"""Where figures come from when a line of its own says so: « Source : Insee, 2021 », « Sources : Arcep, Insee. ».

Such a line speaks for the figures above it in its part of the document; the only one of a document speaks for all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.document import Block
from ingest.extract.reading import Figure, Reading

MAX_ORIGIN = 120
_LINE = re.compile(r"[(*_ ]{0,4}sources?[*_ ]{0,4}\s?:[*_ ]{0,4}(\S.{1,400}?)[)*_. ]{0,5}", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    heading: Block | None
    said: str


def run(reading: Reading) -> None:
    """Give the figures that name no origin themselves the one that a line states for them."""
    lines = _lines(reading)
    for figure in reading.figures if lines else ():
        if figure.source is None and (line := _line_for(reading, figure, lines)):
            figure.source = line.said[:MAX_ORIGIN]
            year = _YEAR.search(line.said)
            figure.year = figure.year or (year[0] if year else None)


def is_source_line(label: str) -> bool:
    """Whether a block only says where figures come from."""
    return bool(_LINE.fullmatch(label.strip()))


def _lines(reading: Reading) -> list[_Line]:
    out = []
    for block in reading.document.leaves():
        if len(block.label) <= 2 * MAX_ORIGIN and (said := _LINE.fullmatch(block.label.strip())):
            out.append(_Line(block.start, reading.document.heading_of(block), said[1].strip()))
    return out


def _line_for(reading: Reading, figure: Figure, lines: list[_Line]) -> _Line | None:
    if len(lines) == 1:
        return lines[0]
    block = reading.document.block_at(figure.at.start, figure.at.start + 1)
    heading = reading.document.heading_of(block) if block else None
    return next((x for x in lines if x.start >= figure.at.start and x.heading is heading), None)
