"""Shapes of lists, names and headings met in notes of other places, on texts of our own."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import events, people, sections, stakeholders
from ingest.extract.reading import Reading
from ingest.extract.who.bodies import bodies_in
from ingest.registry import read_document


def read(text: str) -> Reading:
    reading = Reading(read_document(RawFile("notes.txt", text.encode())))
    for rule in (sections, people, events, stakeholders):
        rule.run(reading)
    return reading


def listed(text: str) -> list[tuple[str, str]]:
    return [(a.name, a.status) for a in read(text).attendees]


def test_surnames_after_plural_titles_go_on_over_lines_and_paragraphs() -> None:
    found = listed(
        "Conseil municipal de Courvire\n\nÉtaient présents : MM. DURANTON, LEROY, L’HERMITAGE,\nMARTINEL, BERNIOL.\n"
        "Mmes ROUXEL, N’DOYE.\nÉtaient excusé(e)s : Mme TOURON ; MM. VIALON, CROSNET.\n"
    )
    names = "Duranton Leroy L’Hermitage Martinel Berniol Rouxel N’Doye Touron Vialon Crosnet".split()
    assert [n for n, _ in found] == names
    assert [s for _, s in found] == ["present"] * 7 + ["excused"] * 3


def test_initials_after_a_surname_are_a_first_name() -> None:
    found = listed(
        "Conseil\n\nÉtaient présents : COUDRAY R. – VIROUX J.P. - ROLLIN.M – FAURIEL M.J. (remplace DUC J.)\n"
    )
    assert [n for n, _ in found] == ["R. Coudray", "J.P. Viroux", "M. Rollin", "M.J. Fauriel"]


def test_lines_by_college_list_who_is_there() -> None:
    found = listed(
        "Comité de suivi du quartier\n\nCollège des élus : Hélène SABOUREL (adjointe), Marc TENAILLON\n"
        "Collège des habitants : Aïssatou DIOMBERET, Roger PLANCHOTIN\n\nIl est question du parc.\n"
    )
    assert found == [
        ("Hélène Sabourel", "present"), ("Marc Tenaillon", "present"),
        ("Aïssatou Diomberet", "present"), ("Roger Planchotin", "present"),
    ]  # fmt: skip


def test_one_line_with_a_group_before_a_colon_is_no_list_of_attendees() -> None:
    assert listed("Réunion de rentrée\n\nJeunes : Claire Bondoux et Paul Arvieux les accompagnent au stade.\n") == []


def test_a_sentence_tells_who_is_there_and_who_is_excused() -> None:
    found = listed(
        "Compte rendu\n\nSont présents autour du maire la capitaine Anne Bruyant, commandant la brigade, et M. Paul "
        "Orvel, substitut. La parole est à Claude Charmier, adjoint, pour Luc Rabiot, maire, excusé.\n"
    )
    assert found == [("Anne Bruyant", "present"), ("Paul Orvel", "present"), ("Luc Rabiot", "excused")]


def test_a_function_in_the_plural_is_that_of_all_names_before_it() -> None:
    found = read("Séance\n\nPrésents : Odile CARNET, Jean BASTIER et Luc MORNET, adjoints\n").attendees
    assert [a.function for a in found] == ["adjoints"] * 3


def test_what_somebody_does_under_a_heading_makes_nobody_its_writer() -> None:
    assert listed("Assemblée 2017\n\nCompte rendu\n\nJacques Viannet ouvre la séance et remercie la salle.\n") == []


def test_an_office_is_no_person() -> None:
    assert listed("Réunion\n\nPrésents :\n- Cécile Jamin, au cabinet de M. le Maire\n") == [("Cécile Jamin", "present")]


def test_a_name_turned_round_is_the_same_person() -> None:
    found = read(
        "Bureau\n\nMme Valérie Delorme parle.\n\nPrésents : Mme DELORME Valérie, M. Jean Roustan\n"
    ).stakeholders
    names = {n for s in found if s.kind == "person" and "Valérie" in s.name for n in (s.name, *s.aliases)}
    assert sum("Valérie" in s.name for s in found) == 1
    assert "DELORME Valérie" in names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("La CC du Pays d’Orsanne et la CA du Grand Beauvil suivent.", ["CC du Pays d’Orsanne", "CA du Grand Beauvil"]),
        ("La CC Val de Brenne finance.", ["CC Val de Brenne"]),
        ("Le CA de l’association se réunit, la CC a été saisie.", []),
        ("Le CA du Théâtre vote.", []),
    ],
)
def test_short_kinds_of_groupings_open_their_names(text: str, names: list[str]) -> None:
    assert [b.name for b in bodies_in(text, "fr") if b.name.startswith("C")] == names


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("= Forum : bilan\n\n== Ce qui marche\n\n* Les stands.\n\n== La suite ==\n\nOn écrit.\n",
         ["Forum : bilan", "Ce qui marche", "La suite"]),
        ("h1. Bilan\n\nh2. Les stands\n\nIl y en a eu 60.\n", ["Bilan", "Les stands"]),
        ("Le bilan de la fête\n\n= plus de monde qu’avant, les gens restent.\n= moins de bruit le soir.\n", None),
    ],
)  # fmt: skip
def test_marks_of_other_markups_make_headings(text: str, titles: list[str] | None) -> None:
    found = [s.title for s in read(text).sections]
    assert found == titles if titles else not any("monde" in t or "bruit" in t for t in found)


def test_the_kind_of_a_document_and_its_agenda_are_headings() -> None:
    found = read(
        "Création d’une antenne à Courvire\nCompte-rendu de la réunion du 10 octobre 2007\nOrdre du jour :\n- Le nom\n"
        "- Les dates\n\n1. Le nom de l’antenne\nIl est proposé de garder celui de la rue, que tout le monde connaît.\n"
        "2. Les dates\nOn se retrouvera tous les mois.\n"
    )
    assert [s.title for s in found.sections] == [
        "Création d’une antenne à Courvire", "Compte-rendu de la réunion du 10 octobre 2007", "Ordre du jour :",
        "1. Le nom de l’antenne", "2. Les dates",
    ]  # fmt: skip


@pytest.mark.parametrize("columns", ["Décision | Qui | Pour quand", "Quoi | Qui | Avant le", "Tâches | Qui | Délais"])
def test_a_table_of_decisions_lists_nobody_as_present(columns: str) -> None:
    rows = "| Réparer le four à pain | Odile | avant Noël |\n| Écrire à la médiathèque | Rachid | fin mai |\n"
    assert listed(f"# Bureau du 9 mai 2031\n\n| {columns} |\n|:--|:--|:--|\n{rows}") == []


def test_a_date_without_its_year_has_that_of_the_title() -> None:
    found = read("Assemblée générale 2017\n\nL’assemblée générale s’est tenue à Courvire le 26 janvier.\n").events
    assert [e.date for e in found] == ["2017-01-26"]


def test_a_date_before_its_place_is_the_meeting() -> None:
    found = read(
        "Vélo en ville\n12 octobre 2012\nsalle de conférences de la MJC des Halles, Courvire\n\nBilan.\n"
    ).events
    assert [e.date for e in found] == ["2012-10-12"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Un bilan est présenté par la commission Énergie locale.", "commission Énergie locale"),
        ("La commission Sport et Culture se réunit demain.", "commission Sport et Culture"),
        ("Anne (commission Vie du lieu) rend compte.", "commission Vie du lieu"),
        ("L’association Sources et Sentiers demande un relevé.", "association Sources et Sentiers"),
        ("Merci aux services techniques pour leur aide.", "services techniques"),
        ("La plateforme Mob’Aubance prête des scooters.", "plateforme Mob’Aubance"),
    ],
)
def test_bodies_of_a_topic_and_services_are_named_in_prose(text: str, name: str) -> None:
    found = [b.name for b in bodies_in(text, "fr")]
    assert [n[0].lower() + n[1:] for n in found[:1]] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Il y a un fonds « nouveaux lieux » à la Région.",
        "On crée une commission et un guichet pour les aides.",
        "La plateforme « livres à emporter » est en panne.",
    ],
)
def test_what_is_only_called_by_its_kind_is_no_body(text: str) -> None:
    assert [b.name for b in bodies_in(text, "fr") if b.name != "Région"] == []


def test_an_association_with_another_body_behind_and_is_two() -> None:
    found = [b.name for b in bodies_in("L’association Tournepierre et Mairie de Courvire, l’ADEME", "fr")]
    assert "association Tournepierre" in found


def test_who_directs_the_services_of_a_town_is_of_the_town() -> None:
    read_people = read(
        "Réunion\n\nPrésents : Claire Vasselin, directrice des services techniques, Mairie de Courvire\n"
    )
    assert [(a.function, a.organisation) for a in read_people.attendees] == [
        ("directrice des services techniques", "Mairie de Courvire")
    ]


def test_minutes_of_a_parish_list_titles_bare_initials_and_roles_that_are_no_places() -> None:
    reading = read(
        "Minutes of the parish meeting held on 9th May 2024 in the village hall of the parish\n\n"
        "Present; Cllr. T Orrowby (Chair), W. Haddle (Clerk)\n"
        "Cllrs. S. Fenwright, Cllr. Edna Bruddock (District Council), Mrs J Quillam\n\n"
        "The chairman welcomed everyone to the meeting and said that it was open to all.\n"
    )
    names = {"T Orrowby", "W. Haddle", "S. Fenwright", "Edna Bruddock", "J Quillam"}
    assert {a.name for a in reading.attendees} == names
    assert not [s.name for s in reading.stakeholders if s.kind == "territory"]
