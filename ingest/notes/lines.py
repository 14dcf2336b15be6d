"""Lines with their offsets, and what the whole text tells about how it was wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise

_LINE = re.compile(r"([^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*)(\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|\Z)")
_PAGE_BREAK = "\x0c"
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"  # signs without width, which pages and chats leave before a line
_INDENT = " \t\u00a0\u2002\u2003\u2009\u202f\u3000" + _UNSEEN
_CLOSERS = ' \t\u00a0»”")]*_'
_TRAILING_SHARE = 0.2  # above it, a space at the end of a line means "goes on"; under it, it means nothing
_WRAPPED_SHARE = 0.4
_MIN_PAIRS = 3
_ITEM_SHARE = 0.6  # of the width: half of the lines that go on are longer in wrapped text
_LONG_RUN = 4
_FULL_SHARE = 0.75  # of the lines of wrapped text, at least
_FULL = 0.92  # of the width: with its next word a line would have been longer
_WIDEST = 140  # no editor or column wraps wider
_FARTHEST = 100  # characters: a longer line may be a paragraph


@dataclass(slots=True)
class Line:
    """One line: ``text[start:end]`` without its line break; `page` is true where a page begins with it.

    `indent`: columns before the first character; a tab counts four, a lone space before a page's first line none.
    """

    index: int
    start: int
    end: int
    text: str
    page: bool = False
    content: str = field(init=False)  # these are asked for some twenty times of every line
    blank: bool = field(init=False)
    indent: int = field(init=False)

    def __post_init__(self) -> None:
        text = self.text
        self.content = content = text.strip() if text[:1] not in _UNSEEN else text.lstrip(_INDENT).strip()
        self.blank = not content
        lead = text[: len(text) - len(text.lstrip(_INDENT))] if content is not text else ""
        self.indent = len(lead) + 3 * lead.count("\t") if lead else 0

    @property
    def begins(self) -> int:
        """Where in the text the content of the line begins."""
        return self.start + self.text.find(self.content)

    @property
    def trailing(self) -> bool:
        """Whether the line ends with white space, the sign of a wrap in text taken out of a PDF."""
        return bool(self.text) and self.text[-1] in " \u00a0" and not self.blank

    @property
    def ends_sentence(self) -> bool:
        return self.content.rstrip(_CLOSERS)[-1:] in tuple(".!?…:;")

    @property
    def starts_lower(self) -> bool:
        first = self.content[:1]
        return first.islower()


def split_lines(text: str) -> list[Line]:
    """Every line of the text; a form feed ends a line and begins a page."""
    lines: list[Line] = []
    page = False
    for found in _LINE.finditer(text):
        start, end = found.span(1)
        if start == len(text) and lines:
            break
        line, ending = found.groups()
        lines.append(Line(len(lines), start, end, line, page))
        page = ending == _PAGE_BREAK
    _mark_lost_page_breaks(lines)
    return lines


def _mark_lost_page_breaks(lines: list[Line]) -> None:
    """In text that is otherwise not indented, a lone leading space is what an exporter made of a form feed."""
    filled = [line for line in lines if not line.blank]
    indented = [line for line in filled if line.indent]
    if not indented or len(indented) > max(3, len(filled) // 12) or any(line.indent > 1 for line in indented):
        return
    for line in indented:
        line.page = True


class Profile:
    """How a text was laid out, from all its lines."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.filled = [line for line in lines if not line.blank]

    @cached_property
    def cue(self) -> bool:
        """Whether a trailing space means that the line goes on."""
        if len(self.filled) < 4:
            return False
        trailing = [line for line in self.filled if line.trailing]
        if len(trailing) < _TRAILING_SHARE * len(self.filled):
            return False
        two = sum(line.text.endswith("  ") for line in trailing)  # Markdown's hard break is no wrap
        return two < len(trailing) / 2

    @cached_property
    def wrapped(self) -> bool:
        """Whether paragraphs are cut into lines: what follows a full line often starts in lower case."""
        return self.cue or (self._goes_on_in_lower_case and not self.short_lines)

    @cached_property
    def _pairs(self) -> list[tuple[Line, Line]]:
        """Lines that no stop and no blank line parts."""
        return [
            (a, b)
            for a, b in zip(self.lines, self.lines[1:], strict=False)
            if not a.blank and not b.blank and 20 < len(a.content) <= _WIDEST and not a.ends_sentence
        ]

    @cached_property
    def _goes_on_in_lower_case(self) -> bool:
        lower = sum(b.starts_lower for _, b in self._pairs)
        return len(self._pairs) >= _MIN_PAIRS and lower >= _WRAPPED_SHARE * len(self._pairs)

    @cached_property
    def short_lines(self) -> bool:
        """Whether lines in lower case are items of their own: those above them end far before the margin."""
        if self.cue or not self._goes_on_in_lower_case:
            return False
        lower = [a for a, b in self._pairs if b.starts_lower]
        lengths = sorted(len(a.content) for a in lower if a.index not in self._in_full_lines)
        if 2 * len(lengths) <= len(lower):
            return False
        return lengths[len(lengths) // 2] < _ITEM_SHARE * self.width and self._lower_case_lists

    @cached_property
    def _in_full_lines(self) -> frozenset[int]:
        return cut_by_width(self.lines)

    @cached_property
    def _lower_case_lists(self) -> bool:
        """Whether half of the lines in lower case stand in long runs of them: wrapped text starts anew before."""
        runs = [len(list(group)) for lower, group in groupby(self.lines, lambda n: n.starts_lower) if lower]
        return 2 * sum(n for n in runs if n >= _LONG_RUN) >= sum(runs)

    @cached_property
    def width(self) -> int:
        """The usual length of a full line in wrapped text."""
        lengths = sorted(len(line.content) for line in self.filled if len(line.content) <= _WIDEST)
        return lengths[int(len(lengths) * 0.9)] if lengths else 0

    @cached_property
    def reach(self) -> int:
        """How far the lines go: a paragraph on one endless line tells that none is cut by its width."""
        return min(max((len(line.content) for line in self.filled), default=0), _FARTHEST)


def is_full(line: Line, following: Line, width: int) -> bool:
    """Whether the next word would not have fitted on this line."""
    return len(line.content) + 1 + len(following.content.split(" ", 1)[0]) > width * _FULL


def cut_by_width(lines: list[Line], least: int = 1) -> frozenset[int]:
    """The indices of lines that were cut by a width of their own, with those in lower case below: `least` together."""
    found: list[int] = []
    chain: list[Line] = []
    for line in lines:
        if not line.starts_lower:
            found += _cut(chain, least)
            chain = []
        chain.append(line)
    return frozenset(found + _cut(chain, least))


def _cut(chain: list[Line], least: int) -> list[int]:
    """The indices of a chain where nearly every line but the last could not have taken the next word."""
    width = max((len(line.content) for line in chain), default=0)
    full = sum(is_full(a, b, width) for a, b in pairwise(chain))
    return [line.index for line in chain] if len(chain) >= least and full >= _FULL_SHARE * (len(chain) - 1) else []
