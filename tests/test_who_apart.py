"""What looks like a person or a body and is none, and people who look like one another and are two."""

from __future__ import annotations

import pytest

from ingest.document import BlockKind, RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading
from ingest.extract.who.bodies import bodies_in
from ingest.registry import read_document


def read(text: str) -> Reading:
    return extract(read_document(RawFile("notes.txt", text.encode())))


def named(text: str, kind: str) -> list[str]:
    return [s.name for s in read(text).stakeholders if s.kind == kind]


def test_titles_that_contradict_keep_people_of_a_surname_apart() -> None:
    prose = "# Réunion du quai\n\nM. Petit propose de planter des haies. Mme C. Petit propose un banc.\n"
    assert named(prose, "person") == ["Petit", "C. Petit"]
    assert len(named(prose.replace("M. Petit", "Mme Petit"), "person")) == 1


def test_who_is_there_is_not_who_is_excused_under_another_title() -> None:
    listed = read("Réunion du conseil\n\nPrésents : MM. Dupont, Petit.\nExcusés : Mme C. Petit, Mme Roy\n\nOn parle.\n")
    assert [(a.name, a.status) for a in sorted(listed.attendees, key=lambda a: a.at.start)] == [
        ("Dupont", "present"), ("Petit", "present"), ("C. Petit", "excused"), ("Roy", "excused"),
    ]  # fmt: skip
    assert {"Petit", "C. Petit"} <= {s.name for s in listed.stakeholders if s.kind == "person"}


def test_who_speaks_for_people_or_a_body_is_of_them_and_for_a_thing_of_nothing() -> None:
    listed = read(
        "# Réunion du quartier\n\nPrésentes : Léa, pour les parents d'élèves ; Tom, pour la navette du samedi ; "
        "Zoé, pour le goûter\n\nOn parle du four et de la halle.\n"
    )
    of = {a.name: a.organisation for a in listed.attendees}
    assert of == {"Léa": "parents d'élèves", "Tom": None, "Zoé": None}


OF_FIRST_NAMES = "Réunion du four\n\nPrésents : Léa, Tom, Inès\n\nLéa propose un four. {}\n"


@pytest.mark.parametrize(
    "sentence",
    ["Il vient de Florence.", "Le vin à Margaux.", "Un séjour à Sofia.", "La fête de Blanche.", "La voiture de Clio."],
)
def test_a_first_name_in_passing_is_nobody(sentence: str) -> None:
    assert named(OF_FIRST_NAMES.format(sentence), "person") == ["Léa", "Tom", "Inès"]


@pytest.mark.parametrize(
    "sentence",
    ["On dit que Xavier propose un banc.", "Tom en parle à Xavier.", "Le banc de Xavier, le four de Xavier."],
)
def test_a_first_name_that_acts_or_comes_again_is_somebody(sentence: str) -> None:
    assert "Xavier" in named(OF_FIRST_NAMES.format(sentence), "person")


def test_who_stands_before_the_first_key_of_a_list_is_listed() -> None:
    listed = read("Réunion du four\n\nPrésents : Léa Mairie : Claire Dupont, Jean Martin\n\nOn parle du four.\n")
    assert [a.name for a in sorted(listed.attendees, key=lambda a: a.at.start)] == [
        "Léa", "Claire Dupont", "Jean Martin"
    ]  # fmt: skip


def test_people_over_what_they_say_are_headings() -> None:
    text = (
        "Conseil de quartier\n\nM. Claude Petit, maire\nIl rappelle le calendrier des travaux de la place.\n\n"
        "Mme Odile Colin, adjointe\nElle propose de planter des arbres devant l’école du bourg.\n"
    )
    document = read_document(RawFile("notes.txt", text.encode()))
    headings = [b.label for b in document.blocks if b.kind is BlockKind.HEADING]
    assert headings[1:] == ["M. Claude Petit, maire", "Mme Odile Colin, adjointe"]


def test_things_with_a_figure_in_a_list_of_first_names_are_nobody() -> None:
    listed = read(
        "Réunion du four\n\nPrésents : Léa, Tom, Inès, wifi-4G, covid_19, T2, mairie2, prunelle42\n\nOn parle.\n"
    )
    assert {a.name for a in listed.attendees} == {"Léa", "Tom", "Inès", "prunelle42"}


@pytest.mark.parametrize("body", ["Le conseil d'administration", "Le comité de pilotage", "L'association des parents"])
def test_a_body_ends_before_the_day_when_it_met(body: str) -> None:
    dated, plain = (bodies_in(f"{body}{day} a voté.", "fr") for day in (" du lundi 3 mai", ""))
    assert [found.name for found in dated] == [found.name for found in plain]
