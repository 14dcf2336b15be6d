"""People, days, works and titles in shapes met in minutes of other places, and what looks like them and is none."""

from __future__ import annotations

import pytest

from ingest.document import BlockKind, RawFile
from ingest.extract import events, people, resources, stakeholders
from ingest.extract.facts.cited import cited_title
from ingest.extract.reading import Reading
from ingest.extract.said.unlisted import doer
from ingest.extract.who.bodies import bodies_in
from ingest.extract.who.group_nouns import group_nouns
from ingest.extract.who.lone_names import lone_names
from ingest.registry import read_document


def read(text: str, name: str = "notes.txt") -> Reading:
    reading = Reading(read_document(RawFile(name, text.encode())))
    for rule in (people, events, resources):
        rule.run(reading)
    return reading


def people_of(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(a.name, a.function, a.organisation) for a in read(text).attendees]


def days_of(text: str) -> list[str]:
    return [e.date for e in read(text).events]


def titles_of(text: str) -> list[str]:
    return [b.label for b in read(text).document.blocks if b.kind is BlockKind.HEADING]


def test_a_stroke_parts_a_name_from_what_it_is_of_and_two_people_from_each_other() -> None:
    found = people_of(
        "Présents :\n- Lou Perrin / habitante\n- Claire Dormoy / Café du Lavoir\n- Paul Petit / Marie Durand\n"
    )
    assert found == [
        ("Lou Perrin", "habitante", None),
        ("Claire Dormoy", None, "Café du Lavoir"),
        ("Paul Petit", None, None),
        ("Marie Durand", None, None),
    ]


def test_a_running_list_goes_on_where_a_line_ends_within_a_bracket_or_a_name() -> None:
    text = (
        "Comité syndical\n\nLa séance s’est tenue dans la grande salle de la maison des associations du village, elle\n"
        "a duré deux heures, comme celle du mois dernier, dans le calme et avec des débats nourris.\n"
        "Étaient présents Messieurs Paul GUDOUX (Artillac), David FOUQUERAY (Communauté de communes de la Haute\n"
        "Sorve), Mesdames Claire CHARDONNEL (Taverne), Anne MALAURIE (Le Barthas-Haut), Miriane\n"
        "BONHOURE (Sorgue)\n"
    )
    assert [(n, o) for n, _, o in people_of(text)] == [
        ("Paul Gudoux", "Artillac"),
        ("David Fouqueray", "Communauté de communes de la Haute Sorve"),
        ("Claire Chardonnel", "Taverne"),
        ("Anne Malaurie", "Le Barthas-Haut"),
        ("Miriane Bonhoure", "Sorgue"),
    ]


def test_a_running_list_goes_on_with_the_function_of_whoever_ends_a_line() -> None:
    text = "Réunion du bureau\n\nPrésents : Anne (trésorière), Claire et Denis (œufs), Élise\n(pain), Farid, Gilles\n"
    assert people_of(text)[3:] == [("Élise", "pain", None), ("Farid", None, None), ("Gilles", None, None)]


def test_surnames_on_lines_of_their_own_are_not_joined() -> None:
    found = people_of("Étaient présents :\nHERMELIN Valérie\nIZARD Eric\nQUESNE Jean-Sébastien\n")
    assert [n for n, _, _ in found] == ["Valérie Hermelin", "Eric Izard", "Jean-Sébastien Quesne"]


def test_people_in_two_columns_are_read_and_columns_of_tasks_are_none() -> None:
    text = (
        "Attendees:\nFraser Nivis (FN) - Chair           Maggie Wardle (MW), Glen Trust\n"
        "Robbie MacDove (RM), Moor Police    Karen Ralston (KR), Moor School\n"
        "Hayley Brown (HB)                   Tricia Morgan (TM)\n"
    )
    assert [n for n, _, _ in people_of(text)] == [
        "Fraser Nivis", "Maggie Wardle", "Robbie MacDove", "Karen Ralston", "Hayley Brown", "Tricia Morgan",
    ]  # fmt: skip
    assert people_of("Notes\n\nWrite to the mill      Karen Ralston\nPaint the hall         Ann Lund\n") == []


def test_a_first_name_with_an_initial_and_particles_in_lower_case_are_names() -> None:
    found = people_of("Présents : Inès K., Odile de la TOUR-BRUNE, Paul Petit\nScribe : Paul\n")
    scribe = read("Scribe : Paul\n\nPrésents : Zoé Roux, Paul Petit\n").attendees[-1]
    assert (scribe.name, scribe.status, scribe.at.start) == ("Paul Petit", "minutes", 36)
    assert [n for n, _, _ in found] == ["Inès K.", "Odile de la Tour-Brune", "Paul Petit"]


def test_days_of_an_agenda_and_of_rows_that_name_a_meeting_are_meetings() -> None:
    head = "Comité du 4 mars 2023\n\n## Dates à retenir\n\n"
    assert "2023-05-25" in days_of(head + "- Grande lessive : jeudi 25 mai 2023 au lavoir\n")
    table = "| Quoi | Quand | Où |\n|---|---|---|\n| Visite du moulin | 2/06/2023 | Morsan |\n"
    assert "2023-06-02" in days_of("# Comité du 4 mars 2023\n\n" + table)
    assert "2022-04-23" in days_of("# Notes\n\nWe met many at the Big Blether (Saturday 23 April 2022), in the rain.\n")


@pytest.mark.parametrize(
    "rest",
    [
        "| Action | Qui | Quand |\n|---|---|---|\n| Visite du moulin à préparer | Claire | 2/06/2023 |\n",
        "| Quoi | Échéance |\n|---|---|\n| Repeindre la salle | 2/06/2023 |\n",
        "Selon la revue du canton (2 juin 2023), les haies reculent.\n",
        "Le conseil, régulièrement convoqué le 2 juin 2023, a voté.\n",
    ],
)
def test_deadlines_publications_and_convocations_are_no_meetings(rest: str) -> None:
    assert "2023-06-02" not in days_of(f"# Comité du 4 mars 2023\n\n## Suites\n\n{rest}")


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("Cnaf, Guide pratique des services aux familles, 2021.", "Guide pratique des services aux familles"),
        ("Cf. Les familles au village, Dossier n° 218, Cnaf, 2020", "Les familles au village"),
        ("Burel A., « Étude d’un lieu partagé », thèse, 2017", "Étude d’un lieu partagé"),
        ("Guide du jardin partagé", "Guide du jardin partagé"),
        ("Schaller, M., Rural lives: a study, Moor Press, 2021", "Rural lives: a study"),
    ],
)
def test_the_title_of_an_item_of_a_bibliography_is_told_from_its_author(item: str, title: str) -> None:
    assert cited_title(item, "fr") == title


def test_human_resources_are_no_list_of_readings() -> None:
    assert read("# Notes\n\n## Ressources humaines\n\n- Rapport du comité, 2021\n", "n.md").resources == []


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("les professionnelles de la petite enfance", ["professionnelles de la petite enfance"]),
        ("les mineurs non accompagnés", ["mineurs non accompagnés"]),
        ("les jeunes agriculteurs", ["jeunes agriculteurs"]),
        ("les enseignants de l’école Jules-Verne", ["enseignants"]),
        ("les moins de 25 ans", ["moins de 25 ans"]),
        ("au moins de 25 ans", []),
        ("les jeunes et les agriculteurs", ["jeunes", "agriculteurs"]),
        ("les chômeurs en recherche d’emploi", ["chômeurs en recherche d’emploi"]),
        ("les laboratoires de recherche de l’UFTB", ["laboratoires de recherche"]),
        ("les chômeurs en recherche de leur voie", ["chômeurs en recherche"]),
    ],
)
def test_groups_are_named_with_what_qualifies_them(label: str, names: list[str]) -> None:
    assert [label[g.first : g.last] for g in group_nouns(label, "fr") if g.plural] == names


def test_the_head_of_a_table_the_day_of_a_session_and_items_behind_an_arrow_are_no_titles() -> None:
    table = "Nom            Structure      Rôle\n------------------------------\nPETIT Paul     Mairie         maire\n"
    table += "DURAND Anne    Foyer rural    trésorière\nROUX Luc       Mairie         adjoint\n"
    assert titles_of(f"Notes du comité\n\n{table}") == ["Notes du comité"]
    assert titles_of("PROCÈS-VERBAL DU COMITÉ\nSéance du 11 avril 2019\n\nLe comité s’est réuni à 18 h.\n") == [
        "PROCÈS-VERBAL DU COMITÉ"
    ]
    told = "On a parlé des salles du village et de leur état, qui se dégrade.\n► {}\n\n"
    arrows = "".join(
        told.format(x) for x in ("Ouvrir la salle le dimanche", "Un jardin pour tous", "Former les voisins")
    )
    assert titles_of(f"Rencontre des voisins\n\n{arrows}Merci.\n") == ["Rencontre des voisins"]


def test_an_arrow_over_a_text_of_its_own_is_a_title() -> None:
    text = "► Capital humain\nLes bénévoles tiennent la boutique.\n► Capital social\nOn se connaît bien.\n"
    assert titles_of(f"Rencontre des voisins\n\n{text}\n") == [
        "Rencontre des voisins",
        "Capital humain",
        "Capital social",
    ]


def kinds_of(text: str) -> dict[str, str]:
    reading = Reading(read_document(RawFile("notes.txt", text.encode())))
    people.run(reading)
    stakeholders.run(reading)
    return {s.name: s.kind for s in reading.stakeholders}


def test_unknown_names_behind_people_are_communes_where_the_list_says_where_each_comes_from() -> None:
    found = kinds_of(
        "Comité syndical\n\nÉtaient présents : Anne Petit (Orsac-le-Haut), Luc Roux (Bricx), Zoé Martin (Le Barthat), "
        "Paul Morin (Villorgue-sur-Sorve), Claire Durand (Mairie de Bricx)\n"
    )
    places = {name for name, kind in found.items() if kind == "territory"}
    assert {"Orsac-le-Haut", "Bricx", "Le Barthat", "Villorgue-sur-Sorve"} <= places
    assert found["Mairie de Bricx"] == "organisation"


def test_unknown_names_behind_people_stay_bodies_where_no_place_is_among_them() -> None:
    found = kinds_of("Présents : Anne Petit (Biodelice), Luc Roux (Kerbois), Zoé Martin (Naldora), Paul Morin (Rézo)\n")
    assert {found[name] for name in ("Biodelice", "Kerbois", "Naldora", "Rézo")} == {"organisation"}


@pytest.mark.parametrize(
    ("label", "language", "bodies"),
    [
        ("Le comité demande à la Communauté de communes de saisir l’ARS.", "fr", ["Communauté de communes", "ARS"]),
        ("Communauté de communes de Val Sorve", "fr", ["Communauté de communes de Val Sorve"]),
        ("NHS Highland is advertising again", "en", ["NHS Highland"]),
        ("the RNLI Tom Reeve knows", "en", ["RNLI"]),
    ],
)
def test_a_body_ends_before_a_verb_and_takes_in_its_place(label: str, language: str, bodies: list[str]) -> None:
    assert [label[b.first : b.last] for b in bodies_in(label, language)] == bodies


def test_a_letter_behind_the_name_of_a_part_is_no_first_name_and_an_age_tells_somebody() -> None:
    assert people_of("Présents :\nAXE B. Jeunesse\n") == []
    assert [n.name for n in lone_names("À l’atelier, Kenza, 19 ans, lit la synthèse", "fr", [])] == ["Kenza"]
    assert list(lone_names("Fondée à Morsan, 19 ans plus tôt", "fr", [])) == []


def actors_of(text: str, name: str = "notes.md") -> dict[str, str]:
    reading = read(text, name)
    stakeholders.run(reading)
    return {s.name: s.kind for s in reading.stakeholders}


def test_no_name_goes_from_one_cell_of_a_row_into_the_next() -> None:
    table = (
        "| Quoi | Qui |\n|---|---|\n| Écrire à la Région | Ségolène Vautrin |\n| Visiter la halle | Rémi Sauvage |\n"
    )
    actors = actors_of(f"# Suites\n\nLa Région viendra.\n\n{table}")
    assert actors["Région"] == "organisation"
    assert not [name for name in actors if "Région" in name and name != "Région"]


def test_a_body_has_no_month_in_its_name() -> None:
    actors = actors_of("# Suites\n\nLe fonds sera présenté au conseil communautaire de septembre 2031.\n")
    assert actors == {"conseil communautaire": "organisation"}


def test_the_town_of_a_mayor_is_a_place_and_the_body_of_another_is_a_body() -> None:
    found = kinds_of("Présents : Anne Dormoy (maire de Hautes-Mares), Luc Perrin (Kerbois), Zoé Martin (potière)\n")
    assert (found["Hautes-Mares"], found["Kerbois"]) == ("territory", "organisation")


@pytest.mark.parametrize(
    ("sentence", "who"),
    [("La mission reçoit quatre demandes par jour.", None), ("La mission locale demande un bus.", "mission locale")],
)
def test_a_noun_behind_a_number_is_no_verb_of_who_does_it(sentence: str, who: str | None) -> None:
    found = doer(sentence, "fr", acting=True)
    assert (found and found.name) == who


def test_somebody_met_before_a_table_is_read_over_its_two_cells_of_names() -> None:
    table = "NOM\tPRENOM\tSTRUCTURE\nDORMOY\tAnne\tMairie de Bricx\nPERRIN\tLuc\tMairie de Bricx\n"
    reading = read(f"Rencontre\n\nAnimation : Luc Perrin (Kerbois)\n\nParticipants\n\n{table}")
    stakeholders.run(reading)
    luc = next(s for s in reading.stakeholders if s.name == "Luc Perrin")
    assert [" ".join(reading.slice(m.start, m.end).split()) for m in luc.mentions] == ["Luc Perrin", "PERRIN Luc"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "•\tLe toit est percé\no\tCôté cour\n•\tLe four est froid\n",
            ["Le toit est percé", "Côté cour", "Le four est froid"],
        ),
        ("1.\tLe toit\n2.\tLe four\n", ["Le toit", "Le four"]),
        ("-\tLe toit\n-\tLe four\n", ["Le toit", "Le four"]),
        ("Ø\tLe toit\nü\tLe four\n", ["Le toit", "Le four"]),
        ("=> Le toit\n-> Le four\n", ["Le toit", "Le four"]),
        ("-- Le toit\n-- Le four\n", ["Le toit", "Le four"]),
        ("1°) Le toit\n2°) Le four\n", ["Le toit", "Le four"]),
        ("\u200b- Le toit\n\u200b- Le four\n", ["Le toit", "Le four"]),
    ],
)
def test_marks_as_word_processors_chats_and_pages_leave_them_make_lists(text: str, labels: list[str]) -> None:
    document = read_document(RawFile("notes.txt", f"Points :\n\n{text}".encode()))
    assert [b.label for b in document.blocks if b.kind is BlockKind.BULLET] == labels


def test_tabs_between_cells_make_a_table_whatever_stands_first() -> None:
    document = read_document(RawFile("notes.txt", b"1.\tDupont\tMaire\n2.\tDurand\tAdjointe\n"))
    assert {b.kind for b in document.blocks} == {BlockKind.ROW}


def test_a_list_of_tasks_that_opens_a_file_is_no_damaged_json() -> None:
    document = read_document(RawFile("notes.txt", "[ ] Réparer le toit\n[x] Changer le four\n".encode()))
    assert "Réparer le toit" in document.text


def test_a_heading_made_of_signs_keeps_them_and_its_place() -> None:
    (heading,) = read_document(RawFile("notes.txt", b"# ===\n")).blocks
    assert (heading.label, heading.start, heading.end) == ("===", 2, 5)


def test_a_sign_without_width_before_a_quote_leaves_it_a_quote() -> None:
    document = read_document(RawFile("notes.md", "\ufeffNotes\n\n\u200b> Le car est plein,\n> le soir.\n".encode()))
    assert [b.label for b in document.blocks] == ["Notes", "Le car est plein, le soir."]


def test_marks_of_bold_with_nothing_between_them_stop_no_reading() -> None:
    document = read_document(RawFile("notes.txt", b"       Le car du soir\n      Le four communal\n**"))
    assert document.text.endswith("**")


def test_a_line_of_more_cells_than_a_ruled_table_has_columns_loses_none() -> None:
    table = "Lieu        Jour\n----------  --------\nHalle       lundi\nFour  du bourg  mardi  soir  froid\n"
    document = read_document(RawFile("notes.txt", table.encode()))
    last = [b for b in document.blocks if b.kind is BlockKind.ROW][-1]
    assert [document.text[start:end] for _, start, end in last.attributes["cells"]] == [
        "Four",
        "du bourg  mardi  soir  froid",
    ]


def test_the_front_matter_of_a_page_gives_its_title() -> None:
    page = "---\ntitle: 'Réunion du four'\nlayout: post\n---\n\n## Le toit\n\nIl fuit.\n"
    assert read_document(RawFile("notes.md", page.encode())).title == "Réunion du four"
