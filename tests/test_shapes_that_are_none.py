"""What looks like an e-mail, a list of people, a meeting, a bibliography or a group, and is none."""

from __future__ import annotations

import time

import pytest

from ingest.document import Block, BlockKind, RawFile
from ingest.extract import events, people, resources, stakeholders
from ingest.extract.reading import Reading
from ingest.extract.spans import Taken
from ingest.extract.who.attendee_actors import cells_apart
from ingest.extract.who.group_nouns import group_nouns
from ingest.extract.who.lone_names import lone_names
from ingest.rawcount import raw_counts
from ingest.registry import choose, read_document


def read(text: str, name: str = "notes.md") -> Reading:
    reading = Reading(read_document(RawFile(name, text.encode())))
    for rule in (people, events, resources):
        rule.run(reading)
    return reading


def people_of(text: str, name: str = "notes.txt") -> list[tuple[str, str]]:
    return [(a.name, a.status) for a in read(text, name).attendees]


@pytest.mark.parametrize("end", ["", "\nConclusion : il faudrait un bus.\n"])
@pytest.mark.parametrize("times", [3, 3_000])
def test_records_of_journeys_are_no_email(times: int, end: str) -> None:
    raw = RawFile("trajets.txt", b"Date: lundi\nTo: Lyon\nFrom: Paris\nPrix: 12\n" * times + end.encode())
    assert choose(raw).name == "text"


@pytest.mark.parametrize("name", ["memo.txt", "memo.md"])
def test_a_memo_keeps_to_whom_and_when_it_was_written(name: str) -> None:
    document = read_document(RawFile(name, b"From: Ann\nTo: all\nDate: 3 May 2024\n\nThe hall is cold.\n"))
    assert document.format != "email"
    assert "To: all" in document.text
    assert "3 May 2024" in document.text


def test_a_message_with_a_subject_is_an_email_under_any_name() -> None:
    assert choose(RawFile("m.txt", b"From: a@x.example\nTo: b@x.example\nSubject: bus\n\nIl passe.\n")).name == "email"


LONG = (
    "Notes du foyer rural\n\nLa soirée de samedi a été tenue par les bénévoles, avec la mairie et {}\n{}\n1. Le local\n"
)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Luc Blanc, Jacques Martin", "ORDRE DU JOUR"),
        ("Paul Martin", "ORDRE DU JOUR"),
        ("Mme Claire Thomas", "CCAS : une aide est votée pour tous les ménages"),
        ("notre voisine Claire", "CCAS, une aide est votée pour tous les ménages"),
        ("notre voisine Claire", "MAIRIE de Morsan"),
    ],
)
def test_a_line_in_capitals_below_a_name_is_not_its_surname(above: str, below: str) -> None:
    blocks = read(LONG.format(above, below), "notes.txt").document.blocks
    assert any(b.label.startswith(below.split(" ", maxsplit=1)[0]) for b in blocks)


def test_a_surname_in_capitals_below_its_first_name_is_joined() -> None:
    blocks = read(LONG.format("notre voisine Claire", "BONHOURE (Sorgue)"), "notes.txt").document.blocks
    assert any("Claire BONHOURE" in b.label for b in blocks)


def test_names_in_columns_are_what_the_line_above_them_announces() -> None:
    rows = (
        "Claire PETIT (CP)   Luc ROUSSEAU (LR)   Marc FABRE (MF)\n"
        "Zoé MARTIN (ZM)     Anne MOREL (AM)     Paul DURAND (PD)\n"
    )
    assert {status for _, status in people_of(f"Comité\n\nExcusés :\n{rows}")} == {"excused"}
    assert len(people_of(f"Comité\n\nPrésents :\n{rows}")) == 6


@pytest.mark.parametrize("heading", ["Noms des rues", "Lots de la tombola"])
def test_names_in_columns_that_nothing_announces_are_nobody_present(heading: str) -> None:
    table = "| Victor HUGO | Jean JAURÈS |\n|---|---|\n| Louise MICHEL | Simone VEIL |\n"
    assert people_of(f"# Notes\n\n## {heading}\n\n{table}", "notes.md") == []


def test_companies_behind_people_are_no_territories() -> None:
    reading = read(
        "Présents :\n- Paul Petit (Orange)\n- Anne Roux (Veolia)\n- Luc Blanc (Enedis)\n- Claire Morel (Engie)\n"
    )
    stakeholders.run(reading)
    kinds = {s.name: s.kind for s in reading.stakeholders}
    assert {kinds[name] for name in ("Veolia", "Enedis", "Engie")} == {"organisation"}


@pytest.mark.parametrize(
    "text",
    [
        "À Florence, 20 ans plus tard, la place est calme",
        "La halle, née à Lourdes, 12 ans avant la nôtre",
        "Le bâtiment Charlotte, 50 ans cette année",
        "Le lycée Charlotte, 50 ans, est à repeindre",
        "Avec Saint Martin, 10 ans ont passé",
    ],
)
def test_years_after_a_place_or_what_bears_a_name_tell_nobody(text: str) -> None:
    assert list(lone_names(text, "fr", [])) == []


@pytest.mark.parametrize("text", ["The bus driver said no", "A bus user asked for shade"])
def test_one_of_them_is_no_group_whatever_its_first_word_ends_in(text: str) -> None:
    assert [g for g in group_nouns(text, "en") if g.plural] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Par Constance et patience, on finira.", []),
        ("Avec Aurore et crépuscule, tout va.", []),
        ("Avec Nadia, on plantera.", ["Nadia"]),
        ("Par Gilbert", ["Gilbert"]),
    ],
)
def test_a_first_name_at_the_head_is_somebody_only_where_it_stands_alone(text: str, names: list[str]) -> None:
    assert [n.name for n in lone_names(text, "fr", [])] == names


AGES = [("Kenza, 19 ans", ["Kenza"]), ("Avec Kenza, 19 ans.", ["Kenza"])]


@pytest.mark.parametrize(("text", "names"), AGES)
def test_an_age_tells_somebody(text: str, names: list[str]) -> None:
    assert [n.name for n in lone_names(text, "fr", [])] == names


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The figures show that on 3 May 2024 we had 45 members.", "2024-05-03"),
        ("The doctors' surgery closed on 12 June 2023 and people were sad about that.", "2023-06-12"),
        ("La semaine des 4 jours a été abandonnée par la ville le 2 septembre 2018.", "2018-09-02"),
        ("Le salon de coiffure a fermé le 2 septembre 2018.", "2018-09-02"),
        ("La projection de population au 1er janvier 2030 est en baisse.", "2030-01-01"),
        ("La boulangerie a fermé (samedi 3 mai 2025) et la poste aussi.", "2025-05-03"),
        ("| Meuble | Date | Lieu | Prix |\n|---|---|---|---|\n| Bureau | 3/05/2025 | Lyon | 12 |\n", "2025-05-03"),
        ("| Meuble | Date | Lieu |\n|---|---|---|\n| Armoire | 3/05/2025 | Lyon |\n", "2025-05-03"),
        ("## Agenda 21 de la commune\n\n- Plan adopté par tous, 3 mai 2025\n", "2025-05-03"),
        ("## À noter\n\n- Le four est réparé, 3 mai 2025\n", "2025-05-03"),
        ("## Rendez-vous médicaux\n\n- Trop rares, 3 mai 2025\n", "2025-05-03"),
    ],
)
def test_a_date_beside_what_is_no_meeting_is_none(text: str, day: str) -> None:
    english = text.startswith("The ")
    told = ("We spoke about the hedges of the moor. " if english else "On a parlé des haies du canton. ") * 60
    assert day not in [e.date for e in read(f"# Notes\n\n{told}\n\n{text}").events]


@pytest.mark.parametrize(
    "text",
    [
        "La semaine des familles du 3 mai 2025 a plu.",
        "Le 3 mai 2025 : Semaine des métiers, au lycée.",
        "## Agenda 2025\n\n- Lessive au lavoir, 3 mai 2025\n",
        "## Agenda du village\n\n- Lessive au lavoir, 3 mai 2025\n",
        "| Événement | Date |\n|---|---|\n| Lessive au lavoir | 3/05/2025 |\n",
        "On se voit au Grand Bal (samedi 3 mai 2025), venez tous.",
    ],
)
def test_days_of_agendas_tables_and_brackets_are_meetings(text: str) -> None:
    told = "On a parlé des haies du canton. " * 60
    assert "2025-05-03" in [e.date for e in read(f"# Notes du canton\n\n{told}\n\n{text}").events]


@pytest.mark.parametrize(
    ("heading", "listed"),
    [
        ("À voir avec la mairie", False),
        ("Sources de pollution", False),
        ("Sources de financement", False),
        ("Lecture publique", False),
        ("Lecture du procès-verbal", False),
        ("Références cadastrales", False),
        ("Documents remis aux élus", False),
        ("Ressources utiles", True),
        ("Ressources et références", True),
        ("Pour aller plus loin", True),
        ("À lire avant la prochaine fois", True),
    ],
)
def test_only_the_heading_of_a_bibliography_lists_works(heading: str, listed: bool) -> None:
    found = read(f"# Notes\n\n## {heading}\n\n- Rapport sur les haies du canton, 2021\n").resources
    assert bool(found) is listed


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("Les cafetières sont vides", []),
        ("Les élus non présents sont excusés", ["élus"]),
        ("Les documents correspondants", []),
        ("Les agents contractuels", ["agents"]),
        ("Les contractuels", ["contractuels"]),
        ("les commerçants non sédentaires", ["commerçants non sédentaires"]),
        ("Collège habitants : deux sièges", []),
        ("Les collèges et les lycées veulent un car", ["collèges", "lycées"]),
        ("Il faut soutenir les collèges ruraux", ["collèges ruraux"]),
    ],
)
def test_things_and_those_who_are_not_there_are_no_groups(label: str, names: list[str]) -> None:
    assert [label[g.first : g.last] for g in group_nouns(label, "fr") if g.plural] == names


def test_notes_taken_by_a_first_name_are_not_those_of_who_is_excused() -> None:
    text = "Excusés : Lou Martin, Paul Petit\nPrésents : Zoé Roux, Anne Morel\nPrise de notes : Lou\n"
    found = people_of(f"Comité du foyer\n\n{text}")
    assert ("Lou Martin", "excused") in found
    assert ("Lou", "minutes") in found


def test_a_row_of_very_many_cells_is_parted_in_one_go() -> None:
    count = 40_000
    label = " ".join(["ab"] * count)
    cells = [("", 3 * n, 3 * n + 2) for n in range(count)]
    row = Block(0, BlockKind.ROW, 0, len(label), label, list(range(len(label))), attributes={"cells": cells})
    begun = time.process_time()
    assert cells_apart(row) == "|".join(["ab"] * count)
    assert time.process_time() - begun < 2


def test_thousands_of_works_are_taken_once_each_in_bounded_time() -> None:
    taken, count = Taken([(0, 5)]), 100_000
    begun = time.process_time()
    assert all(taken.take(10 * n, 10 * n + 8) for n in range(1, count))
    assert not any(taken.take(10 * n + 7, 10 * n + 9) for n in range(1, count))
    assert time.process_time() - begun < 5


def test_utf_16_without_a_mark_is_counted() -> None:
    text = "graph { a -- b }\n".encode("utf-16-le")
    assert raw_counts(text, [("relations", rb"--")]) == {"relations": 1}
