"""Every kind of decision has its sentence in both languages."""

from __future__ import annotations

import pytest

from graph.model import Decision, DecisionKind
from views.decisions import what

VALUES = {
    DecisionKind.RENAME: {"label": "Transports"},
    DecisionKind.KIND: {"kind": "organisation"},
    DecisionKind.MERGE: {"others": [{"label": "Déplacements"}]},
    DecisionKind.APART: {"others": [{"label": "Déplacements"}]},
    DecisionKind.ADD: {"kind": "theme"},
    DecisionKind.MOVE: {"parent": {"label": "Transports"}},
    DecisionKind.FUSE: {"other": {"label": "Transports"}},
    DecisionKind.DESCRIBE: {"meeting": "Transports"},
}


@pytest.mark.parametrize("kind", list(DecisionKind))
def test_a_decision_is_told_in_words_that_name_its_object(kind: DecisionKind) -> None:
    decision = Decision("d", kind, "theme:mobilite", VALUES.get(kind, {}), {"label": "Mobilité"}, "ana", "2026-01-01")
    said = what(decision)
    assert "Mobilité" in said
    for new in ("Transports", "Déplacements"):
        assert (new in str(VALUES.get(kind))) == (new in said)


def test_no_two_kinds_are_told_alike() -> None:
    told = {
        what(Decision("d", kind, "x", VALUES.get(kind, {}), {"label": "Mobilité"}, "ana", "2026-01-01"))
        for kind in DecisionKind
    }
    assert len(told) == len(list(DecisionKind))
