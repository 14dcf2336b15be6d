"""People of lists in the shapes that minutes of many places have: forms of address, first names, what entries say."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading
from ingest.registry import read_document

Rows = list[tuple[str, str | None, str | None]]

LISTS: dict[str, tuple[str, Rows]] = {
    "letters without a dot behind a title": (
        "# Parish council\n\nPresent: Cllr D Fenwell - Chairman,\nCllr M Oakes, Mrs C T Harding (Clerk)\n\n"
        "The minutes of the last meeting were agreed by all of the members who were there.\n",
        [("D Fenwell", "Chairman", None), ("M Oakes", "Cllr", None), ("C T Harding", "Clerk", None)],
    ),
    "forms of address without commas": (
        "# Parish council\n\nPresent: Cllr Sue Fenwell Chair Cllr Janet Taylor Vice Chair Cllr Rosa Oakes\n\n"
        "The minutes of the last meeting were agreed by all of the members who were there.\n",
        [("Sue Fenwell", "Chair", None), ("Janet Taylor", "Vice Chair", None), ("Rosa Oakes", "Cllr", None)],
    ),
    "one person on each line": (
        "# Village liaison\n\nPresent: Mrs Pat Fenwell (Village representative)\n\nMr David Oakes (Borough council)\n\n"
        "Mr Keith Harding (Fenwell Food Group)\n\nWe talked about the mill.\n",
        [
            ("Pat Fenwell", "Village representative", None),
            ("David Oakes", None, "Borough council"),
            ("Keith Harding", None, "Fenwell Food Group"),
        ],
    ),
    "who chairs, among those present by a letter": (
        "# Minutes\n\nPresent: Dr T. Fenwell, Mrs A. Oakes\nIn the chair: Mrs Oakes\n\nWe talked.\n",
        [("T. Fenwell", None, None), ("A. Oakes", None, None)],
    ),
    "first names joined by a sign": (
        "# Réunion\n\nPrésents : Camille (Le Fournil), Léa & Tom (La Grange), Inès (habitante)\n\nOn parle.\n",
        [
            ("Camille", None, "Le Fournil"),
            ("Léa", None, "La Grange"),
            ("Tom", None, "La Grange"),
            ("Inès", "habitante", None),
        ],
    ),
    "pseudonyms among first names": (
        "# Réunion\n\nPrésent·es : Zazou, prunelle42, Camille (Le Fournil)\n\nOn parle du four.\n",
        [("Zazou", None, None), ("prunelle42", None, None), ("Camille", None, "Le Fournil")],
    ),
    "guests who stand for a body": (
        "# Réunion\n\nInvités représentant le SYTREM : Mme Pouzet et M. Pinard\n\nOn parle du bus.\n",
        [("Pouzet", None, "SYTREM"), ("Pinard", None, "SYTREM")],
    ),
    "a body under each key": (
        "Étaient présents pour la commune : Mme Roy\n\n"
        "Pour l'association Les Amis du four : Mme Odile Colin\n"
        "\nOn parle.\n",
        [("Roy", None, "commune"), ("Odile Colin", None, "Les Amis du four")],
    ),
    "whom somebody speaks for": (
        "Autour de la table : Camille du centre social, Léa pour les parents d'élèves et Tom, menuisier.\n\nOui.\n",
        [("Camille", None, "centre social"), ("Léa", None, "parents d'élèves"), ("Tom", "menuisier", None)],
    ),
    "a body that ends a long list": (
        "# Réunion\n\nPrésents : Camille, Léa, Tom, Inès, Odile, La Grange aux Livres\n\nOn parle.\n",
        [(name, None, None) for name in ("Camille", "Léa", "Tom", "Inès", "Odile")],
    ),
    "descriptions in the cells": (
        "| Nom | Qui je suis |\n|---|---|\n"
        "| Camille Petit | Animatrice au centre social Les Tilleuls, habite le bourg |\n"
        "| Karim Rahmani | Élu à la jeunesse, Ville de Sorbiers |\n\nOn parle.\n",
        [
            ("Camille Petit", "Animatrice", "centre social Les Tilleuls"),
            ("Karim Rahmani", "Élu à la jeunesse", "Ville de Sorbiers"),
        ],
    ),
}


def reading_of(text: str) -> Reading:
    return extract(read_document(RawFile("note.md", text.encode())), {})


@pytest.mark.parametrize("name", LISTS)
def test_everybody_of_the_list_is_read(name: str) -> None:
    text, expected = LISTS[name]
    assert sorted((a.name, a.function, a.organisation) for a in reading_of(text).attendees) == sorted(
        expected, key=lambda row: (row[0], row[1] or "", row[2] or "")
    )


def test_entries_of_a_list_name_places_and_bodies_besides() -> None:
    text = (
        "# CR\n\nPrésents :\n\n- Anaïs, arboricultrice, Aubusson\n"
        "- Rémy, porteur d'un projet sur Guéret\n\n## Suite\n\nOn parle.\n"
    )
    names = {s.name for s in reading_of(text).stakeholders if s.kind == "territory"}
    assert names == {"Aubusson", "Guéret"}


def test_a_text_of_first_names_names_more_of_them_inside_its_sentences() -> None:
    text = (
        "# CR\n\nPrésents : Camille, Léa, Inès\n\nLéa a demandé l'aide de Xavier. On verra avec l'accord de Sonia,"
        " rue de Martin.\n"
    )
    people = {s.name for s in reading_of(text).stakeholders if s.kind == "person"}
    assert people == {"Camille", "Léa", "Inès", "Xavier", "Sonia"}


def test_what_a_council_does_with_its_mayor_is_no_name() -> None:
    text = "# Conseil municipal\n\n- AUTORISE M. le Maire à signer la convention.\n- CHARGE M. MOREL L. du dossier.\n"
    assert [s.name for s in reading_of(text).stakeholders if s.kind == "person"] == ["L. Morel"]


def test_first_names_inside_sentences_are_nobody_where_people_have_surnames() -> None:
    text = "# CR\n\nPrésents : Camille Petit, Léa Bonnet\n\nLéa Bonnet a demandé l'aide de Xavier.\n"
    assert "Xavier" not in {s.name for s in reading_of(text).stakeholders}


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Date de convocation du conseil municipal : 2 juin 2020", set()),
        ("Réunion du 12 mars\n\nProchaine réunion le 14 mai 2024", {"2024-03-12", "2024-05-14"}),
    ],
)
def test_days_of_papers_are_no_meetings_and_the_year_of_a_text_holds_for_all_its_dates(
    line: str, days: set[str]
) -> None:
    assert {e.date for e in reading_of(f"{line}\n\nOn parle du four.\n").events} == days


def test_who_represents_whom_stands_behind_an_announcement_within_the_list() -> None:
    text = (
        "Comité du 16 juin 2021\n\nPrésents : une cinquantaine de voisins (une vingtaine en fin de soirée) dont "
        "représentant la mairie : Guillaume Ferrand et Sidonie Parisel (élus) et Thomas Aygual (coordinateur)\n\n"
        "Invités représentant la régie (points 1 et 2) : Mme Pouget et M. Pineau\n\nDevenir de la gare\n\n"
        "La gare est sale depuis dix ans, et les habitants ne veulent plus y attendre le car.\n"
    )
    found = {a.name: (a.function, a.organisation) for a in reading_of(text).attendees}
    assert found == {
        "Guillaume Ferrand": ("élus", "mairie"),
        "Sidonie Parisel": ("élus", "mairie"),
        "Thomas Aygual": ("coordinateur", "mairie"),
        "Pouget": (None, "régie"),
        "Pineau": (None, "régie"),
    }


def test_letters_of_a_name_and_the_office_of_a_clerk_are_no_bodies() -> None:
    text = (
        "# Parish Council meeting\n\nPresent: Stuart Glover (SGL), Dave Horkan (Parish Clerk)\n\nThe mower is fine.\n"
    )
    found = {a.name: (a.function, a.organisation) for a in reading_of(text).attendees}
    assert found == {"Stuart Glover": (None, None), "Dave Horkan": ("Parish Clerk", None)}
