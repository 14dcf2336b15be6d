"""Dated meetings, and the meeting that a document reports."""

from __future__ import annotations

import pytest

from ingest.document import Block, BlockKind, RawFile
from ingest.extract import events
from ingest.extract.facts.dates import find_dates
from ingest.extract.reading import Reading
from ingest.meeting import guess_meeting
from ingest.registry import read_document


def reading_of(text: str, name: str = "notes.txt") -> Reading:
    reading = Reading(read_document(RawFile(name, text.encode())))
    events.run(reading)
    return reading


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("le lundi 6 avril 2020", "2020-04-06"),
        ("du 28 février au 2 mars 2023", "2023-02-28"),
        ("les 12 et 13 mai 2022", "2022-05-12"),
        ("Wednesday 28 September 2022", "2022-09-28"),
        ("May 5, 2022", "2022-05-05"),
        ("le 12/05/2025", "2025-05-12"),
        ("2024-01-18", "2024-01-18"),
        ("en novembre 2019", "2019-11"),
        ("le 1er février 2024", "2024-02-01"),
    ],
)
def test_dates_of_many_shapes_are_read(text: str, iso: str) -> None:
    assert [d.iso for d in find_dates(text)] == [iso]


def test_a_day_that_cannot_be_belongs_to_its_date_and_the_month_holds() -> None:
    reading = reading_of("# Réunion du jeudi 31 février 2026\n\nPuis le 45 mars à la mairie.\n", "notes.md")
    assert [(e.name, e.date) for e in reading.events] == [("Réunion", "2026-02")]
    assert [told.split(" is ")[0] for told in reading.degraded] == ["« 31 février 2026 »", "« 45 mars »"]


def test_one_day_of_meeting_at_two_places_keeps_both_with_their_words_and_says_so() -> None:
    text = "# Réunion du 4 mars 2026 à la mairie\n\nÀ suivre.\n\n# Réunion du 4 mars 2026 à la salle des Tilleuls\n"
    reading = reading_of(text + "\nSuite de la réunion du 4 mars 2026 à la mairie de Vaubrun.\n", "notes.md")
    (event,) = reading.events
    said = [(place, reading.slice(at.start, at.end)) for place, at in event.places()]
    assert said == [("mairie", "4 mars 2026"), ("salle des Tilleuls", "4 mars 2026 à la salle des Tilleuls")]
    assert "« mairie », « salle des Tilleuls »" in reading.degraded[0]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Le 4 juin deux mille trois cents euros ont été donnés", ["--06-04"]),
        ("Le 9 mai, deux mille trente voisins étaient là", ["--05-09"]),
        ("Le neuf mai, deux mille voisins sont venus", []),
        ("Le 4 juin deux mille vingt-trois à dix heures", ["2023-06-04"]),
        ("Rencontre du 14/06/2023 mar. 15h", ["2023-06-14"]),
        ("Le 14/06/23 sept voisins sont venus", ["2023-06-14"]),
        ("On 14/06/2023 may neighbours came", ["2023-06-14"]),
        ("Les 10/12/14 juin 2023", ["2023-06-10"]),
        ("lots 4-5 et 6 juin", ["--06-06"]),
        ("02-41-55-12-30 et 6 juin", ["--06-06"]),
    ],
)
def test_a_date_ends_where_counts_of_other_things_begin(text: str, dates: list[str]) -> None:
    assert [d.iso for d in find_dates(text)] == dates


@pytest.mark.parametrize("text", ["le 31/02/2024", "version 1.2.3", "01 41 94 30 00", "workshop 2 may follow"])
def test_what_is_no_date_gives_none(text: str) -> None:
    assert not find_dates(text)


def test_the_meeting_reported_is_guessed_with_its_place() -> None:
    text = (
        "# Réunion publique « Le marché couvert »\n\n*Mardi 14 mars 2023, salle des fêtes de Valmorte*\n\nOn débat.\n"
    )
    guess = guess_meeting(reading_of(text, "notes.md"))
    assert guess == {
        "meeting": "Réunion publique « Le marché couvert »",
        "date": "2023-03-14",
        "place": "salle des fêtes de Valmorte",
    }


def test_a_line_of_place_is_read() -> None:
    guess = guess_meeting(
        reading_of("Atelier habitat\n\nDate : 3 mai 2024\nLieu : médiathèque d'Orvance\n\nIl y a du monde.\n")
    )
    assert (guess["date"], guess["place"]) == ("2024-05-03", "médiathèque d'Orvance")


@pytest.mark.parametrize(
    ("held", "place"),
    [
        ("Organisée à distance par écran", "à distance"),
        ("Tenue à la mairie d'Orvance", "la mairie d'Orvance"),
        ("Tenue à Orvance", "Orvance"),
    ],
)
def test_a_place_keeps_the_words_that_make_sense_of_it(held: str, place: str) -> None:
    assert guess_meeting(reading_of(f"Réunion du 3 mai 2024\n\n{held}\n\nIl y a du monde.\n"))["place"] == place


def test_a_boxed_figure_names_no_meeting() -> None:
    text = (
        "SYNTHÈSE DES RENCONTRES DU 3 MAI 2024\n\nLe bourg change, et les anciens le disent. Chacun le voit.\n\n"
        "200 jours\nsans pluie en 2023\n\nLes rencontres de la mare\n\nOn y parle de l'eau. On y écoute.\n"
    )
    assert "200" not in guess_meeting(reading_of(text))["meeting"]
    assert all("200" not in e.name for e in reading_of(text).events)


def test_the_name_of_a_meeting_ends_before_its_verb() -> None:
    text = (
        "Notes de la mare\n\nLa rencontre des riverains a réuni des pêcheurs, des éleveurs et des familles venues de "
        "tous les hameaux alentour le 3 mai 2024.\n"
    )
    assert [e.name for e in reading_of(text).events] == ["Rencontre des riverains"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Lors du forum des habitants du 3 mai 2024, un banc a été inauguré.", "Forum des habitants"),
        ("Suite à notre réunion publique du 3 mai 2024, la mairie a répondu.", "Réunion publique"),
        ("On se retrouvera tous à l'atelier cuisine du 3 mai 2024.", "Atelier cuisine"),
        ("y Compte-rendu de la réunion du conseil de quartier du 3 mai 2024", "réunion du conseil de quartier"),
        ("Pendant la fête du village du 3 mai 2024, il a plu.", "Fête du village"),
    ],
)
def test_a_meeting_is_named_without_the_sentence_that_ties_it(line: str, name: str) -> None:
    text = f"Notes de la mare\n\nVu hier.\n\nEncore une ligne qui dit autre chose.\n\n{line}\n"
    assert [e.name for e in reading_of(text).events] == [name]


def test_an_announced_meeting_without_year_is_in_the_next_one() -> None:
    text = "Compte rendu de l'atelier du 9 novembre 2021\n\nVu.\n\nProchaine rencontre : 18 janvier, à la mairie.\n"
    assert [e.date for e in reading_of(text).events] == ["2021-11-09", "2022-01-18"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Le service est ouvert depuis le 3 décembre 2019.",
        "Le rapport a été publié le 7 avril 2020.",
        "Les réponses sont attendues avant le 12 mai 2025.",
        "La délibération du 4 juin 2018 le prévoit.",
    ],
)
def test_dates_of_other_things_are_no_meetings(sentence: str) -> None:
    text = (
        "Notes de lecture sur un service municipal\n\n"
        + "Une phrase pour remplir la page. " * 60
        + "\n\n"
        + sentence
        + "\n"
    )
    assert reading_of(text).events == []


def test_a_text_without_meeting_gives_empty_words() -> None:
    assert guess_meeting(reading_of("Une idée en passant.\n")) == {"meeting": "", "date": "", "place": ""}


@pytest.mark.parametrize(("filling", "sent"), [("dim. ", True), ("dim. " * 60, False)])
def test_the_line_that_says_when_a_mail_was_sent_begins_near_the_date(filling: str, sent: bool) -> None:
    text = f"De : Odile\nDate : {filling}3 mai 2031 à 9 h\nObjet : la halle\n"
    spans = [(0, 9), (text.index("3 mai"), text.index("\nObjet")), (text.index("Objet"), len(text) - 1)]
    leaves = [Block(n, BlockKind.PARAGRAPH, a, b, text[a:b], range(a, b)) for n, (a, b) in enumerate(spans)]
    assert events._of_a_letter(text, leaves, 1) is sent


@pytest.mark.parametrize(
    "sentence",
    [
        "De juin 2024 à février 2025, trois réunions ont rassemblé du monde.",
        "Le projet a été écrit en réunion entre mars et novembre 2021.",
        "20 % de légumes d'ici dans les repas des crèches en janvier 2025.",
        "Le collectif Les Sabots, formé par onze jeunes, a reçu les clés du préau le 10 janvier 2025.",
        "Deux ateliers ont réuni des parents, le jeudi 6 juin 2024 à Orvance et le mardi 8 octobre 2024 à Luc.",
    ],
)
def test_what_lasted_months_or_is_told_of_several_is_no_meeting(sentence: str) -> None:
    assert reading_of(f"Notes du préau\n\n{sentence}\n").events == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Les ateliers du 3 mai 2024 ont duré deux heures.", "ateliers"),
        ("Chantier collectif le samedi 3 mai 2024.", "Chantier collectif"),
        ("Le repas des aînés du 3 mai 2024 a fait rire.", "repas des aînés"),
    ],
)
def test_a_whole_day_makes_a_meeting_of_more_words(line: str, name: str) -> None:
    assert [e.name.removeprefix("Les ").removeprefix("Le ") for e in reading_of(f"{line}\n").events] == [name]


def test_a_place_never_holds_a_date_and_keeps_an_article_of_its_own() -> None:
    text = (
        "Réunion des riverains\n\nRéunion le jeudi 6 juin 2024 à Orvance et le mardi 8 octobre 2024 à Luc.\n\n"
        "La prochaine rencontre aura lieu le jeudi 9 janvier 2025 à La Tournelle.\n"
    )
    assert [e.place for e in reading_of(text).events] == ["Orvance", "Luc", "La Tournelle"]


def test_a_numbered_meeting_names_it_before_the_title_of_the_series_and_its_place_is_on_the_line_below() -> None:
    text = (
        "LE PAYS DES MARES\nUNE ANNÉE D'ATELIERS\n\nCompte rendu de l'atelier n° 4\n« Les haies, et après »\n\n"
        "Mardi 14 mai 2024, de 18 h à 21 h\nMoulin des Roches, Orvance\n\nOn parle des haies. Il en reste peu.\n"
    )
    assert guess_meeting(reading_of(text)) == {
        "meeting": "atelier n° 4",
        "date": "2024-05-14",
        "place": "Moulin des Roches, Orvance",
    }


@pytest.mark.parametrize(
    ("title", "meeting"),
    [
        ("Réunion du 12 mars 2026 : eau", "Réunion : eau"),
        ("Réunion du comité du 12 mars 2026 : eau", "Réunion du comité"),
        ("Réunion du 12 mars 2026 : relevé de décisions", "Réunion"),
        ("Réunion du 12 mars 2026 : salle des fêtes", "Réunion"),
        ("Réunion du 12 mars 2026 : 18 h 30", "Réunion"),
    ],
)
def test_two_meetings_of_one_day_are_told_apart_by_what_their_titles_say(title: str, meeting: str) -> None:
    assert guess_meeting(reading_of(f"{title}\n\nLa rivière est basse.\n"))["meeting"] == meeting


def test_a_title_keeps_the_colon_of_its_language() -> None:
    text = "Meeting of 12 March 2026: water\n\nThe river is low and the people of the valley are worried about it.\n"
    assert guess_meeting(reading_of(text))["meeting"] == "Meeting: water"


def test_a_day_that_opens_a_sentence_is_of_those_who_came_together_not_of_an_archive() -> None:
    reading = reading_of(
        "Archives pour 2 mai 2017\n\nLe mardi 4 avril 2017, en la mairie de Sommervieu et sous la présidence de Mme "
        "Oriane Tessandier, s'est réuni le Conseil des jeunes.\n\n"
        "Le 5 mars 2017 une voiture s'est retrouvée dans le fossé.\n"
    )
    assert [(e.name, e.date, e.place) for e in reading.events] == [
        ("Conseil des jeunes", "2017-04-04", "mairie de Sommervieu")
    ]


@pytest.mark.parametrize(
    ("page", "day"), [("2012-12-21", "2012-12-17"), ("2013-01-04", "2012-12-17"), ("2012-12-17", "2012-12-17")]
)
def test_a_title_gives_the_day_of_the_meeting_and_the_page_its_year(page: str, day: str) -> None:
    head = f'---\ndate: {page}\ntitle: "Compte rendu réunion du 17/12"\n---\n'
    reading = reading_of(f"{head}Nous étions nombreux ce soir-là, et nous avons parlé des ateliers.\n", "notes.md")
    assert [(e.date, e.main) for e in reading.events] == [(day, True)]
    assert reading.document.text[reading.events[0].at.start : reading.events[0].at.end] == "17/12"


def test_the_year_of_a_law_or_of_a_birth_dates_no_meeting() -> None:
    reading = reading_of(
        "Réunion du 12 mars\n\nNotre association (loi du 1er juillet 1901) tient sa réunion le 3 avril.\n\n"
        "Le comité est né le 14 mai 1998.\n"
    )
    assert [e.date for e in reading.events] == []
    dated = reading_of("Réunion du 12 mars\n\nOn se revoit le 14 mai 2024.\n")
    assert dated.events[0].date == "2024-03-12"


JOURNAL = """# Le journal du compost

## Réunion du 12 juin 2022

Nous étions six.

## Mars 2021

Rendez-vous le samedi 20 mars à 10h pour planter.

## Dates à retenir

- 17/11/2022 : Assemblée générale
- Le 8 octobre, la ferme ouverte
"""


def test_a_day_under_a_month_has_its_year_and_what_stands_behind_a_day_names_it() -> None:
    found = {e.date: e.name for e in reading_of(JOURNAL, "notes.md").events}
    assert "2021-03-20" in found
    assert found["2022-11-17"] == "Assemblée générale"
    assert found["2022-10-08"] == "la ferme ouverte"


def test_what_names_a_meeting_behind_its_day_is_no_place() -> None:
    (first, *_) = reading_of("# Le four\n\n## 3 mai 2021 – Inauguration\n\nLe maire est venu.\n", "notes.md").events
    assert first.place is None


def test_days_under_the_item_of_a_meeting_are_its_days_and_those_under_a_task_are_deadlines() -> None:
    items = "- Organisation du **vide-grenier**\n  - **3 mai 2026**\n- Réparer la cabane\n  - 12 mai 2026\n"
    text = f"# Comité des fêtes\n\n{items}"
    found = reading_of(text, "notes.md").events
    assert [(e.name, e.date) for e in found] == [("Organisation du vide-grenier", "2026-05-03")]


def test_headings_that_begin_with_days_are_a_chronicle_and_name_what_came_about() -> None:
    days = (
        "4 mai 2024 : pose des premiers bacs",
        "12 juin 2024 : formation à Vaubrun",
        "2 mai 2025 : achat du broyeur",
    )
    text = "# Nouvelles du jardin\n\n" + "\n\n".join(f"## {day}\n\nTout s'est bien passé." for day in days)
    found = reading_of(text, "notes.md").events
    assert [(e.name, e.date) for e in found] == [
        ("pose des premiers bacs", "2024-05-04"),
        ("formation à Vaubrun", "2024-06-12"),
        ("achat du broyeur", "2025-05-02"),
    ]


def test_a_day_told_in_january_of_a_meeting_in_december_is_of_the_year_before() -> None:
    text = "Nouvelles du 25 janvier 2022\n\nLors de la réunion publique du 3 décembre, la mairie a montré ses plans.\n"
    assert "2021-12-03" in [e.date for e in reading_of(text).events]
    text = "Réunion du 25 janvier 2022\n\nProchaine réunion publique : 3 décembre.\n"
    assert "2022-12-03" in [e.date for e in reading_of(text).events]


def test_english_days_without_a_year_and_councils_by_their_letters() -> None:
    text = "Parish Council meeting, 12 May 2024\n\nWe plan to hold a village fete on September 16th in the barn.\n"
    assert [e.date for e in reading_of(text).events] == ["2024-05-12", "2024-09-16"]
    reading = reading_of("---\ntitle: CA du 14 mai 2020\n---\n\nLe four est réparé.\n", "notes.md")
    assert [(e.name, e.date, e.main) for e in reading.events] == [("CA du 14 mai 2020", "2020-05-14", True)]
