"""Where a line was cut to fit a width, and where a topic ends: told by what would still have fitted on the line."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_WIDEST = 90  # characters: nothing that is wrapped for a map is wider
_NARROWEST = 12
_FULL = 0.8  # of the width: a line that long may have been cut
_FULL_SHARE = 0.06  # of the lines at least, where lines are cut at all
_LEAST_ODDS = 0.1
_SOFT_SHARE = 0.15  # of the lines after full ones: where fewer begin in small letters, lines are full by chance
_SLACK = 0.15  # of the width: letters of a page are not all as wide
_HANGING = re.compile(
    r"(?:^|[\s'’(])(?:de|du|des|d['’]|l['’]|le|la|les|un|une|et|ou|à|au|aux|en|dans|par|pour|sur|sous|avec|sans|entre|"
    r"vers|chez|que|qui|dont|où|se|ne|pas|plus|très|ce|cette|ces|leur|leurs|son|sa|ses|nos|notre|est|sont|"
    r"the|a|an|of|and|or|to|in|on|at|by|for|with|from|into|as|is|are|be|that|which|not|this|their|your|its)$",
    re.I,
)
_OPEN = {"(": ")", "«": "»", "[": "]", "“": "”"}


def glue(text: str) -> bool:
    """Whether a line ends in a way that nothing ends with: an article, a comma, an open bracket."""
    end = text.rstrip()
    if end.endswith((",", "/", "+", "&", "=", "(", "«", "'", "’")) or _HANGING.search(end):
        return True
    return any(end.count(mark) > end.count(close) for mark, close in _OPEN.items())


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How the lines of a text were cut. `width` is 0 where they were not; `odds` are those that a full line goes on.

    `capital` and `small` say how much likelier a line that goes on is followed by such a letter than one that ends.
    """

    width: int
    odds: float = 1.0
    capital: float = 0.25
    small: float = 12.0

    def excess(self, line: str, following: str) -> int:
        """By how many characters the next word would have gone over the width; negative where it would have fitted."""
        word = following.split(maxsplit=1)[0] if following.strip() else ""
        hyphen = re.match(r"\w+-(?=\w)", word)
        return len(line) + 1 + len(hyphen.group() if hyphen else word) - self.width

    def cut(self, line: str, following: str) -> bool:
        """Whether the break after a line may be one of width."""
        return bool(self.width) and self.excess(line, following) > -_SLACK * self.width

    def goes_on(self, line: str, following: str) -> bool:
        """Whether a line without any cue goes on with the next."""
        if not self.cut(line, following):
            return False
        score = math.log(self.odds) + (0.0 if self.excess(line, following) > 0 else -2.5)
        if glue(line):
            score += 4.0
        elif line.endswith((".", "!", "?", ":", ";")):
            score -= 2.5
        case = _case(following)
        score += math.log(self.small if case < 0 else self.capital if case else 1.0)
        return score > 0


def _case(text: str) -> int:
    """1 where a text begins with a capital, -1 with a small letter, 0 with neither."""
    first = text.lstrip("«\"'“( ")[:1]
    return 1 if first.isupper() else -1 if first.islower() else 0


def measure(lines: Sequence[str]) -> Wrapping:
    """The width at which lines (without blank ones) were cut, and how likely a line that is full goes on."""
    lengths = sorted(len(line) for line in lines if " " in line) or [0]
    width = lengths[-1]
    if width > _NARROWEST and len(lengths) > 40:
        width = lengths[-1 - len(lengths) // 200]  # a word too long for the width is no measure of it
    full = sum(length >= _FULL * width for length in lengths)
    if not _NARROWEST <= width <= _WIDEST or full < max(2, _FULL_SHARE * len(lines)):
        return Wrapping(0)
    tight = Wrapping(width)
    pairs = list(pairwise(lines))
    forced = [b for a, b in pairs if tight.excess(a, b) > 0]
    apart = [b for a, b in pairs if not tight.cut(a, b)]
    # A topic ends near the width by chance about as often as a word is long beside the width.
    chance = min(0.5, 6.0 / width)
    ended = max(1.0, chance * (len(pairs) - len(forced)) / (1 - chance))
    odds = max(_LEAST_ODDS, (len(forced) - ended) / ended)
    soft = sum(_case(b) < 0 or glue(a) for a, b in pairs if tight.excess(a, b) > 0)
    if soft < _SOFT_SHARE * len(forced):
        odds = _LEAST_ODDS
    return Wrapping(width, odds, *_letters(forced, apart, odds / (1 + odds)))


def widest(lines: Sequence[str]) -> Wrapping:
    """The width as the longest line has it, where marks tell the topics: few lines of a map need be full."""
    width = max(map(len, lines), default=0)
    return Wrapping(width if _NARROWEST <= width <= _WIDEST else 0)


def _letters(forced: list[str], apart: list[str], share: float) -> tuple[float, float]:
    """How a capital, and a small letter, speak for a line that goes on: `share` of those after full lines do."""
    ends = (sum(_case(text) > 0 for text in apart) + 1.6) / (len(apart) + 2)
    full = (sum(_case(text) > 0 for text in forced) + 0.8) / (len(forced) + 2)
    goes = (full - (1 - share) * ends) / share
    goes, ends = min(0.97, max(0.03, goes)), min(0.97, max(0.03, ends))
    return goes / ends, (1 - goes) / (1 - ends)
