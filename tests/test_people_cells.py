"""What is said of the people of a list, a table or a sentence: their function and their body, each in its cell."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import events, people, sections
from ingest.extract.reading import Reading
from ingest.registry import read_document

Cells = list[tuple[str, str | None, str | None]]

TEXTS: dict[str, tuple[str, Cells]] = {
    "a line under each name": (
        "PARTICIPANTS\n\nHélène VASSEUR\nMaire de Sorbiers\n\nOdile PRAT\nChargée de mission, Syndicat de la Thève\n\n"
        "COMPTE RENDU\n\nLe texte commence ici.\n",
        [("Hélène Vasseur", "Maire", "Sorbiers"), ("Odile Prat", "Chargée de mission", "Syndicat de la Thève")],
    ),
    "fixed width with wrapped and empty cells": (
        "Nom                  Structure               Fonction\n"
        "VASSEUR Hélène       Mairie de Sorbiers      Maire\n"
        "BELLANGER Karim      Mairie de Sorbiers      Adjoint à\n"
        "                                             l'environnement\n"
        "PRAT Odile           Syndicat de rivière\n"
        "                     de la Thève\n",
        [
            ("Hélène Vasseur", "Maire", "Mairie de Sorbiers"),
            ("Karim Bellanger", "Adjoint à l'environnement", "Mairie de Sorbiers"),
            ("Odile Prat", None, "Syndicat de rivière de la Thève"),
        ],
    ),
    "merged cells, several names, so many pupils": (
        "| Structure | Représentée par | En tant que |\n|---|---|---|\n"
        "| Mairie de Sorbiers | Hélène Vasseur | maire |\n"
        "| | Karim Bellanger | adjoint |\n| AMAP du Coteau | Odile Prat et Jean Massot | bénévoles |\n"
        "| Lycée agricole | 12 élèves de 1re | |\n",
        [
            ("Hélène Vasseur", "maire", "Mairie de Sorbiers"),
            ("Karim Bellanger", "adjoint", "Mairie de Sorbiers"),
            ("Odile Prat", "bénévoles", "AMAP du Coteau"),
            ("Jean Massot", "bénévoles", "AMAP du Coteau"),
        ],
    ),
    "one cell for what and where": (
        "| Nom | Fonction |\n|---|---|\n| Karim Bellanger | élu en charge des sports à la mairie de Sorbiers |\n"
        "| Odile Prat | directrice de la MJC du Coteau |\n| Jean Massot | retraité |\n",
        [
            ("Karim Bellanger", "élu en charge des sports", "mairie de Sorbiers"),
            ("Odile Prat", "directrice", "MJC du Coteau"),
            ("Jean Massot", "retraité", None),
        ],
    ),
    "those who came for a body": (
        "Conseil citoyen\n\nPrésents pour l'AFPH : Hélène Vasseur (coordinatrice) et Karim Bellanger, médiateur.\n",
        [("Hélène Vasseur", "coordinatrice", "AFPH"), ("Karim Bellanger", "médiateur", "AFPH")],
    ),
    "a second key under those present": (
        "Présents : Association : Hélène, Karim, Odile (La Fabrique)\n"
        "Habitants : Jean-Loup Massot (Sorbiers), Bruno Tardy (maire Morsan)\n\nLe texte suit.\n",
        [
            ("Hélène", None, "Association"),
            ("Karim", None, "Association"),
            ("Odile", None, "La Fabrique"),
            ("Jean-Loup Massot", None, "Sorbiers"),
            ("Bruno Tardy", "maire", "Morsan"),
        ],
    ),
    "colleges and lines beside them": (
        "Conseil citoyen\n\nCollège habitants : Hélène Vasseur, Odile Prat (excusée)\n"
        "Collège acteurs : Jean Massot (Régie de quartier)\nVille : Lucie Odin, cheffe de projet\n\n"
        "La séance est ouverte.\n",
        [
            ("Hélène Vasseur", None, None),
            ("Odile Prat", None, None),
            ("Jean Massot", None, "Régie de quartier"),
            ("Lucie Odin", "cheffe de projet", "Ville"),
        ],
    ),
    "told in a sentence and signed": (
        "Relevé\n\nAutour de Mme Hélène VASSEUR, adjointe au cadre de vie, avaient pris place MM. Karim BELLANGER et "
        "Jean MASSOT (services techniques), Mme Odile PRAT, directrice de la régie de quartier Coup de main, ainsi que "
        "le gardien. M. le maire avait demandé qu'on l'excuse, tout comme Mme Lucie Odin (Aune Habitat).\n\n"
        "Le four sera rallumé.\n\nLe secrétaire,\nY. Montal-Roux\n",
        [
            ("Hélène Vasseur", "adjointe au cadre de vie", None),
            ("Karim Bellanger", None, "services techniques"),
            ("Jean Massot", None, "services techniques"),
            ("Odile Prat", "directrice", "régie de quartier Coup de main"),
            ("Lucie Odin", None, "Aune Habitat"),
            ("Y. Montal-Roux", "secrétaire", None),
        ],
    ),
    "offices in English": (
        "The meeting of the parish council was held in the hall.\n\nPresent: Cllr Ann Harker (Chair), Cllr Tom Bright, "
        "Ruth Okafor, Highways Officer, County Council, 12 members of the public\n\n"
        "The chair thanked the volunteers.\n",
        [
            ("Ann Harker", "Chair", None),
            ("Tom Bright", "Cllr", None),
            ("Ruth Okafor", "Highways Officer", "County Council"),
        ],
    ),
}


def reading_of(text: str) -> Reading:
    reading = Reading(read_document(RawFile("notes.md" if text.startswith("|") else "notes.txt", text.encode())))
    for rule in (sections, people, events):
        rule.run(reading)
    return reading


@pytest.mark.parametrize("name", TEXTS)
def test_each_person_has_their_function_and_their_body(name: str) -> None:
    text, expected = TEXTS[name]
    assert [(a.name, a.function, a.organisation) for a in reading_of(text).attendees] == expected


@pytest.mark.parametrize(
    "cell", ["**adjointe aux écoles à la mairie de Sorbiers**", "  adjointe aux écoles à la mairie de Sorbiers"]
)
def test_what_is_parted_in_a_cell_stands_where_it_is_said_to(cell: str) -> None:
    reading = reading_of(f"| Nom | Fonction |\n|---|---|\n| Odile Prat | {cell} |\n| Jean Massot | retraité |\n")
    attendee = reading.attendees[0]
    written = {role: reading.document.text[start:end] for role, (start, end) in attendee.cells.items()}
    assert written["function"] == attendee.function == "adjointe aux écoles"
    assert written["organisation"] == attendee.organisation == "mairie de Sorbiers"


def test_who_is_excused_in_a_sentence_is_not_there() -> None:
    text = TEXTS["told in a sentence and signed"][0]
    assert {a.name: a.status for a in reading_of(text).attendees}["Lucie Odin"] == "excused"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("# Atelier 3\n\nCommunauté de Ravel · jeudi 17 novembre 2022 · halle du bourg\n", ["2022-11-17"]),
        ("# Chantier\n\nOn bâche le pignon samedi 18 mars 2023, 9h, avec tous les bras.\n", ["2023-03-18"]),
        ("De : Maëlle\nÀ : collectif\nObjet : notes\nDate : dim. 12 mars 2023 22:47\n\nBonjour à toutes.\n", []),
        ("# Notes\n\nVoici la suite.\n\nLe lun. 13 mars 2023 à 08:12, Hamid a écrit :\n", []),
    ],
)
def test_a_day_is_a_meetings_where_its_line_or_its_hour_says_so(text: str, days: list[str]) -> None:
    assert [e.date for e in reading_of(text).events] == days
