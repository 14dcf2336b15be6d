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


def test_a_place_that_is_confirmed_is_not_told_as_a_move_and_equal_names_are_counted() -> None:
    parent = {"label": "Transports"}
    for value, words in (
        ({"parent": parent}, "confirmé à sa place dans le plan, sous"),
        ({"parent": parent, "after": {}}, "déplacé dans le plan, sous"),
        ({"parent": {}, "after": {}}, "déplacé dans le plan, au premier niveau"),
    ):
        assert words in what(Decision("d", DecisionKind.MOVE, "x", value, {"label": "Vélo"}, "ana", "2026-01-01"))
    others = {"others": [{"label": "jeunes"}, {"label": "jeunes"}, {"label": "les jeunes"}]}
    said = what(Decision("d", DecisionKind.MERGE, "x", others, {"label": "jeunes"}, "ana", "2026-01-01"))
    assert "2 autres du même nom, «" in said.replace("\u00a0", " ")


def test_no_two_kinds_are_told_alike() -> None:
    told = {
        what(Decision("d", kind, "x", VALUES.get(kind, {}), {"label": "Mobilité"}, "ana", "2026-01-01"))
        for kind in DecisionKind
    }
    assert len(told) == len(list(DecisionKind))
