"""A rule that breaks costs what it would have found: the document is kept, and its ledger says what happened."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import STRICT, proposals
from ingest.extract.reading import Reading
from ingest.pipeline import prepare

NOTES = "# Le marché\n\nQui tient le marché en hiver ?\n\n- Il faudrait ouvrir un marché couvert.\n"


@pytest.fixture
def broken_proposals(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_: Reading) -> None:
        raise ValueError("Solène Vauquier")

    monkeypatch.setattr(proposals, "run", run)


def test_the_other_rules_read_on_and_the_ledger_names_the_rule_never_the_text(
    monkeypatch: pytest.MonkeyPatch, broken_proposals: None
) -> None:
    monkeypatch.delenv(STRICT)
    made = prepare(RawFile("notes.md", NOTES.encode()))
    told = [row["why"] for row in made.fragment.source.ledger["left_out"] if row["what"] == "analysis"]
    assert [why for why in told if why.startswith("the rule proposals stopped (ValueError, test_broken_rule.py line ")]
    assert "Vauquier" not in "".join(told)
    assert {thing.kind for thing in made.fragment.nodes} >= {"question", "theme"}


def test_in_the_tests_it_ends_the_reading(broken_proposals: None) -> None:
    with pytest.raises(ValueError, match="Vauquier"):
        prepare(RawFile("notes.md", NOTES.encode()))
