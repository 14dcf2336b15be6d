"""What weighing a clause gives: the rule that holds, how sure it is, and what kind of proposal it makes."""

from __future__ import annotations

from dataclasses import dataclass

EXPLICIT, IMPLICIT = "explicit", "implicit"
PROPOSAL, AXIS, NEXT_TOPIC, NEED = "proposal", "work_axis", "topic_for_next_meeting", "need"


@dataclass(frozen=True, slots=True)
class Verdict:
    rule: str
    confidence: float
    strength: str = EXPLICIT
    subkind: str = PROPOSAL
