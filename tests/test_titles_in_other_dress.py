"""Titles in italics, behind escaped numbers, over lists within points; lines that are no titles; who is in brackets."""

from __future__ import annotations

import pytest

from ingest.document import BlockKind, RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading
from ingest.extract.topic.phrases import heading_topic, listed_topics, names_part
from ingest.registry import read_document


def read(text: str) -> Reading:
    return extract(read_document(RawFile("notes.md", text.encode())))


def titles_of(text: str) -> list[tuple[int, str]]:
    found = read_document(RawFile("notes.md", text.encode()))
    return [(b.level, b.label) for b in found.blocks if b.kind is BlockKind.HEADING]


ROOMS = """# La maison commune

## La grande salle

{0}Ce qui existe{0}

La pièce manque de lumière, et les chaises sont usées.

{0}Ce que nous cherchons{0}

Il faudrait repeindre les murs.

## Le jardin

Il est fermé le soir.
"""


@pytest.mark.parametrize("mark", ["_", "*", "**"])
def test_lines_in_italics_or_bold_over_text_are_titles_below_the_marked_ones(mark: str) -> None:
    assert titles_of(ROOMS.format(mark)) == [
        (1, "La maison commune"),
        (2, "La grande salle"),
        (3, "Ce qui existe"),
        (3, "Ce que nous cherchons"),
        (2, "Le jardin"),
    ]


def test_one_such_line_alone_and_one_that_introduces_are_none() -> None:
    alone = ROOMS.format("_").replace("_Ce que nous cherchons_\n\n", "")
    assert len(titles_of(alone)) == 3
    assert (
        len(titles_of(ROOMS.format("**").replace("existe**", "existe :**").replace("cherchons**", "cherchons :**")))
        == 3
    )


MINUTES = """Meeting of the hamlet council

1\\. Apologies

Three people could not come.

2\\. The minutes of the last meeting were agreed.

3\\. Letters received:

1\\. From the school

2\\. From the mill

4\\. The green

\\* The bench has been mended.

\\* The hedge will be cut in May.

5\\. Accounts

Insurance £120.00

Hall hire £35.50

The balance stands at £410.00.
"""


def test_escaped_numbers_head_points_and_go_on_behind_a_list_within_one() -> None:
    found = [label for _, label in titles_of(MINUTES)][1:]
    assert found == ["1. Apologies", "3. Letters received:", "4. The green", "5. Accounts"]


def test_escaped_stars_are_bullets() -> None:
    document = read_document(RawFile("minutes.md", MINUTES.encode()))
    bullets = [b.label for b in document.blocks if b.kind is BlockKind.BULLET]
    assert bullets[-2:] == ["The bench has been mended.", "The hedge will be cut in May."]


IDEAS = """# Assemblée du verger

## Nos envies

(remue-méninges, idées notées en dix minutes par les présents)

{}

## La suite

Tout cela sera trié en mai.
"""
LINES = (
    "Inviter les voisins",
    "Une fête des pommes",
    "Plus de bancs",
    "Atelier de greffe",
    "Tailler en hiver",
    "Un four à pain",
)


def test_short_lines_in_a_row_are_ideas_and_no_titles() -> None:
    text = IDEAS.format("\n\n".join(LINES))
    assert [label for _, label in titles_of(text)] == ["Assemblée du verger", "Nos envies", "La suite"]
    assert [s.text for s in read(text).of_kind("proposal")][: len(LINES)] == list(LINES)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Refaire les boîtes du tri. (Action Odile et Luc)", {"Odile", "Luc"}),
        ("Réserver la salle du bas (resp. Odile)", {"Odile"}),
        ("C'est Odile qui va proposer des balades.", {"Odile"}),
    ],
)
def test_whoever_is_to_do_it_is_named_behind_it(line: str, names: set[str]) -> None:
    reading = read(f"# Réunion du bureau\n\n## Matériel\n\n{line}\n")
    known = {s.id: s.name for s in reading.stakeholders if s.kind == "person"}
    assert set(known.values()) == names
    (told,) = reading.of_kind("proposal")
    assert {known[i] for i in told.made_by} == names


def test_first_names_in_a_list_are_people() -> None:
    reading = read("# Suivi\n\nUn groupe de suivi est formé avec trois volontaires : Daniel, Mathieu, Justin.\n")
    assert [s.name for s in reading.stakeholders if s.kind == "person"] == ["Daniel", "Mathieu", "Justin"]


@pytest.mark.parametrize("led", ["relancer la SMVX", "un appui auprès du SMVX", "le suivi au sein d'SMVX"])
def test_capitals_that_are_dealt_with_are_a_body(led: str) -> None:
    reading = read(f"# Réunion\n\nNous allons voir cela : {led} pour les travaux.\n")
    assert "SMVX" in [s.name for s in reading.stakeholders if s.kind == "organisation"]


def test_a_heading_that_lists_subjects_names_each_of_them() -> None:
    assert listed_topics("cuisine, véranda et appartement de résidence", "fr") == [
        "cuisine",
        "véranda",
        "appartement de résidence",
    ]
    assert listed_topics("culture et patrimoine", "fr") == []


def test_what_is_said_there_of_a_subject_is_taken_off_its_heading() -> None:
    assert heading_topic("Pistes pour l'accueil des camions", "fr") == "accueil des camions"
    assert heading_topic("Point sur la toiture", "fr") == "toiture"
    assert names_part("Améliorations à envisager", "fr")
    assert names_part("Declarations of Interest made", "en")
