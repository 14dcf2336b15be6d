"""What became of a proposal: what later meetings say again, say was done, or say of its themes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


class Follower:
    """The later meetings of one, read once, then asked for each proposal."""

    def __init__(self, store: Store, later: Sequence[Meeting]) -> None:
        self._store = store
        self._said = [(m, Index(things_of(store, m, ["proposal", "action"], limit=_LATER))) for m in later]
        self._themes = [{theme.id for theme in things_of(store, m, ["theme"])} for m in later]
        self._said_again = set().union(*self._themes)
        self._about: dict[str, dict[str, bool]] = {}

    def outcomes(self, proposals: Sequence[Thing]) -> list[Outcome]:
        """What became of each of these, their themes asked of all at once."""
        candidates = {proposal.id: self._candidates(proposal) for proposal in proposals}
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

    def _candidates(self, proposal: Thing) -> list[Later]:
        """What says nearly the same, and what answers to the proposal if it is about one of its themes."""
        own = words_of(proposal.label)
        out = []
        for meeting, index in self._said:
            for place in index.sharing(own):
                thing, words = index.things[place], index.words[place]
                if close(own, words) < CLOSE:  # what says nearly the same is close, too
                    continue
                near = alike(own, words) >= NEAR
                if near or self._enough(own, words):
                    out.append(Later(thing, meeting, near))
        return out

    @staticmethod
    def _enough(own: frozenset[str], words: frozenset[str]) -> bool:
        return len(own & words) >= FEWEST_WORDS and alike(own, words) >= NOT_FAR

    def _read_themes(self, statements: Iterable[str]) -> None:
        """The ids of what each statement is about, the surest first, and whether that is sure; asked of all at once."""
        ids = [id_ for id_ in dict.fromkeys(statements) if id_ not in self._about]
        links = surest_of(self._store, ids, ["theme"], limit=_THEMES, stated_only=True) if ids else {}
        self._about |= {id_: _sure(links.get(id_, ())) for id_ in ids}


def _sure(links: Sequence[Link]) -> dict[str, bool]:
    return {link.b: link.confidence >= UNSURE_BELOW for link in links}
