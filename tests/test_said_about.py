"""What statements are about by the headings over them or by what was said before; what only looks like a finding."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading
from ingest.readers.text import READER as TEXT
from ingest.registry import read_document


def read(text: str, name: str = "notes.md") -> Reading:
    return extract(read_document(RawFile(name, text.encode())))


def themes_of(reading: Reading, part: str) -> list[str]:
    names = {t.id: t.label for t in reading.themes}
    told = [s for s in reading.of_kind("proposal") if part in s.text]
    assert len(told) == 1, [s.text for s in reading.of_kind("proposal")]
    return [names[i] for i in told[0].themes]


PARTS = """## Le compostage

## Constats

- Les bacs débordent en été

## Pistes

- Doubler la fréquence des passages

## La bibliothèque

## Constats

- On ferme trop tôt

## Pistes

- Rester ouvert jusqu'à vingt heures
"""


def test_headings_of_parts_that_come_again_stand_under_the_topic_before_them() -> None:
    reading = read(PARTS)
    assert themes_of(reading, "Doubler la fréquence") == ["compostage"]
    assert "lecture publique" in themes_of(reading, "vingt heures")


def test_a_part_that_comes_once_belongs_to_no_topic_before_it() -> None:
    reading = read("## La bibliothèque\n\nOn ferme trop tôt.\n\n## Décisions\n\n- Se revoir à vingt heures\n")
    assert themes_of(reading, "vingt heures") == []


def test_a_decision_takes_up_what_was_said_of_its_rare_words() -> None:
    text = (
        "## Le covoiturage\n\nHamelin parle de gommettes orange pour les conducteurs.\n\n## Le marais\n\n"
        "Rien à dire.\n\n## Décisions\n\n- Acheter les gommettes\n- Prévenir tout le monde\n"
    )
    reading = read(text)
    assert themes_of(reading, "gommettes") == ["covoiturage"]
    assert themes_of(reading, "Prévenir") == []


@pytest.mark.parametrize(
    ("heading", "name", "theme"),
    [
        ("Greg: wants to move the ceramic kiln", "notes.md", "ceramic kiln"),
        ("3. Format du carillon 2016.", "notes.md", "format du carillon"),
    ],
)
def test_a_heading_over_proposals_names_a_theme(heading: str, name: str, theme: str) -> None:
    english = theme == "ceramic kiln"
    body = (
        "We should sell the kiln before winter and they all want that.\n\nThe members have said that it is too big."
        if english
        else "Il faudrait accorder le carillon avant Noël."
    )
    reading = read(f"# Notes\n\nText of the day.\n\n## {heading}\n\n{body}\n", name)
    assert theme in [t.label for t in reading.themes]


def test_a_heading_that_announces_or_whose_words_never_come_again_names_no_theme() -> None:
    text = "# Notes\n\nTexte du jour.\n\n## {}\n\nIl faudrait accorder le piano avant Noël.\n"
    for heading in ("Nos idées folles", "Qui garde la feuille orange ?"):
        assert not [t.label for t in read(text.format(heading)).themes if "idées" in t.label or "orange" in t.label]


def test_numbers_set_wide_apart_from_their_items_are_no_columns() -> None:
    text = "Le Conseil décide :\n1.     D'inviter le bailleur\n2.     De compter les pannes\n3.     De tenir un stand\n"
    document = TEXT.read(RawFile("n.txt", text.encode()))
    assert [b.kind.value for b in document.leaves()].count("bullet") == 3
    rows = "1.     Odile Fau      mairie\n2.     Karim Bes      amicale\n3.     Lou Tar        école\n"
    assert [b.kind.value for b in TEXT.read(RawFile("n.txt", rows.encode())).leaves()].count("row") == 3


@pytest.mark.parametrize(
    "sentence",
    [
        "Voici le détail de la discussion que nous avons eue dans la grande salle.",
        "Deux candidats se présentent pour la place qui était restée libre.",
        "Rendez-vous est pris au mois de mai pour choisir deux lieux.",
    ],
)
def test_what_is_told_of_the_document_or_of_who_was_chosen_is_no_finding(sentence: str) -> None:
    reading = read(f"{sentence}\n\nLe lavoir fuit depuis deux hivers et les murs sont fendus.\n")
    assert [s.text for s in reading.of_kind("finding")] == [
        "Le lavoir fuit depuis deux hivers et les murs sont fendus."
    ]


def test_a_bold_line_with_a_number_is_a_heading_with_its_stop() -> None:
    text = "**2. Le carillon.**\n\nIl faut l'accorder avant Noël.\n\n**Il sonne faux depuis mardi.**\n\nOn verra.\n"
    headings = [b.label for b in read(text).document.blocks if b.kind.value == "heading"]
    assert any("carillon" in h for h in headings)
    assert not any("sonne faux" in h for h in headings)
