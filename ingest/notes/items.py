"""List items: which lines open one, and how far each goes."""

from __future__ import annotations

import re
from collections.abc import Collection

from ingest.notes.bullets import Mark, bullet_at
from ingest.notes.furniture import is_image, is_rule
from ingest.notes.lines import Line, Profile
from ingest.notes.marked import hashed

QUOTE = re.compile(r"^(?:>\s?)+")
DEFINITION = re.compile(r"^:[^\S\r\n]+(?=\S)")
_SHORT_ITEM = 30  # characters: in text that is not wrapped, so short a line has no rest below it


class Items:
    """The list items among lines; `furniture` are the indexes of lines that belong to no text."""

    def __init__(self, profile: Profile, furniture: Collection[int]) -> None:
        self.lines, self.profile, self.furniture = profile.lines, profile, furniture
        self._marks: dict[int, Mark | None] = {}

    def mark(self, n: int) -> Mark | None:
        """The bullet of a line, looked up once."""
        if n not in self._marks:
            self._marks[n] = bullet_at(self.lines[n].content)
        return self._marks[n]

    def is_item(self, line: Line, mark: Mark) -> bool:
        """Marks that may as well be words or punctuation need a second line like them, or a tab behind them."""
        if "\t" in line.content[: mark.length]:
            return True
        if mark.family in {"o", "+", "§", "¤", "code", "->"} or mark.family[:2] in {"nA", "na"}:
            return self._has_sibling(line, mark)
        if mark.family in {"–", "—", "-", "*", "·"} and not line.content[mark.length - 1].isspace():
            return mark.family == "-" and self._has_sibling(line, mark) and self._glued(line)
        return True

    def _glued(self, line: Line) -> bool:
        """« -eau », « -pain »: a dash without a space makes items of several lines; « -t-il » alone goes on a word."""
        if not line.content[1:2].islower():
            return True
        beside = (self.lines[n] for n in (line.index - 1, line.index + 1) if 0 <= n < len(self.lines))
        return any(re.match(r"-[^\W\d_]", other.content) for other in beside)

    def _has_sibling(self, line: Line, mark: Mark) -> bool:
        """A line with a mark of the same family within reach (a number: the one before or after)."""
        for step in (1, -1):
            for n in range(line.index + step, line.index + step * 40, step):
                if not 0 <= n < len(self.lines):
                    break
                other = self.mark(n)
                if other and other.family == mark.family and (not mark.number or other.number == mark.number + step):
                    return True
        return False

    def end(self, line: Line) -> int:
        """The last line of a list item: what is indented under it or wraps from it goes with it."""
        last = line.index
        width = self.profile.width
        while last + 1 < len(self.lines):
            following = self.lines[last + 1]
            if following.blank or not self._continues_item(line, self.lines[last], following, width):
                break
            last += 1
        return last

    def _continues_item(self, item: Line, last: Line, following: Line, width: int) -> bool:
        content = following.content
        if (
            self.mark(following.index)
            or DEFINITION.match(content)
            or hashed(content)
            or QUOTE.match(content)
            or is_image(content)
            or is_rule(content)
        ):
            return False
        if following.index in self.furniture or (following.page and not following.starts_lower):
            return False
        if following.indent > item.indent:
            return True
        if following.starts_lower:
            return self.profile.wrapped or len(last.content) >= _SHORT_ITEM
        if self.profile.cue:
            return last.trailing and len(last.content) > width // 2
        return self.profile.wrapped and len(last.content) + 1 + len(content.split(" ", 1)[0]) > width * 0.92
