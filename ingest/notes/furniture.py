"""Page furniture: numbers, running headers and footers, image links, rules. Kept, never read for meaning."""

from __future__ import annotations

import re
from collections import Counter

from graph.text import fold
from ingest.notes.lines import Line

_PAGE_NUMBER = re.compile(
    r"^(?:[-–—|\s]*(?:page|p\.|pg\.?)?\s*\d{1,4}\s*(?:/|sur|of|de)\s*\d{1,4}[-–—|\s]*|[-–—|\s]*(?:page|p\.)\s*\d{1,4}[-–—|\s]*"
    r"|[-–—]\s*\d{1,4}\s*[-–—])$",
    re.I,
)
_BARE_NUMBER = re.compile(r"^\d{1,3}$")
_RULE = re.compile(r"^(?:[-_*=~·.•–—]\s*){3,}$")
_IMAGE = re.compile(r"^!\[[^\]]{0,500}\]\([^)\s]{0,2000}\)$|^<img\b[^<>]{0,2000}/?>$|^!\[\[[^\]]{1,300}\]\]$", re.I)
_MARKER = re.compile(r"^\[(?:image|photo|figure|logo|illustration|graphique)[^\]]{0,80}\]$", re.I)
_MIN_REPEATS = 3


def is_rule(content: str) -> bool:
    """A line that only draws: ``---``, ``* * *``, ``_____``."""
    return bool(_RULE.match(content))


def is_image(content: str) -> bool:
    """A line that holds an image link and nothing else."""
    return bool(_IMAGE.match(content) or _MARKER.match(content))


def furniture_lines(lines: list[Line]) -> set[int]:
    """The indices of lines that are page furniture."""
    found = {line.index for line in lines if not line.blank and _is_number(lines, line)}
    return found | _running(lines, found)


def _is_number(lines: list[Line], line: Line) -> bool:
    content = line.content
    if _PAGE_NUMBER.match(content):
        return True
    if not _BARE_NUMBER.match(content):
        return False
    return _alone(lines, line.index) and _near_page_edge(lines, line.index)


def _alone(lines: list[Line], at: int) -> bool:
    before = at == 0 or lines[at - 1].blank or lines[at].page
    after = at + 1 >= len(lines) or lines[at + 1].blank or lines[at + 1].page
    return before and after


def _near_page_edge(lines: list[Line], at: int) -> bool:
    """A page break or several blank lines on one side."""
    window = range(max(0, at - 3), min(len(lines), at + 4))
    blanks_before = sum(lines[n].blank for n in window if n < at)
    blanks_after = sum(lines[n].blank for n in window if n > at)
    return any(lines[n].page for n in window) or blanks_before == 3 or blanks_after == 3 or at + 2 >= len(lines)


def _running(lines: list[Line], numbers: set[int]) -> set[int]:
    """Short lines that come back beside page breaks or page numbers."""
    edges = numbers | {line.index for line in lines if line.page}
    if len(edges) < 2:
        return set()
    near: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    for edge in sorted(edges):
        for n in range(max(0, edge - 3), min(len(lines), edge + 4)):
            key = re.sub(r"\d+", "#", fold(lines[n].content))
            if 3 < len(key) <= 100 and n not in numbers and n not in places.get(key, ()):
                near[key] += 1
                places.setdefault(key, []).append(n)
    return {n for key, count in near.items() if count >= _MIN_REPEATS for n in places[key]}
