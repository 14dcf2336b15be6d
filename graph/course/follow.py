"""What became of a proposal: what later meetings say again, say was done, or say of its themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph.course.alike import CLOSE, FEWEST_WORDS, NEAR, Index, alike, close, words_of
from graph.course.meetings import Meeting, things_of
from graph.model import Link, Thing
from graph.questions.counted import UNSURE_BELOW
from graph.questions.surest import surest_of
from graph.store.base import Store

DONE, AGAIN, THEME, NOTHING = "done", "again", "theme", "nothing"
_LATER = 1_000  # statements of one later meeting that are compared
_THEMES = 5
_MOST = 3
NOT_FAR = 0.25  # share of all the words of both: a long sentence holds the words of many others

# For each proposal, the places of the statements that may answer to it, and whether in nearly its words.
Compared: TypeAlias = list[list[tuple[int, bool]]]


@dataclass(frozen=True, slots=True)
class Later:
    """A statement of a later meeting that answers to a proposal; `near` where it says the same in nearly its words."""

    thing: Thing
    meeting: Meeting
    near: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """`status`: "done" (a later meeting says so), "again" (proposed again), "theme" (only its theme), "nothing".

    `back` are the later meetings that speak again of those of its themes that are sure, `themes` these themes.
    """

    proposal: Thing
    status: str
    later: tuple[Later, ...]
    themes: tuple[Thing, ...]
    back: tuple[Meeting, ...]


def compared(proposals: Sequence[str], said: Sequence[str]) -> Compared:
    """What may answer to each proposal among the statements of a meeting; their words alone are looked at."""
    index = Index(said)
    return [_answering(words_of(proposal), index) for proposal in proposals]


def _answering(own: frozenset[str], index: Index) -> list[tuple[int, bool]]:
    """What says nearly the same, and what answers to the proposal if it is about one of its themes."""
    out = []
    for place in index.sharing(own):
        words = index.words[place]
        if close(own, words) < CLOSE:  # what says nearly the same is close, too
            continue
        near = alike(own, words) >= NEAR
        if near or (len(own & words) >= FEWEST_WORDS and alike(own, words) >= NOT_FAR):
            out.append((place, near))
    return out


class Follower:
    """The later meetings of one, read once, then asked for each proposal.

    `compare` is `compared`, or what remembers its answers.
    """

    def __init__(
        self,
        store: Store,
        later: Sequence[Meeting],
        compare: Callable[[Sequence[str], Sequence[str]], Compared] = compared,
    ) -> None:
        self._store, self._compare = store, compare
        self._said = [(m, things_of(store, m, ["proposal", "action"], limit=_LATER)) for m in later]
        self._themes = [{theme.id for theme in things_of(store, m, ["theme"])} for m in later]
        self._said_again = set().union(*self._themes)
        self._about: dict[str, dict[str, bool]] = {}

    def outcomes(self, proposals: Sequence[Thing]) -> list[Outcome]:
        """What became of each of these, their themes asked of all at once."""
        candidates = self._candidates(proposals)
        doubtful = (x.thing.id for own in candidates.values() for x in own if not x.near)
        self._read_themes([*candidates, *doubtful])
        self._store.things({theme for id_ in candidates for theme in self._about[id_]})
        return [self._outcome(proposal, candidates[proposal.id]) for proposal in proposals]

    def outcome(self, proposal: Thing) -> Outcome:
        """What became of one proposal; the doubt is the reader's, the sentences are shown."""
        return self.outcomes([proposal])[0]

    def _outcome(self, proposal: Thing, candidates: Sequence[Later]) -> Outcome:
        about = self._about[proposal.id]
        answering = [x for x in candidates if x.near or about.keys() & self._about[x.thing.id].keys()]
        later = sorted(answering, key=lambda x: (x.thing.kind != "action", not x.near))[:_MOST]
        own = {id_ for id_, sure in about.items() if sure and id_ in self._said_again}
        back = tuple(m for (m, _), said in zip(self._said, self._themes, strict=True) if own & said)
        kinds = {x.thing.kind for x in later}
        status = DONE if "action" in kinds else AGAIN if later else THEME if back else NOTHING
        found = self._store.things(own)
        themes = tuple(found[id_] for id_ in about if id_ in own and id_ in found)
        return Outcome(proposal, status, tuple(later), themes, back)

    def _candidates(self, proposals: Sequence[Thing]) -> dict[str, list[Later]]:
        """What may answer to each proposal, in the order of the meetings."""
        out: dict[str, list[Later]] = {proposal.id: [] for proposal in proposals}
        labels = [proposal.label for proposal in proposals]
        for meeting, things in self._said:
            found = self._compare(labels, [thing.label for thing in things])
            for proposal, answering in zip(proposals, found, strict=True):
                out[proposal.id] += [Later(things[place], meeting, near) for place, near in answering]
        return out

    def _read_themes(self, statements: Iterable[str]) -> None:
        """The ids of what each statement is about, the surest first, and whether that is sure; asked of all at once."""
        ids = [id_ for id_ in dict.fromkeys(statements) if id_ not in self._about]
        links = surest_of(self._store, ids, ["theme"], limit=_THEMES, stated_only=True) if ids else {}
        self._about |= {id_: _sure(links.get(id_, ())) for id_ in ids}


def _sure(links: Sequence[Link]) -> dict[str, bool]:
    return {link.b: link.confidence >= UNSURE_BELOW for link in links}
