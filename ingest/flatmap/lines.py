"""Lines to topics in the flat text of a mind map: what ends a line, and what follows it, tells whether it goes on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.flatmap.wrapping import Wrapping, measure
from ingest.notes.lines import Line

_HYPHEN_END = re.compile(r"[^\W\d][-\u2010]$")
_MARKUP = re.compile(r"^(?:#{1,6}\s|[-*•✓➢]\s|\||```|>)")
_FIELD = re.compile(r"^[^:]{2,40}\s?:\s\S|@|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|^\d{1,2}\s?h\s?\d{0,2}\b")
# Minutes say what they are at their head, and who was there: « Compte-rendu », « Étaient présents : », « Mme … ».
_MINUTES = re.compile(
    r"(?:compte[- ]rendu|proc[eè]s[- ]verbal|relev[eé] de (?:d[eé]cisions?|conclusions?)|minutes of)\b"
    r"|(?:[\wéÉ]+ ){0,2}(?:pr[eé]sent|excus[eé]|absent)e?s?(?: ou \w+)?\s?(?:\(\d+\)\s?)?:$",
    re.I,
)
_PERSON = re.compile(r"(?:M\.\s?|MM\.?\s|Mr\.?\s|Mme\s|Mlle\s|Mrs\.?\s|Ms\.?\s)(?=[A-ZÀ-Ý])")
_MIN_LINES = 12
_FEW_PERSONS = 3  # lines that open with a title before a name: more than that is a list of people
_WIDEST = 60
_NARROW = 45  # a column that nothing but the box of a topic makes
_LONG = 120
_MEDIAN = 45  # of the topics' lengths, in a text without any cue
_MIN_CUES = 3
_MIN_TIGHT = 20  # lines, where no blank line tells anything


@dataclass(frozen=True, slots=True)
class FlatTopic:
    """A topic's span, its first line and its depth (0 where unknown)."""

    start: int
    end: int
    line: int
    depth: int = 0


def looks_flat(lines: list[Line]) -> bool:
    """Whether lines are short, few end a sentence, and blank lines stand after each, between topics or nowhere."""
    filled = [line for line in lines if not line.blank]
    if len(filled) < _MIN_LINES or any(line.indent > 1 for line in filled[1:]) or _minutes(filled):
        return False
    stops = sum(line.content.endswith(".") for line in filled) / len(filled)
    marked = sum(bool(_MARKUP.match(line.content)) or "\t" in line.content for line in filled) / len(filled)
    apart = _apart(lines, filled)
    narrow = apart >= 0.9 and all(len(line.content) <= _NARROW for line in filled)
    if stops > (0.2 if narrow else 0.12) or marked > 0.1:
        return False
    short = sum(len(line.content) <= _WIDEST for line in filled) / len(filled)
    if short >= 0.95 and apart >= 0.8 and _cued(lines, filled):
        return True
    return _bare(lines, filled, apart)


def _minutes(filled: list[Line]) -> bool:
    """Whether short lines are the attendance of a meeting, which is no map."""
    persons = sum(bool(_PERSON.match(line.content)) for line in filled)
    return persons > _FEW_PERSONS or any(_MINUTES.match(line.content) for line in filled)


def _apart(lines: list[Line], filled: list[Line]) -> float:
    return sum(_blank_after(lines, line) for line in filled) / len(filled)


def _blank_after(lines: list[Line], line: Line) -> bool:
    return line.index + 1 >= len(lines) or lines[line.index + 1].blank


def _cued(lines: list[Line], filled: list[Line]) -> bool:
    """Whether a space at the end of a line says that it goes on: on many lines, or on few that are all full."""
    trailing = [line for line in filled if line.trailing]
    if len(trailing) >= 0.2 * len(filled):
        return True
    if len(trailing) < _MIN_CUES or _apart(lines, filled) < 0.9:
        return False
    width = Wrapping(max(len(line.content) for line in trailing))
    return all(width.cut(a.content, b.content) for a, b in pairwise(filled) if a.trailing)


def _bare(lines: list[Line], filled: list[Line], apart: float) -> bool:
    """Without a cue: topics as short as those of a map, whatever stands between them."""
    topics = _spans(lines, filled)
    texts = [" ".join(line.content for line in topic) for topic in topics]
    if len(topics) < _MIN_LINES or median(map(len, texts)) > _MEDIAN:
        return False
    narrow = measure([line.content for line in filled]).width in range(1, _NARROW + 1)
    long = _share(texts, lambda text: len(text) > _LONG)
    stops = _share(texts, lambda text: text.endswith((".", ";")))
    lower = _share(texts, lambda text: text[:1].islower())
    fields = _share(texts, lambda text: bool(_FIELD.search(text)))
    if long > (0.3 if narrow else 0.1) or stops > (0.4 if narrow else 0.08) or fields > 0.1:
        return False
    if apart > 0.9:
        return lower < 0.5
    if apart < 0.1:
        return len(filled) >= _MIN_TIGHT and lower < 0.3 and len(topics) >= 0.3 * len(filled)
    return _blocks_are_wrapped(topics, filled)


def _share(texts: list[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, texts)) / len(texts)


def _blocks_are_wrapped(topics: list[list[Line]], filled: list[Line]) -> bool:
    """Whether every break inside a block is one of width: a list or a verse breaks sooner."""
    wrapping = measure([line.content for line in filled])
    inner = [(a.content, b.content) for topic in topics for a, b in pairwise(topic)]
    return bool(wrapping.width) and sum(wrapping.cut(a, b) for a, b in inner) >= 0.95 * len(inner)


def flat_topics(lines: list[Line]) -> list[FlatTopic]:
    """Join the lines of each topic; blank lines inside it are part of its span."""
    filled = [line for line in lines if not line.blank]
    return [FlatTopic(topic[0].start, topic[-1].end, topic[0].index) for topic in _spans(lines, filled)]


def _spans(lines: list[Line], filled: list[Line]) -> list[list[Line]]:
    """The lines of each topic."""
    apart = _apart(lines, filled)
    cued = apart >= 0.8 and _cued(lines, filled)
    wrapping = Wrapping(0) if cued else measure([line.content for line in filled])
    topics: list[list[Line]] = []
    open_topic: list[Line] = []
    for line, following in pairwise([*filled, None]):
        assert line is not None
        open_topic.append(line)
        if following is None or not _goes_on(lines, line, following, apart, wrapping, cued=cued):
            topics.append(open_topic)
            open_topic = []
    return topics


def _goes_on(lines: list[Line], line: Line, following: Line, apart: float, wrapping: Wrapping, *, cued: bool) -> bool:
    if cued:
        return line.trailing or bool(_HYPHEN_END.search(line.text)) or not _blank_after(lines, line)
    if _HYPHEN_END.search(line.content):
        return True
    if 0.1 <= apart <= 0.9:
        return not _blank_after(lines, line)
    return wrapping.goes_on(line.content, following.content)
