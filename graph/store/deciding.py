"""The log of corrections: appended in one transaction with its effect, in every store."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from graph.decided.checking import check_decision, check_record
from graph.decided.identity import canonical_json, plain_value
from graph.decided.joining import corrections
from graph.decided.overlay import check_targets, ends, state_of, text_version, to_undo, unknown, with_states
from graph.derived.proof import ProvableRows
from graph.errors import DecisionError, Stale
from graph.model import WRITTEN, Actor, Decision, DecisionKind, Fragment
from graph.persons.forgetting import Masker
from graph.store.change import B, Change, Changing, redecide, utc_now
from graph.store.writing import Laid, held_with, lay, said_of, spoken_of

_Read: TypeAlias = tuple[Masker, list[tuple[Fragment, list[Decision]]]]
_Told: TypeAlias = Callable[[list[Decision], Masker], list[Decision]]


class DecisionVerbs(Changing[B]):
    def decide(
        self, decision: Decision, *, seen_version: int | None = None, seen: Mapping[str, int] | None = None
    ) -> Decision:
        """See Store.decide."""
        check_decision(decision)

        def check(change: Change[B]) -> None:
            known = {decision.target: seen_version, **(seen or {})}
            check_targets(decision, known, change.versions([str(end["id"]) for end in ends(decision)]))
            if change.logged([decision.id]):
                raise DecisionError(f"decision {decision.id} is in the log already")
            if seen_version is not None and not ends(decision):
                _check_text(change, decision, seen_version)

        ahead = self._ahead(decision, check, lambda said, masker: [*said, _as_stored(masker.decision(decision))])

        def work(change: Change[B]) -> Decision:
            check(change)
            taken = change.masker().decision(decision)
            self._take(change, [taken], {taken.id}, ahead)
            return replace(taken, state=state_of(taken, (), change.rows.bearing([taken.id])))

        return self._changing(work)

    def undo(self, decision: str, actor: Actor, reason: str = "") -> Decision:
        """See Store.undo; `decision` may be the unique beginning of an id."""

        found = to_undo(self.decisions(), decision)
        ahead = self._ahead(
            found,
            _nothing,
            lambda said, _: [replace(d, state="undone") if d.id == found.id else d for d in said],
        )

        def work(change: Change[B]) -> Decision:
            target = to_undo(_log(change.rows), decision)
            undo = Decision(uuid.uuid4().hex, DecisionKind.UNDO, target.id, {}, {}, actor.name, utc_now(), reason)
            entry = change.masker().decision(undo)
            self._take(change, [entry], {target.id}, ahead)
            return replace(entry, state="active")

        return self._changing(work)

    def adopt(self, decisions: Sequence[Decision]) -> int:
        """See Store.adopt."""
        for decision in decisions:
            check_record(decision)

        def work(change: Change[B]) -> tuple[int, list[str]]:
            masker = change.masker()
            new = [masker.decision(d) for d in unknown(decisions, change.logged([d.id for d in decisions]))]
            change.append(new)
            redecide(change, set(map(_moved, new)))
            said, _ = corrections(change.rows, set(map(_moved, decisions)))
            return len(new), list(spoken_of(change, said))

        new, sources = self._changing(work)
        for source in sources:  # one transaction each, as a source is written
            masker, found = self._changing(partial(_read, sources=[source]))
            ahead = {held.source.id: Laid.of(self._brought, held, said, masker) for held, said in found}
            self._changing(partial(lay, bring=self._brought, source=source, ahead=ahead))
        return new

    def _ahead(self, moved: Decision, check: Callable[[Change[B]], None], told: _Told) -> Mapping[str, Laid[B]]:
        """What the sources that a correction speaks of are to hold once it comes or goes, before it does.

        `told` gives what is then said of a source. Nothing is worked out for what `check` refuses.
        """
        if moved.kind not in WRITTEN:
            return {}

        def read(change: Change[B]) -> _Read:
            check(change)
            return _read(change, list(spoken_of(change, [moved])))

        masker, found = self._changing(read)
        return {held.source.id: Laid.of(self._brought, held, told(said, masker), masker) for held, said in found}

    def _take(
        self, change: Change[B], new: Sequence[Decision], moved: Collection[str], ahead: Mapping[str, Laid[B]]
    ) -> None:
        """Append what is new to the log and bring all up to date with those corrections that come or go by it."""
        change.append(new)
        redecide(change, moved)
        for source in spoken_of(change, corrections(change.rows, moved)[0]):
            lay(change, self._brought, source, ahead)

    def decisions(self) -> list[Decision]:
        """See Store.decisions."""
        return self._asking(_log)


def _nothing(_: object) -> None:
    """There is nothing to check."""


def _read(change: Change[B], sources: Sequence[str]) -> _Read:
    """The forgotten names, and these sources with what is said of them, as of one moment."""
    return change.masker(), [held_with(change, id_) for id_ in change.imported(sources)] if sources else []


def _as_stored(decision: Decision) -> Decision:
    """A decision as it is read back."""
    value, anchor = (plain_value(canonical_json(dict(said))) for said in (decision.value, decision.anchor))
    return replace(decision, value=value, anchor=anchor)


def _check_text(change: Change[B], decision: Decision, seen: int) -> None:
    """Raise Stale where the tree of a source, or what is said of it, was corrected since it was seen."""
    place = str(decision.anchor.get("source") or ""), str(decision.anchor.get("document") or "")
    now = text_version(said_of(change.rows, *place), decision.kind, *place)
    if now != seen:
        raise Stale(f"{decision.target} was corrected since it was read (version {now}, seen {seen})")


def _moved(decision: Decision) -> str:
    """The correction that comes, or goes, by an entry of the log."""
    return decision.target if decision.kind == DecisionKind.UNDO else decision.id


def _log(rows: ProvableRows) -> list[Decision]:
    return with_states(rows.log(), rows.borne_decisions())
