"""Lines of a PDF page with their size and weight: what stands out is a title, a wider gap is a blank line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from ingest.flatmap.drawn.letters import printed_again

_TITLE_SIZE = 1.12  # of the body's size
_BLANK = 1.35  # of the usual distance between two lines
_LONGEST_TITLE = 160
_MOST_TITLES = 0.35  # of all lines: beyond it, size means nothing


@dataclass(slots=True)
class PdfLine:
    """One line as printed. `size` is its median font size, in points, rounded to a half."""

    page: int
    text: str
    top: float
    bottom: float
    size: float
    bold: bool
    gap: bool = False


def page_lines(page: Any, number: int) -> list[PdfLine]:
    """The lines of a pdfplumber page, top to bottom."""
    again = printed_again(page.chars)
    if again:
        page = page.filter(lambda thing: id(thing) not in again)
    found = page.extract_text_lines(x_tolerance_ratio=0.15, return_chars=True)
    lines = [_line(raw, number) for raw in found if raw["text"].strip()]
    _mark_gaps(lines)
    return lines


def _line(raw: dict[str, Any], number: int) -> PdfLine:
    chars = [c for c in raw["chars"] if c["text"].strip()] or raw["chars"]
    size = round(median(float(c["size"]) for c in chars) * 2) / 2
    bold = sum("bold" in str(c["fontname"]).lower() or "black" in str(c["fontname"]).lower() for c in chars)
    return PdfLine(number, raw["text"].rstrip(), raw["top"], raw["bottom"], size, bold * 2 > len(chars))


def _mark_gaps(lines: list[PdfLine]) -> None:
    """A blank line where the distance to the line above is wider than usual, or where the size changes."""
    steps = [b.top - a.top for a, b in pairwise(lines) if b.top > a.top and a.size == b.size]
    usual = median(steps) if steps else 0.0
    for above, line in pairwise(lines):
        step = line.top - above.top
        line.gap = abs(line.size - above.size) >= 1 or (usual > 0 and step > _BLANK * usual) or step < -1


def join_pages(pages: list[list[PdfLine]]) -> tuple[str, dict[int, int]]:
    """The text of all pages, and the level of each line that is set as a title, by its offset."""
    levels = _title_levels([line for page in pages for line in page])
    parts: list[str] = []
    titles: dict[int, int] = {}
    at = 0
    for number, page in enumerate(pages):
        if number:
            parts.append("\x0c")
            at += 1
        for n, line in enumerate(page):
            lead = "" if n == 0 else "\n\n" if line.gap else "\n"
            if (line.size, line.bold) in levels and _may_be_title(line.text):
                titles[at + len(lead)] = levels[line.size, line.bold]
            parts.append(lead + line.text)
            at += len(lead) + len(line.text)
    return "".join(parts), titles


def _may_be_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and any(c.isalpha() for c in text)


def _title_levels(lines: list[PdfLine]) -> dict[tuple[float, bool], int]:
    """Looks (size, weight) larger than the body's, or bold where the body is not: the largest is level 1."""
    weights: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        weights[line.size, line.bold] += len(line.text)
    if not weights:
        return {}
    body_size, body_bold = weights.most_common(1)[0][0]
    looks = {
        look for look in weights
        if look[0] >= _TITLE_SIZE * body_size or (look[1] and not body_bold and look[0] >= body_size)
    }  # fmt: skip
    if sum((line.size, line.bold) in looks for line in lines) > _MOST_TITLES * len(lines):
        return {}
    return {look: min(n, 6) for n, look in enumerate(sorted(looks, reverse=True), 1)}
