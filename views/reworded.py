"""Two wordings of a passage beside each other: what is no longer said struck through, what is now said underlined."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from views.documents import short
from views.escape import html

_MOST_WORDS = 600  # compared: the time grows with their square
_CONTEXT = 6  # words kept on each side of what changed
_CUT = 160  # characters of a wording that is not compared


def side_by_side(old: str, new: str) -> tuple[str, str]:
    """Both wordings as HTML, each character escaped; long stretches that are alike are cut.

    >>> side_by_side("ouvert le vendredi", "ouvert le samedi")
    ('ouvert le <del>vendredi</del>', 'ouvert le <ins>samedi</ins>')
    """
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > _MOST_WORDS:
        return html(short(old, _CUT)), html(short(new, _CUT))
    left, right = list[str](), list[str]()
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for n, (what, a, b, c, d) in enumerate(steps):
        if what == "equal":
            alike = _alike(before[a:b], first=n == 0, last=n == len(steps) - 1)
            left.append(alike)
            right.append(alike)
        else:
            left += [_marked("del", before[a:b])] if a < b else []
            right += [_marked("ins", after[c:d])] if c < d else []
    return " ".join(left), " ".join(right)


def _alike(words: Sequence[str], *, first: bool, last: bool) -> str:
    """What both say, cut to what stands beside a change."""
    keep_left, keep_right = 0 if first else _CONTEXT, 0 if last else _CONTEXT
    if len(words) <= keep_left + keep_right + 2:
        return html(" ".join(words))
    end = words[len(words) - keep_right :] if keep_right else []
    return html(" ".join([*words[:keep_left], "…", *end]))


def _marked(tag: str, words: Sequence[str]) -> str:
    return f"<{tag}>{html(' '.join(words))}</{tag}>"
