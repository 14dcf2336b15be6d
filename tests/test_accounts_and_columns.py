"""People called by their accounts, towns down a column, days listed together, pictures that link."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import events, people, resources, stakeholders
from ingest.extract.reading import Reading
from ingest.labels import make_label
from ingest.registry import read_document


def reading_of(text: str) -> Reading:
    reading = Reading(read_document(RawFile("notes.md", text.encode())))
    for rule in (people, events, stakeholders):
        rule.run(reading)
    return reading


def named(text: str, kind: str) -> list[str]:
    return [s.name for s in reading_of(text).stakeholders if s.kind == kind]


@pytest.mark.parametrize(
    ("said", "people_named"),
    [
        ("- Assurance : @yann contacte la mutuelle", ["Yann"]),
        ("- [@ines]({{ site.url }}/membres/ines/) a écrit au lycée", ["Ines"]),
        ("- Le suivi des ruches, via Morgan (@colvert), attend.", ["Morgan"]),
        ("- Écrire à contact@yann.fr avant lundi", []),
        ("- Le compte @mairie annonce la fête", []),
    ],
)
def test_first_names_of_accounts_are_people_and_addresses_are_not(said: str, people_named: list[str]) -> None:
    assert named(f"# Notes\n\n{said}\n", "person") == people_named


def test_towns_down_a_column_are_places_where_most_cells_are_towns() -> None:
    rows = (
        "| Commune | Logements |\n|---|---|\n| Mornant | 48 |\n| Rontalon | 9 |\n| Villages | 12 |\n| Riverie | 1 |\n"
    )
    assert named(rows, "territory") == ["Mornant", "Rontalon", "Riverie"]


def test_a_town_among_other_words_down_a_column_is_none() -> None:
    rows = "| Mot | Nombre |\n|---|---|\n| Mornant | 48 |\n| Halle | 9 |\n| Four | 12 |\n| Cour | 1 |\n"
    assert named(rows, "territory") == []


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Réunions des 4 et 18 mars 2024 à la halle.", ["2024-03-04", "2024-03-18"]),
        ("Ateliers les 4, 11 et 18 mars 2024.", ["2024-03-04", "2024-03-11", "2024-03-18"]),
        ("Le forum se tient les 4 et 5 mars 2024.", ["2024-03-04"]),
        ("L'évènement du 4 au 18 mars 2024.", ["2024-03-04"]),
    ],
)
def test_days_listed_together_are_one_meeting_each_unless_they_follow_each_other(said: str, days: list[str]) -> None:
    assert [e.date for e in reading_of(said).events] == days


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("Voir [![une halle](halle.jpg)](https://exemple.fr/halle) la halle", "Voir la halle"),
        ("[![](a.png) La carte](https://exemple.fr) du bourg", "La carte du bourg"),
        ("[@yann]({{ site.url }}/membres/yann/) écrit", "@yann écrit"),
        ("![plan]({{ site.url }}/plan.png)Le plan", "Le plan"),
    ],
)
def test_pictures_that_link_and_addresses_of_templates_leave_what_is_read(marked: str, shown: str) -> None:
    assert make_label(marked, 0, len(marked), markup=True).text == shown


def test_each_day_that_the_title_of_a_page_gives_is_a_meeting() -> None:
    page = "---\ntitle: Compte rendu des réunions du 4 et 18 mars 2024\n---\n\nLa halle est froide.\n"
    assert [e.date for e in reading_of(page).events] == ["2024-03-04", "2024-03-18"]


def test_english_names_speak_with_more_verbs_and_more_first_names() -> None:
    text = "# Minutes of the open meeting\n\nPatsy White stated that the club should open on Fridays.\n"
    assert named(text, "person") == ["Patsy White"]


ENGLISH = "The roof of the mill leaks in winter. Members said that the path along the river should be mended soon.\n"


def test_the_body_that_a_page_is_titled_after_is_its_short_name_too() -> None:
    text = f"---\ntitle: Minutes of Marlow Parish Council\n---\n\n{ENGLISH}\nThe Parish Council will mend the stile.\n"
    assert named(text, "organisation") == ["Marlow Parish Council"]


def test_english_bodies_that_and_the_parts_are_two() -> None:
    text = f"# Minutes\n\n{ENGLISH}\nThe Clover Club and the Elmham Borough Council met on Monday.\n"
    assert named(text, "organisation") == ["Clover Club", "Elmham Borough Council"]


def test_the_picture_of_a_page_is_no_resource() -> None:
    page = "---\nimagefeature: https://exemple.fr/logo.jpg\n---\n\nLe plan est sur https://exemple.fr/plan.\n"
    reading = Reading(read_document(RawFile("notes.md", page.encode())))
    resources.run(reading)
    assert [r.url for r in reading.resources] == ["https://exemple.fr/plan"]
