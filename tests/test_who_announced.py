"""Attendance said in other words, dates in letters and letters that number headings, on texts of our own."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import events, people, sections, stakeholders
from ingest.extract.facts.dates import find_dates
from ingest.extract.reading import Reading
from ingest.registry import read_document


def read(text: str, name: str = "notes.txt") -> Reading:
    reading = Reading(read_document(RawFile(name, text.encode())))
    for rule in (sections, people, events, stakeholders):
        rule.run(reading)
    return reading


def listed(text: str, name: str = "notes.txt") -> list[tuple[str, str]]:
    return [(a.name, a.status) for a in read(text, name).attendees]


def test_where_people_were_stands_between_the_announcement_and_its_colon() -> None:
    found = listed("Veillée\n\nÉtaient présents autour de la table : Catie Auguin (présidente), Roseline Cazal.\n")
    assert found == [("Catie Auguin", "present"), ("Roseline Cazal", "present")]


def test_who_is_excused_is_told_without_a_colon() -> None:
    found = listed("Réunion\n\nÉtaient excusés Mme Rose Kantara et M. Hugo Saumont.\n")
    assert found == [("Rose Kantara", "excused"), ("Hugo Saumont", "excused")]


def test_a_line_that_only_lists_described_people_is_of_those_present_whatever_its_key() -> None:
    table = "Du côté des élus : Stéphane Picard (maire), Gaëlle Roussel (adjointe), Marc Pujade, DGS."
    assert [n for n, _ in listed(f"Rencontre du 3 mai 2019\n\n{table}\n")] == [
        "Stéphane Picard",
        "Gaëlle Roussel",
        "Marc Pujade",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Ce que dit la salle : Stéphane Picard (maire) propose, Gaëlle Roussel (adjointe) demande, Marc Pujade, DGS.",
        "On était vingt : des voisins, Stéphane Picard (maire), Gaëlle Roussel (adjointe), Marc Pujade, DGS.",
        "Contacts : Stéphane Picard (maire), Gaëlle Roussel (adjointe), Marc Pujade, DGS.",
    ],
)
def test_a_line_that_tells_or_gives_contacts_lists_nobody(line: str) -> None:
    assert listed(f"Rencontre du 3 mai 2019\n\n{line}\n") == []


FRENCH = "Stéphane Picard (maire), Gaëlle Roussel (adjointe), Marc Pujade, DGS."
ENGLISH = "Helen Marsh (clerk), Paul Baker (mayor), Anne Carter, planner."


@pytest.mark.parametrize(
    "line",
    [
        *(
            f"{key} : {FRENCH}"
            for key in ("À inviter", "Copie à", "Candidats", "Auteurs", "Interviewés", "Élus au bureau")
        ),
        *(f"{key} : {FRENCH}" for key in ("Jury du prix 2021", "Membres à élire", "Invités au prochain comité")),
        *(f"{key} : {FRENCH}" for key in ("Représentants au CA", "Absents dans le débat")),
        "Participation au budget : Gaëlle Roussel propose 200 euros.",
        "Est absente du dossier, selon M. Marc Pujade, la question du car.",
        *(f"The hall is cold and the roof leaks.\n\n{key}: {ENGLISH}" for key in ("To contact", "Nominations")),
        *(
            f"The hall is cold and the roof leaks.\n\n{key}: {ENGLISH}"
            for key in ("Members in arrears", "People in need")
        ),
        f"The hall is cold and the roof leaks.\n\nSpeakers at the next meeting: {ENGLISH}",
        "The hall is cold and the roof leaks.\n\nComplaints recorded by Helen Marsh: noise.",
    ],
)
def test_people_told_of_for_another_reason_are_not_there(line: str) -> None:
    assert listed(f"Village 2019\n\n{line}\n") == []


def test_english_members_in_attendance_are_counted_first_and_the_writer_is_one_of_them() -> None:
    found = listed(
        "## Members' meeting\n\nMinutes recorded by: **Rita Halden**\n\n"
        "**4** Members in attendance: **Andrew, Noah, Greg, Rita**\n",
        "notes.md",
    )
    assert found == [("Rita Halden", "minutes"), ("Andrew", "present"), ("Noah", "present"), ("Greg", "present")]


def test_capitals_after_a_titled_name_are_its_body() -> None:
    found = read("Présents :\nM. CARLIER Hugues DDEN\nMme Amina SALLES directrice de la MJC\n").attendees
    assert [(a.name, a.organisation) for a in found] == [("Hugues Carlier", "DDEN"), ("Amina Salles", "MJC")]


def test_letters_that_number_headings_are_no_initials() -> None:
    text = "# Projet\n\n## A. Totem pour affichage\n\nDes bancs.\n\n## B. Panneau mobile\n\nTrop lourd.\n"
    assert read(text, "notes.md").stakeholders == []


@pytest.mark.parametrize("stop", [".", "．", "․"])
def test_a_line_like_a_lettered_heading_with_another_stop_is_read(stop: str) -> None:
    text = f"# Notes\n\n## A. Totem\n\nUn mât.\n\n## B. Fête\n\nUn bal.\n\nA{stop} Totem\n"
    assert [s for s in read(text, "notes.md").stakeholders if s.kind == "person"] == []


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("L’an deux mille vingt-trois, le vingt-six mai à vingt heures", "2023-05-26"),
        ("l'an deux mille dix neuf et le premier du mois de février", "2019-02-01"),
        ("Le mardi douze mars deux mil vingt-quatre", "2024-03-12"),
        ("L'an deux mille vingt-deux, le 31 janvier", "2022-01-31"),
    ],
)
def test_dates_in_letters_are_read(text: str, iso: str) -> None:
    assert [d.iso for d in find_dates(text)] == [iso]


@pytest.mark.parametrize("text", ["deux mille personnes le premier mai", "l'an deux mille vingt, le trente février"])
def test_letters_that_are_no_date_give_none(text: str) -> None:
    assert [d.iso for d in find_dates(text) if d.whole] == []


def titles(text: str, name: str = "notes.txt") -> list[str]:
    return [s.title for s in read(text, name).sections]


def test_a_running_head_with_a_wide_gap_before_its_number_is_no_title() -> None:
    page = "Le projet avance et les travaux continuent au printemps avec tous.\n" * 9
    head = "Plan de la Vallée – Bilan de la concertation                       {}\n"
    text = f"1. RAPPEL\n\n{page}\n{head.format(3)}\n{page}\n{head.format(4)}\n2. SUITES\n\n{page}"
    assert titles(text) == ["1. RAPPEL", "2. SUITES"]


def test_the_head_of_a_table_that_wide_gaps_part_is_no_title() -> None:
    text = "BILAN\n\nDemande exprimée          Suite donnée\n\nLe reste du texte suit ici.\n"
    assert titles(text) == ["BILAN"]


def test_another_line_of_capitals_that_says_what_the_document_is_is_a_title_of_its_own() -> None:
    found = titles(
        "TIERS-LIEU « LE PRESSOIR »\nCOMITÉ DE PILOTAGE N° 7\n\nSéance du mardi 4 mars 2025\n\nLe lieu a ouvert.\n"
    )
    assert found == ["TIERS-LIEU « LE PRESSOIR »", "COMITÉ DE PILOTAGE N° 7"]


def test_a_question_over_its_answer_and_the_day_of_a_page_are_no_titles() -> None:
    asked = "Q1 – Pourquoi vingt logements ?\nR – C’est la densité du bourg ancien.\n"
    assert titles(f"Logement\n\nPublié le 4 septembre 2023\n\n{asked}") == ["Logement"]


def test_names_do_not_go_from_one_column_into_the_next() -> None:
    table = "| Échéance | Qui | Quoi |\n|---|---|---|\n| mars | B. Hamraoui | Rédiger la fiche |\n"
    found = read(f"# Suivi\n\n{table}", "notes.md").stakeholders
    assert [s.name for s in found if s.kind == "person"] == ["B. Hamraoui"]


def test_a_first_name_and_a_letter_are_the_one_listed_who_bears_them() -> None:
    found = read("Présents : Alain Mercier, Josiane Petit\n\nAlain M. présente les comptes.\n").stakeholders
    assert [(s.name, len(s.mentions)) for s in found] == [("Alain Mercier", 2), ("Josiane Petit", 1)]


def test_three_days_of_one_month_begin_with_the_first() -> None:
    assert [d.iso for d in find_dates("décalé aux 11-12-13 novembre 2016")] == ["2016-11-11"]


def test_the_head_of_a_list_without_lines_is_no_body() -> None:
    found = read("Personnes présentes\nNom : Prénom : Fonction :\nMme BRETON Nathalie adjointe aux écoles\n").attendees
    assert [(a.name, a.organisation) for a in found] == [("Nathalie Breton", None)]
