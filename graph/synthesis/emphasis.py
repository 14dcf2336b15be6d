"""Text without the marks of emphasis of its file (« **gras** », « _italique_ », « `code` »), all else kept. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

_CLUSTER = re.compile(r"[*_`]+")
_SAME = re.compile(r"([*_`])\1*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[^\s*_`.,;:)\]»]")
_BLANK_LINE = re.compile(r"\n\s*\n")
_LONGEST = 3  # « *** »; a longer run is a line to fill in, or a rank


@dataclass(frozen=True, slots=True)
class _Run:
    """The same mark once or several times, and whether emphasis may begin or end there."""

    start: int
    end: int
    mark: str
    opens: bool
    closes: bool

    @property
    def half(self) -> bool:
        """Whether it is a mark without its other half; a star alone is a rank or the call of a note: « 3* »."""
        return self.opens != self.closes and self.mark != "*" and len(self.mark) <= _LONGEST


def without_emphasis(text: str, start: int = 0, end: int | None = None) -> str:
    """The piece from `start` to `end`; its marks are found in its whole lines, since it may begin within a pair.

    >>> without_emphasis("**Une salle** de 12*8 m, 3* sur 5 *, pour les usager_e_s : _oui_")
    'Une salle de 12*8 m, 3* sur 5 *, pour les usager_e_s : oui'
    """
    end = len(text) if end is None else end
    line_end = text.find("\n", end)
    marks = _emphasis(text, text.rfind("\n", 0, start) + 1, len(text) if line_end < 0 else line_end)
    kept, at = [], start
    for run in sorted(marks, key=lambda run: run.start):
        if start <= run.start < end:
            kept.append(text[at : run.start])
            at = min(run.end, end)
    return "".join([*kept, text[at:end]])


def _emphasis(text: str, start: int, end: int) -> list[_Run]:
    """The runs that go in pairs, and the halves of pairs that the text does not hold whole."""
    found: list[_Run] = []
    alone: list[_Run] = []
    waiting: dict[str, list[_Run]] = defaultdict(list)
    for run in _runs(text, start, end):
        if run.closes and waiting[run.mark]:
            opening = waiting[run.mark].pop()
            pair = not _BLANK_LINE.search(text, opening.end, run.start)
            (found if pair else alone).extend((opening, run))
        elif run.opens:
            waiting[run.mark].append(run)
        else:
            alone.append(run)
    alone.extend(run for runs in waiting.values() for run in runs)
    return [*found, *(run for run in alone if run.half)]


def _runs(text: str, start: int, end: int) -> Iterator[_Run]:
    """Marks that stand side by side (« **_ ») open and close together, each as a run of its own."""
    addresses = {at for found in _ADDRESS.finditer(text, start, end) for at in range(*found.span())}
    for cluster in _CLUSTER.finditer(text, start, end):
        if cluster.start() in addresses:
            continue
        before = text[cluster.start() - 1] if cluster.start() > start else " "
        after = text[cluster.end()] if cluster.end() < end else " "
        opens, closes = not after.isspace() and not before.isalnum(), not before.isspace() and not after.isalnum()
        for one in _SAME.finditer(text, *cluster.span()):
            yield _Run(*one.span(), one[0], opens, closes)
