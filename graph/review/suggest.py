"""Things that may be one, by pairs or by a common name, with the reason: what a person merges or leaves. Pure; linear.

Names are put in blocks by what spelling leaves out (order, number, accents, hyphens, spaces, announcements of places),
by their initials or a short form, and statements by a few of their words; only things of one block are compared.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from typing import TypeVar

from graph.decided.overlay import parts
from graph.gazetteer import beginning, named, place_key
from graph.model import Decision, DecisionKind, Thing
from graph.store.base import Store
from graph.text import FUNCTION_WORDS, KEPT_WORDS, key, words
from ontology import load

LARGEST_BLOCK = 20  # what more things share says nothing of any two of them
MOST_TOGETHER = 50  # things of one name in one suggestion, those said most; the others come once these are settled
NEAR = 0.7  # share of words that two statements have in common
FEWEST_WORDS = 4  # of a statement that is compared
BANDS = 4
PAGE = 5_000  # things that are read at once: a store puts all in order for each page of them
T = TypeVar("T")
Pause = Callable[[], object]
_WordsOf = Callable[[str], frozenset[str]]
_SCORES = {"same words": 0.9, "same letters": 0.85, "same place": 0.75, "initials": 0.7, "short form": 0.6}
_SPELT = ("same words", "same letters")
SHARED, _SHARED_SCORE = "shared name", 0.8  # alike by another of their names, and not by those that are shown
_MOST_PLACES = 3  # communes that a short form may stand for


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two things that may be one: `a` is the one with most evidence. `reason` is one of the keys of the catalogue.

    `more` are further things of the very same name: a common name is asked about once, with all its places.
    """

    a: Thing
    b: Thing
    reason: str
    score: float
    more: tuple[Thing, ...] = ()

    @property
    def things(self) -> tuple[Thing, ...]:
        return (self.a, self.b, *self.more)


def suggest(store: Store, limit: int = 200, pause: Pause = bool) -> list[Suggestion]:
    """The best suggestions, by score, then by how much is said of the two, then by id.

    What a person took or kept apart is not suggested again. `pause` is called at each small step of the work.
    """
    return best(_all(store), limit, Apart(store.decisions()), pause)


def said(store: Store, thing: Thing, meetings: Mapping[str, str], most: int = 1_000) -> tuple[list[str], int]:
    """What one side of a suggestion rests on: its different quotations, and in how many meetings it was said.

    `meetings` are those of the sources by id.
    """
    mentions = store.evidence(thing.id, limit=most)
    return list(dict.fromkeys(m.quote for m in mentions)), len({meetings.get(m.source, "") for m in mentions} - {""})


class Apart:
    """What people said not to be the same, by splitting it or by refusing to merge it."""

    def __init__(self, log: Iterable[Decision] = ()) -> None:
        self._part: dict[str, dict[str, int]] = defaultdict(dict)  # id → decision → which of its parts
        for decision in log:
            if decision.state != "undone" and decision.kind in {DecisionKind.SPLIT, DecisionKind.APART}:
                for number, part in enumerate(parts(decision)):
                    for id_ in part:
                        self._part[id_][decision.id] = number

    def holds(self, a: Thing, b: Thing) -> bool:
        """Whether any of their members are in different parts of one such decision."""
        one, other = self._of(a), self._of(b)
        return any(len(one[id_] | other[id_]) > 1 for id_ in one.keys() & other.keys())

    def _of(self, thing: Thing) -> dict[str, set[int]]:
        out: dict[str, set[int]] = defaultdict(set)
        for member in (thing.id, *thing.members):
            for decision, number in self._part.get(member, {}).items():
                out[decision].add(number)
        return out


def best(things: Iterable[Thing], limit: int, apart: Apart | None = None, pause: Pause = bool) -> list[Suggestion]:
    """The same over any things."""
    read, apart = list(_paused(things, pause)), apart or Apart()
    namesakes = list(_namesakes(read, apart))
    group = {thing.id: number for number, one in enumerate(namesakes) for thing in one.things}
    found: dict[tuple[str, str], Suggestion] = {}
    for s in _pairs(read, pause):
        pair = (s.a.id, s.b.id)
        if group.get(s.a.id, -1) == group.get(s.b.id, -2) or apart.holds(s.a, s.b):
            continue
        if pair not in found or found[pair].score < s.score:
            found[pair] = s
    return sorted((*namesakes, *found.values()), key=_order)[:limit]


def _order(s: Suggestion) -> tuple[float, bool, int, str, str]:
    return -s.score, not s.more, -sum(thing.evidence_count for thing in s.things), s.a.id, s.b.id


def _namesakes(things: Sequence[Thing], apart: Apart) -> Iterator[Suggestion]:
    """Three things or more of one kind and one name that is no person's, as one suggestion."""
    named: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for thing in things:
        name = key(thing.label) if thing.kind != "person" and load().kinds[thing.kind].role == "thing" else ""
        if name:
            named[(thing.kind, name)].append(thing)
    for same in named.values():
        for together in _not_apart(sorted(same, key=_most_said)[:MOST_TOGETHER], apart) if len(same) > 2 else ():
            if len(together) > 2:
                a, b, *more = together
                yield Suggestion(a, b, "same words", _SCORES["same words"], tuple(more))


def _not_apart(things: Sequence[Thing], apart: Apart) -> list[list[Thing]]:
    """The things in groups of which no two were said to be apart; each is in the first group that takes it."""
    out: list[list[Thing]] = []
    for thing in things:
        taken = next((group for group in out if not any(apart.holds(thing, other) for other in group)), None)
        if taken is None:
            out.append([thing])
        else:
            taken.append(thing)
    return out


def _most_said(thing: Thing) -> tuple[int, str]:
    return -thing.evidence_count, thing.id


def _all(store: Store) -> Iterator[Thing]:
    kinds = [kind for kind, spec in load().kinds.items() if spec.role in ("thing", "statement")]
    for kind in kinds:
        offset = 0
        while page := store.rows([kind], limit=PAGE, offset=offset):
            yield from page
            offset += len(page)


def _paused(each: Iterable[T], pause: Pause) -> Iterator[T]:
    for one in each:
        pause()
        yield one


def _pairs(things: Sequence[Thing], pause: Pause) -> Iterator[Suggestion]:
    blocks: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    words_of = cache(_words_of)  # each is asked for again wherever two are compared; forgotten with the search
    for place, thing in enumerate(_paused(things, pause)):
        for reason, shared in _keys(thing, words_of):
            blocks[(_family(thing), reason, shared)].append(place)
    for (_, reason, _), places in _paused(blocks.items(), pause):
        if 1 < len(places) <= LARGEST_BLOCK:
            yield from _compared([things[n] for n in dict.fromkeys(places)], reason, words_of)


def _family(thing: Thing) -> str:
    """What may be one with it: statements of its kind, stakeholders of any kind."""
    spec = load().kinds[thing.kind]
    return spec.group if spec.group == "actors" else thing.kind


def _compared(block: Sequence[Thing], reason: str, words_of: _WordsOf) -> Iterator[Suggestion]:
    ordered = sorted(block, key=_most_said)
    for n, a in enumerate(ordered):
        for b in ordered[n + 1 :]:
            score = _score(a, b, reason, words_of)
            if score and reason in _SPELT and not _letters(a.label) & _letters(b.label):
                yield Suggestion(a, b, SHARED, _SHARED_SCORE)
            elif score:
                yield Suggestion(a, b, reason, score)


def shared_names(a: Thing, b: Thing) -> list[str]:
    """The names of one thing that are names of the other, in any order, number and spacing of their words."""
    others = set().union(*map(_letters, (b.label, *b.aliases)))
    return [name for name in (a.label, *a.aliases) if _letters(name) & others]


def _letters(name: str) -> set[str]:
    found = key(name).split()
    return {"".join(found), "".join(sorted(found))}


def _score(a: Thing, b: Thing, reason: str, words_of: _WordsOf) -> float:
    if reason == "near":
        return _nearness(words_of(a.label), words_of(b.label))
    if reason == "initials" and _begins_with_acronym(a.label) == _begins_with_acronym(b.label):
        return 0.0
    if reason == "short form" and len(key(a.label).split()) == len(key(b.label).split()):
        return 0.0
    return _SCORES[reason]


def _nearness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words in common, 0 below NEAR."""
    common = len(one & other)
    share = common / (len(one) + len(other) - common)
    return round(share, 3) if share >= NEAR else 0.0


def _keys(thing: Thing, words_of: _WordsOf) -> Iterator[tuple[str, str]]:
    """What a thing is looked for by: (reason, key)."""
    if load().kinds[thing.kind].role == "statement":
        yield from (("near", shared) for shared in _bands(words_of(thing.label)))
        return
    for name in (thing.label, *thing.aliases):
        found = key(name).split()
        yield "same words", " ".join(sorted(found))
        yield "same letters", "".join(found)
        if thing.kind == "territory" or len(found) > 1:
            yield "same place", place_key(name)
        if thing.kind != "person":
            yield from (("initials", letters) for letters in _initials(name))
            if thing.kind != "theme" or name == thing.label:  # what a theme is also called is no form of its name
                yield from (("short form", short) for short in _short_forms(found))
        if thing.kind == "territory":
            yield from (("same place", place) for place in _places(name))


def _words_of(name: str) -> frozenset[str]:
    return frozenset(key(name).split())


def _bands(found: frozenset[str]) -> Iterator[str]:
    """Pairs of the smallest digests of the words: near-identical statements have one of them in common."""
    if len(found) >= FEWEST_WORDS:
        digests = sorted(map(_digest, found))
        yield from ("".join(pair) for pair in combinations(digests[:BANDS], 2))


@lru_cache(maxsize=KEPT_WORDS)
def _digest(word: str) -> str:
    return hashlib.blake2b(word.encode(), digest_size=8).hexdigest()


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return 2 <= len(letters) <= 8 and letters.isalpha() and letters.isupper()


def _begins_with_acronym(name: str) -> bool:
    return _is_acronym(name.split(" ", 1)[0])


def _short_forms(found: Sequence[str]) -> Iterator[str]:
    """A name of two words or more, and a longer one without its first or its last word."""
    if len(found) > 1:
        yield " ".join(found)
    if len(found) > 2:
        yield from (" ".join(found[1:]), " ".join(found[:-1]))


def _places(name: str) -> Iterator[str]:
    """The communes that a short form stands for: « Ambérieu » for « Ambérieu-en-Bugey »."""
    if not named(name, "commune") and len(longer := beginning(name)) <= _MOST_PLACES:
        yield from (place_key(place.name) for place in longer)


def _initials(name: str) -> Iterator[str]:
    if _is_acronym(name):
        yield name.replace(".", "").lower()
        return
    found = words(name)
    kept = [word for word in found if word not in FUNCTION_WORDS]
    if _begins_with_acronym(name):  # the initials of a name that has them already are those of any other
        if len(kept) > 1:
            yield " ".join((kept[0], kept[-1]))
        return
    if len(kept) > 2:
        yield " ".join(("".join(word[0] for word in kept[:-1]), kept[-1]))
    for chosen in (kept, found):
        if 2 <= len(chosen) <= 8:
            yield "".join(word[0] for word in chosen)
