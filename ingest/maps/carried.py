"""What a small file repeats: a text that stands once in it and is given to thousands of topics is bounded here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from graph.errors import InputRefused
from graph.outline import Boundary, CrossLink, Topic

MAX_TEXT = 60_000_000  # characters: more than any file that is read
MAX_CARRIED = 20_000_000
COUNTED = ("links", "icons", "tags", "attributes")
_LONG = 1_000  # characters: what is shorter may stand at each end of a million relations


def check_text(name: str, length: int) -> None:
    """Clones repeat a text that the file holds once: the whole is bounded. Raises InputRefused."""
    if length > MAX_TEXT:
        raise InputRefused(name, f"more than {MAX_TEXT:,} characters in its topics")


def check_labels(name: str, length: int) -> None:
    """The labels of relations, of which one may be that of thousands. Raises InputRefused."""
    if length > MAX_CARRIED:
        raise InputRefused(name, f"more than {MAX_CARRIED:,} characters of labels of relations")


def count_carried(name: str, topics: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many links, icons, tags and attributes topics carry beside their text. Raises InputRefused for too much.

    `topics`: the attributes of their blocks.
    """
    counts = {}
    for what in COUNTED:
        lists = [carried[what] for carried in topics if what in carried]
        counts[what] = sum(map(len, lists))
        _check(name, what, lists)
    _check(name, "attributes", [carried["attributes"].values() for carried in topics if "attributes" in carried])
    _check(name, "style", [carried["style"].values() for carried in topics if "style" in carried])
    _check(name, "titles of sheets", [[carried["sheet"]] for carried in topics if "sheet" in carried])
    return counts


def _check(name: str, what: str, texts: Iterable[Iterable[str]]) -> None:
    if sum(map(len, chain.from_iterable(texts))) > MAX_CARRIED:
        raise InputRefused(name, f"more than {MAX_CARRIED:,} characters of {what}")


def check_ends(name: str, topics: Sequence[Topic], links: Sequence[CrossLink], boundaries: Sequence[Boundary]) -> None:
    """Long labels and ids, which every relation and boundary of their topic repeats. Raises InputRefused."""
    sides = ((link.from_id for link in links), (link.to_id for link in links), *(b.topics for b in boundaries))
    times = Counter(chain.from_iterable(sides))
    ends = [t for t in topics if t.id in times] if times else []
    long = [t for t in ends if len(t.label) > _LONG or len(t.id) > _LONG]
    if sum(times[t.id] * (len(t.id) + len(t.label)) for t in long) > MAX_TEXT:
        raise InputRefused(name, f"more than {MAX_TEXT:,} characters at the ends of its relations")
