"""What became of a proposal: what later meetings say again, say was done, or say of its themes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.course.alike import CLOSE, FEWEST_WORDS, NEAR, Index, alike, close, words_of
from graph.course.meetings import Meeting, things_of
from graph.model import Thing
from graph.questions.counted import UNSURE_BELOW
from graph.questions.surest import surest
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

    `back` are the later meetings that speak of its themes again.
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
        self._about: dict[str, tuple[Thing, ...]] = {}

    def outcome(self, proposal: Thing) -> Outcome:
        """What became of one proposal; the doubt is the reader's, the sentences are shown."""
        themes = self._themes_of(proposal)
        later = sorted(self._later(proposal, themes), key=lambda x: (x.thing.kind != "action", not x.near))[:_MOST]
        own = {theme.id for theme in themes}
        back = tuple(m for (m, _), said in zip(self._said, self._themes, strict=True) if own & said)
        kinds = {x.thing.kind for x in later}
        status = DONE if "action" in kinds else AGAIN if later else THEME if back else NOTHING
        return Outcome(proposal, status, tuple(later), themes, back)

    def _later(self, proposal: Thing, themes: Sequence[Thing]) -> list[Later]:
        own, wanted = words_of(proposal.label), {theme.id for theme in themes}
        out = []
        for meeting, index in self._said:
            for place in index.sharing(own):
                thing, words = index.things[place], index.words[place]
                near = alike(own, words) >= NEAR
                if near or (self._enough(own, words) and wanted & {t.id for t in self._themes_of(thing)}):
                    out.append(Later(thing, meeting, near))
        return out

    @staticmethod
    def _enough(own: frozenset[str], words: frozenset[str]) -> bool:
        return len(own & words) >= FEWEST_WORDS and close(own, words) >= CLOSE and alike(own, words) >= NOT_FAR

    def _themes_of(self, statement: Thing) -> tuple[Thing, ...]:
        if statement.id not in self._about:
            links = surest(self._store, statement.id, ["theme"], limit=_THEMES, stated_only=True)
            links = [link for link in links if link.confidence >= UNSURE_BELOW]
            found = self._store.things(link.b for link in links)
            self._about[statement.id] = tuple(found[link.b] for link in links if link.b in found)
        return self._about[statement.id]
