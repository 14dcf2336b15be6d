"""What a text itself joins: statements and the works they cite, bodies and meetings and their places, two themes."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import extract
from ingest.recognise import read_document


def ties(text: str, type_: str, name: str = "notes.txt") -> set[tuple[str, str]]:
    reading = extract(read_document(RawFile(name, text.encode())))
    known = reading.by_id()
    return {
        (_called(known[r.source]), _called(known[r.target]))
        for r in reading.relations
        if r.type == type_ and r.at.start < r.at.end
    }


def _called(thing: object) -> str:
    return next(
        str(getattr(thing, name)) for name in ("name", "label", "title", "text", "statement") if hasattr(thing, name)
    )


def test_a_proposal_cites_the_guide_that_its_line_points_to() -> None:
    text = (
        "# Propositions\n\n- Il faudrait former les bénévoles avec le "
        "[guide de la réparation](https://reparer.example/guide)\n- Il faudrait ouvrir le dimanche\n"
    )
    found = ties(text, "cites", "notes.md")
    assert {target for _, target in found} == {"guide de la réparation"}
    assert all("former" in source for source, _ in found)
    assert len(found) == 1


def test_a_line_that_is_only_a_reference_is_cited_by_nobody() -> None:
    assert not ties("Ressources\n\nVoir aussi : https://reparer.example/guide\n", "cites")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La régie d'Orbelle, située à Nantes, répare des vélos.", True),
        ("L'association Les Ajoncs Verts (Nantes) répare des vélos.", True),
        ("L'association Les Ajoncs Verts, basée au cœur de Nantes, répare des vélos.", True),
        ("L'association Les Ajoncs Verts à Nantes répare des vélos.", True),
        ("L'association Les Ajoncs Verts propose un trajet à Nantes.", False),
        ("Un bus part de l'association Les Ajoncs Verts à Nantes.", False),
        ("Un bus relie l'association Les Ajoncs Verts à Nantes.", False),
        ("L'association Les Ajoncs Verts a Nantes pour partenaire.", False),
    ],
)
def test_a_body_is_where_the_place_stands_right_behind_its_name(text: str, found: bool) -> None:
    targets = {target for _, target in ties(text, "located_in")}
    assert targets == ({"Nantes"} if found else set())


def test_a_meeting_is_located_in_the_commune_of_its_place() -> None:
    text = "Atelier mobilité du 12 mars 2025, salle des fêtes de Nantes\n\nLa réunion est ouverte.\n"
    assert {target for _, target in ties(text, "located_in", "notes.md")} == {"Nantes"}


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("# Mobilité et santé\n\nLa mobilité manque. La santé aussi.\n", True),
        ("# Bilan\n\nLe lien entre mobilité et santé est fort. La mobilité manque. La santé aussi.\n", True),
        ("# Bilan\n\nLa mobilité est étroitement liée à la santé. La mobilité manque. La santé aussi.\n", True),
        ("# Bilan\n\nLa mobilité manque et la santé aussi. La mobilité coûte. La santé coûte.\n", False),
        ("# Bilan\n\nLe lien entre mobilité et santé n'existe pas. La mobilité manque. La santé aussi.\n", False),
        ("# Mobilité, santé : inscriptions\n\nLa mobilité manque. La santé aussi.\n", False),
    ],
)
def test_themes_are_related_where_a_heading_or_a_sentence_ties_them(text: str, tied: bool) -> None:
    found = ties(text, "related", "notes.md")
    assert found == ({("mobilité", "santé")} if tied else set())
