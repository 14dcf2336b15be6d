"""Page furniture: numbers, running headers and footers, image links, rules. Kept, never read for meaning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from graph.text import fold
from ingest.notes.lines import Line

_PAGE_NUMBER = re.compile(
    r"^(?:[-–—|\s]*(?:page|p\.|pg\.?)?\s*\d{1,4}\s*(?:/|sur|of|de)\s*\d{1,4}[-–—|\s]*|[-–—|\s]*(?:page|p\.)\s*\d{1,4}[-–—|\s]*"
    r"|[-–—]\s*\d{1,4}\s*[-–—])$",
    re.I,
)
_NUMBERED_TAIL = re.compile(r"\b(?:page|p\.)\s*\d{1,4}(?:\s*(?:/|sur|of|de)\s*\d{1,4})?\s*$", re.I)
_WIDE_TAIL = re.compile(r"(?<=\S)[^\S\n]{4,}(?P<number>\d{1,4})$")  # « Plan d’action                 12 »
# « Rencontre du 6 juin 2023         1/3 »
_OF_PAGES = re.compile(r"(?<=\S)[^\S\n]{3,}(?P<page>\d{1,4})\s?/\s?(?P<pages>\d{1,4})$")
_PAGE_LINES = 8  # lines between two running heads, at least: rows of a table stand closer
_PAGES_OFF = 2  # a cover that is not counted, a table of contents
_BARE_NUMBER = re.compile(r"^\d{1,3}$")
_RULE = re.compile(r"^(?:(?:[-_*=~·.•–—]\s*){3,}|[-_*=~–—]{1,20}\s?[oO0°]{1,5}\s?[-_*=~–—]{1,20})$")  # « -oOo- » too
_IMAGE = re.compile(
    r"^!\[[^\]]{0,500}\]\([^)\s]{0,2000}(?:\s+\"[^\"]{0,300}\")?\)$|^<img\b[^<>]{0,2000}/?>$|^!\[\[[^\]]{1,300}\]\]$",
    re.I,
)
_MARKER = re.compile(r"^\[(?:image|photo|figure|logo|illustration|graphique)[^\]]{0,80}\]$", re.I)
_MIN_REPEATS = 3
_LONG_KEY = 12
_LONGEST_KEY = 100
_LONGEST_HEAD = 160
# What such a line begins with: asked first, for every line of a text.
_RULE_SIGNS = frozenset("-_*=~·.•–—")
_IMAGE_SIGNS = frozenset("!<[")


def is_rule(content: str) -> bool:
    """A line that only draws: ``---``, ``* * *``, ``_____``."""
    return content[:1] in _RULE_SIGNS and bool(_RULE.match(content))


def is_image(content: str) -> bool:
    """A line that holds an image link and nothing else."""
    return content[:1] in _IMAGE_SIGNS and bool(_IMAGE.match(content) or _MARKER.match(content))


def furniture_lines(lines: list[Line]) -> set[int]:
    """The indices of lines that are page furniture."""
    found = {line.index for line in lines if not line.blank and _is_number(lines, line)}
    return found | _running(lines, found) | _counted_heads(lines)


def _counted_heads(lines: list[Line]) -> set[int]:
    """Lines that come back with nothing changed but the page number at their end, with or without page breaks."""
    tails: dict[str, set[int]] = {}
    numbered = [line for line in lines if len(line.content) <= _LONGEST_HEAD and line.content[-1:].isdecimal()]
    for line in numbered:
        found = _NUMBERED_TAIL.search(line.content)
        if found and found.start() > 3:
            tails.setdefault(fold(line.content[: found.start()]).strip(), set()).add(line.index)
    same = {n for those in tails.values() if len({lines[n].content for n in those}) > 1 for n in those}
    return same | _wide_tails(numbered) | _pages_of_all(numbered)


def _pages_of_all(lines: list[Line]) -> set[int]:
    """Lines that come back with 1/3, 2/3, 3/3 behind a wide gap; votes « 12/40 » do not count up one by one."""
    tails: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for line in lines:
        found = _OF_PAGES.search(line.content)
        if found and found.start() > _LONG_KEY:
            key = fold(line.content[: found.start()]).strip(), found["pages"]
            tails.setdefault(key, []).append((line.index, int(found["page"])))
    counted = (
        same for same in tails.values() if len(same) > 1 and all(b == a + 1 for (_, a), (_, b) in pairwise(same))
    )
    return {n for same in counted for n, _ in same}


def _wide_tails(lines: list[Line]) -> set[int]:
    """Lines that come back pages apart with a number behind a wide gap, which grows."""
    tails: dict[str, list[tuple[int, int]]] = {}
    for line in lines:
        found = _WIDE_TAIL.search(line.content)
        if found and found.start() > _LONG_KEY:
            key = fold(line.content[: found.start()]).strip()
            tails.setdefault(key, []).append((line.index, int(found["number"])))
    return {n for same in tails.values() if len(same) >= _MIN_REPEATS and _counts_pages(same) for n, _ in same}


def _counts_pages(found: list[tuple[int, int]]) -> bool:
    """Whether the numbers of some lines (line, number) are those of their pages: votes and budgets do not grow so."""
    (first, low), (last, high) = found[0], found[-1]
    if high <= low or (page := (last - first) / (high - low)) < _PAGE_LINES:
        return False
    steps = ((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(found))
    even = all(pages > 0 and page / 2 <= rows / pages <= 2 * page for rows, pages in steps)
    return even and abs(first / page - low) <= _PAGES_OFF


def _is_number(lines: list[Line], line: Line) -> bool:
    content = line.content
    if len(content) <= 60 and _PAGE_NUMBER.match(content):
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
    breaks = [line.index for line in lines if line.page]
    if len(numbers) + len(breaks) < 2:
        return set(_page_tails(lines, breaks))
    near: Counter[str] = Counter()
    places: dict[str, set[int]] = {}
    for edge in sorted(numbers | set(breaks)):
        for n in range(max(0, edge - 3), min(len(lines), edge + 4)):
            key = re.sub(r"\d+", "#", fold(lines[n].content))
            if 3 < len(key) <= _LONGEST_KEY and n not in numbers and n not in places.setdefault(key, set()):
                near[key] += 1
                places[key].add(n)
    repeated = {n for key, count in near.items() if count >= _MIN_REPEATS for n in places[key]}
    if len(numbers) + len(breaks) < _MIN_REPEATS:
        repeated |= _beside_numbers(lines, numbers)
    return repeated | set(_page_tails(lines, breaks)) | _page_heads(lines, breaks)


def _beside_numbers(lines: list[Line], numbers: set[int]) -> set[int]:
    """Long lines that come back right over the page number of a short text; a title stands over its text."""
    same: dict[str, set[int]] = {}
    for number in numbers:
        above = next((n for n in range(number - 1, max(-1, number - 4), -1) if not lines[n].blank), None)
        if above is not None and _LONG_KEY < len(lines[above].content) <= _LONGEST_KEY:
            same.setdefault(fold(lines[above].content), set()).add(above)
    return {n for found in same.values() if len(found) > 1 for n in found}


def _page_tails(lines: list[Line], breaks: list[int]) -> Iterator[int]:
    """The last line of a page that ends with its number ("Lettre n° 2 – page 2 sur 3")."""
    for edge in [*breaks, len(lines)]:
        filled = [n for n in range(max(0, edge - 3), edge) if not lines[n].blank]
        if filled and len(lines[filled[-1]].content) <= 100 and _NUMBERED_TAIL.search(lines[filled[-1]].content):
            yield filled[-1]


def _page_heads(lines: list[Line], breaks: list[int]) -> set[int]:
    """The first line of every page, where most pages begin with the same one."""
    heads = [next((n for n in range(b, min(b + 3, len(lines))) if not lines[n].blank), b) for b in [0, *breaks]]
    counts = Counter(fold(lines[n].content) for n in heads)
    key, count = counts.most_common(1)[0]
    if not 3 < len(key) <= _LONGEST_KEY or count < 2 or count < 0.6 * len(heads):
        return set()
    return {n for n in heads[1:] if fold(lines[n].content) == key} | ({heads[0]} if count > 2 else set())
