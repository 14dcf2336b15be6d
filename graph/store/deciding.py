"""The log of corrections: appended in one transaction with its effect, in every store."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from graph.decided.checking import check_decision, check_record
from graph.decided.overlay import check_targets, ends, state_of, to_undo, unknown, with_states
from graph.derived.proof import ProvableRows
from graph.errors import DecisionError
from graph.model import Actor, Decision, DecisionKind
from graph.store.change import B, Change, Changing, T, redecide, utc_now


class DecisionVerbs(Changing[B]):
    @abstractmethod
    def _asking(self, work: Callable[[ProvableRows], T]) -> T:
        """What is derived, read as of one moment."""

    def decide(
        self, decision: Decision, *, seen_version: int | None = None, seen: Mapping[str, int] | None = None
    ) -> Decision:
        """See Store.decide."""
        check_decision(decision)
        known = {decision.target: seen_version, **(seen or {})}

        def work(change: Change[B]) -> Decision:
            check_targets(decision, known, change.versions([str(end["id"]) for end in ends(decision)]))
            if change.logged([decision.id]):
                raise DecisionError(f"decision {decision.id} is in the log already")
            change.append([decision])
            redecide(change, [decision.id])
            return replace(decision, state=state_of(decision, (), change.rows.bearing([decision.id])))

        return self._changing(work)

    def undo(self, decision: str, actor: Actor, reason: str = "") -> Decision:
        """See Store.undo; `decision` may be the unique beginning of an id."""

        def work(change: Change[B]) -> Decision:
            target = to_undo(_log(change.rows), decision)
            entry = Decision(uuid.uuid4().hex, DecisionKind.UNDO, target.id, {}, {}, actor.name, utc_now(), reason)
            change.append([entry])
            redecide(change, [target.id])
            return replace(entry, state="active")

        return self._changing(work)

    def adopt(self, decisions: Sequence[Decision]) -> int:
        """See Store.adopt."""
        for decision in decisions:
            check_record(decision)

        def work(change: Change[B]) -> int:
            new = unknown(decisions, change.logged([d.id for d in decisions]))
            change.append(new)
            redecide(change, {d.target if d.kind == DecisionKind.UNDO else d.id for d in new})
            return len(new)

        return self._changing(work)

    def decisions(self) -> list[Decision]:
        """See Store.decisions."""
        return self._asking(_log)


def _log(rows: ProvableRows) -> list[Decision]:
    return with_states(rows.log(), rows.borne_decisions())
