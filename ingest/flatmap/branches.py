"""Trees drawn with lines, as `tree` prints them: where the knee of a branch stands tells the depth."""

from __future__ import annotations

import re

from ingest.flatmap.lines import FlatTopic
from ingest.notes.lines import Line

_STEMS = " \t\u00a0│┃║┆┊╎|"
_BRANCH = re.compile(rf"(?P<lead>[{_STEMS}]*)(?:[├└┣┗╠╚╰┝┕]|[|`+\\](?=-{{2}}))[─━═╌┄-]+[>╴╸►▶]?[ \t\u00a0]*(?=\S)")


def by_branches(filled: list[Line]) -> bool:
    """Whether every topic but a title hangs on a drawn branch."""
    drawn = _without_stems(filled)
    branches = sum(_BRANCH.match(line.text) is not None for line in drawn)
    return branches > 1 and branches >= len(drawn) - 1 and _BRANCH.match(drawn[-1].text) is not None


def branch_topics(filled: list[Line]) -> list[FlatTopic]:
    """One topic per line, without the lines drawn before it."""
    return [_topic(line) for line in _without_stems(filled)]


def _without_stems(filled: list[Line]) -> list[Line]:
    return [line for line in filled if line.content.strip(_STEMS)]


def _topic(line: Line) -> FlatTopic:
    found = _BRANCH.match(line.text)
    if found is None:
        return FlatTopic(line.start + len(line.text) - len(line.text.lstrip()), line.end, line.index, 0)
    return FlatTopic(line.start + found.end(), line.end, line.index, 1 + len(found["lead"].expandtabs(4)))
