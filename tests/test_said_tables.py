"""What tables of actions hold: cells that go on below, points of an agenda, points on a map, very many rows."""

from __future__ import annotations

import pytest

from ingest.document import MAX_READ_BLOCKS, RawFile
from ingest.extract import figures
from ingest.extract.reading import Reading
from ingest.extract.said import action_rows
from ingest.registry import read_document
from tests.saying import texts


def wanted(name: str, text: str) -> list[str]:
    reading = Reading(read_document(RawFile(name, text.encode())))
    action_rows.run(reading, {})
    return [s.text for s in reading.statements]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("suivi.csv", "Point;Décision;Responsable\nÉcole;Planter des haies;Mairie\nLavoir;Refaire le toit;Foyer\n"),
        (
            "notes.md",
            "| Point | Action | Qui |\n|---|---|---|\n| École | Planter des haies | Mairie |\n"
            "| Lavoir | Refaire le toit | Foyer |\n",
        ),
    ],
)
def test_a_point_of_an_agenda_is_no_place(name: str, text: str) -> None:
    assert wanted(name, text) == ["Planter des haies", "Refaire le toit"]


def test_a_column_of_points_on_the_map_makes_a_table_of_places_though_one_is_missing() -> None:
    text = "Intitulé;Porteur;Point\nOuvrir un café;Foyer;46.5, 1.25\nPlanter un verger;Foyer;\n"
    assert wanted("lieux.csv", text) == []


def test_a_row_of_a_sheet_with_one_cell_is_a_proposal_of_its_own() -> None:
    text = "Propositions;Qui;Quand\nplanter des haies devant l'école;;\nun gymnase ouvert le soir;;\n"
    assert wanted("suivi.csv", text) == ["planter des haies devant l'école", "un gymnase ouvert le soir"]


def _spaced(*rows: tuple[str, str, str]) -> str:
    return "".join(f"{who:<12}{what:<44}{when}".rstrip() + "\n" for who, what, when in rows)


HEAD = ("Qui", "Propositions", "Quand")
FIRST = ("Mairie", "Planter des haies devant la cour", "mai")
LAST = ("Foyer", "Refaire le toit du lavoir", "juin")


@pytest.mark.parametrize(
    ("above", "alone", "goes_on"),
    [
        ("Planter des haies devant la cour", "et tout le long du chemin", True),
        ("Planter des haies devant la cour.", "et tout le long du chemin", False),
        ("Planter des haies devant la cour", "ouvrir le gymnase le soir", False),
    ],
)
def test_a_cell_under_spaced_columns_goes_on_unless_it_begins_something(above: str, alone: str, goes_on: bool) -> None:
    rows = _spaced(HEAD, ("Mairie", above, "mai"), ("", alone, ""), LAST, ("Foyer", "Vider la mare", "juin"))
    assert (alone not in wanted("notes.txt", rows)) is goes_on


def test_the_first_row_under_the_head_goes_on_from_nothing() -> None:
    rows = _spaced(HEAD, ("", "haies devant la cour", ""), FIRST, LAST, ("Foyer", "Vider la mare", "juin"))
    assert "haies devant la cour" in wanted("notes.txt", rows)


def test_rows_beyond_what_is_read_for_meaning_hold_no_actions() -> None:
    rows = "".join(f"Planter le chêne {n};Foyer\n" for n in range(MAX_READ_BLOCKS + 5))
    assert len(wanted("suivi.csv", "Quoi;Qui\n" + rows)) <= MAX_READ_BLOCKS


def test_columns_of_prose_are_read_piece_by_piece_and_other_columns_are_not() -> None:
    rows = (
        "| N° | Sujet | Points clés |\n|---|---|---|\n"
        "| 1 | Le lavoir | - Le toit est percé depuis deux ans. <br> - Il faudrait le refaire avant l'hiver. |\n"
        "| 2 | Il faudrait un banc devant la halle | Il n'y a rien à dire |\n"
    )
    text = f"# Comité\n\n{rows}"
    assert texts(text, "proposal", "notes.md") == ["Il faudrait le refaire avant l'hiver."]
    assert "Le toit est percé depuis deux ans." in texts(text, "finding", "notes.md")


def test_numbers_in_a_column_of_prose_are_figures_of_their_piece() -> None:
    cell = "- 8 000 vélos comptés au pont <br> - La passerelle sert à 300 écoliers"
    rows = f"| N° | Points clés |\n|---|---|\n| 1 | {cell} |\n"
    reading = Reading(read_document(RawFile("notes.md", f"# Comité\n\n{rows}".encode())))
    figures.run(reading)
    assert [(f.value, f.statement) for f in reading.figures] == [
        ("8 000", "vélos comptés au pont"),
        ("300", "écoliers"),
    ]


def test_the_number_of_a_point_before_a_wide_gap_counts_nothing() -> None:
    text = "# Comité\n\n3\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0Finances de la salle\n\nIl reste 250 € en caisse.\n"
    reading = Reading(read_document(RawFile("notes.md", text.encode())))
    figures.run(reading)
    assert [f.value for f in reading.figures] == ["250 €"]
