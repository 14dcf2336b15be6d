"""The same person listed twice: by a first name, by an initial and a surname, by the surname alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.text import fold
from ingest.extract.reading import Attendee
from ingest.extract.who.announcing import LOOSE
from ingest.extract.who.name_words import differ


def complete_first_names(found: list[Attendee]) -> set[int]:
    """« Scribe : Lou »: who leads or takes notes by a first name alone is the one of the list who bears it
    and is not excused. « Minutes: Rita Halden », then « Present: Andrew, Rita »: so is the one of the list.

    Gives the `id` of those that were completed: the entry with the whole name is the one to keep.
    """
    completed = set()
    full: dict[str, set[str]] = {}
    for attendee in found:
        if " " in attendee.name and attendee.status != "excused":
            full.setdefault(attendee.name.split(" ", 1)[0], set()).add(attendee.name)
    leading = {a.name for a in found if a.status in LOOSE}
    for attendee in found:
        if attendee.status != "excused" and " " not in attendee.name:
            same = full.get(attendee.name, set())
            if len(same) == 1 and (attendee.status in LOOSE or same <= leading):
                attendee.name = next(iter(same))
                completed.add(id(attendee))
    return completed


def is_initial(name: str) -> bool:
    """Whether initials stand for the first name: « C. Dupont », « D Lund », not « Claire D. »."""
    first = name.split(" ", 1)[0]
    return "." in first or (len(first) == 1 and " " in name)


def last_word(name: str) -> str:
    return name.rsplit(" ", 1)[-1]


def by_last_word(names: Iterable[str]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for name in names:
        out.setdefault(last_word(name), set()).add(name)
    return out


def full_name(name: str, full: dict[str, set[str]]) -> str:
    """« n. ouhab » is the one full name with that initial and surname, « ouhab » alone the one with that surname."""
    alike = full.get(last_word(name), set())
    if " " not in name:
        fits = [f for f in alike if f.endswith(" " + name)]
        return fits[0] if len(fits) == 1 else name
    initial = re.match(r"([a-z])[a-z-]*\.?(?:[a-z]\.)*\s+(.+)$", name)
    if name in alike or not initial or not is_initial(name):
        return name
    fits = [f for f in alike if f.startswith(initial[1]) and f.endswith(" " + initial[2])]
    return fits[0] if len(fits) == 1 else name


def may_be_one(one: Attendee, other: Attendee) -> bool:
    """« M. Petit » is not « Mme C. Petit », and who is there is not who is excused."""
    return not differ({one.title}, {other.title}) and (one.status == "excused") == (other.status == "excused")


def merge_status(known: list[Attendee], key: str, again: Attendee) -> None:
    """Who chairs is often in the list of those present too: the first row gains what it lacked."""
    full = by_last_word([key])
    first = next(a for a in known if full_name(fold(a.name), full) == key)
    first.function = first.function or again.function
    first.organisation = first.organisation or again.organisation
    if again.status in {"chair", "minutes"} and first.status == "present":
        first.status = again.status
