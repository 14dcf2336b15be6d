"""Bodies by a name that no list knows, proven by what they do."""

from __future__ import annotations

import pytest

from ingest import nlp
from ingest.document import RawFile
from ingest.extract import extract
from ingest.registry import read_document

pytestmark = pytest.mark.skipif(not nlp.available(), reason="needs the French model")


def bodies(text: str) -> set[str]:
    document = read_document(RawFile("notes.md", text.encode()))
    with nlp.analysed(document) as parses:
        return {s.name for s in extract(document, parses).stakeholders if s.kind == "organisation"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("La Zaripo a ouvert un four en mai. Nous allons chaque samedi à la Zaripo.", "Zaripo"),
        ("Il faut relancer Chronovel pour les colis. Le dépôt de Chronovel ferme à midi.", "Chronovel"),
        ("Le local sert encore à « Tête Haute ». On pense à un accord avec « Tête Haute » dès juin.", "Tête Haute"),
    ],
)
def test_a_name_said_twice_that_acts_or_is_met_is_a_body(text: str, name: str) -> None:
    assert name in bodies(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("La Zaripo a ouvert un four en mai.", "Zaripo"),  # once
        ("Les Vaubrunais aiment le four. On y voit les Vaubrunais le samedi.", "Vaubrunais"),
        ("Le Code interdit les feux. Selon le Code, il faut un bac.", "Code"),
        ("Le vote a donné 5 Abstentions puis, au second tour, 3 Abstentions ont suivi.", "Abstentions"),
    ],
)
def test_names_said_once_people_of_a_place_texts_and_votes_are_none(text: str, name: str) -> None:
    assert name not in bodies(text)
