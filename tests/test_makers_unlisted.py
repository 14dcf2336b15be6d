"""Who makes a statement, where no rule of names knows them: roles, bodies in general, lone first names, who-cells."""

from __future__ import annotations

import time

import pytest

from ingest.document import RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading, Stakeholder
from ingest.extract.said.mentioned import ByPlace, Mentioned
from ingest.extract.said.unlisted import Doer, Unlisted
from ingest.registry import read_document


def read(text: str) -> Reading:
    return extract(read_document(RawFile("notes.md", text.encode())))


def makers(text: str) -> list[set[str]]:
    """The names of the makers of each proposal, in order."""
    reading = read(text)
    names = {s.id: s.name for s in reading.stakeholders}
    return [{names[i] for i in s.made_by} for s in reading.of_kind("proposal")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le maire propose de fermer la rue le dimanche.", "maire"),
        ("La directrice de la crèche souhaite que le portail soit réparé.", "directrice de la crèche"),
        ("La municipalité s'est engagée à étudier le coût de ce projet.", "municipalité"),
        ("Le service jeunesse recontactera les volontaires avant l'été.", "service jeunesse"),
        ("Pour la trésorière, il faut augmenter la cotisation.", "trésorière"),
        ("Une billetterie commune est souhaitée par la médiathèque.", "médiathèque"),
        ("Ginette propose de garder la clé.", "Ginette"),
        ("- arroser les bacs chaque semaine – Ginette", "Ginette"),
        ("- Ginette : arroser les bacs chaque semaine", "Ginette"),
        ("« Il faut un abri pour les vélos » (Ginette)", "Ginette"),
    ],
)
def test_a_role_a_body_or_a_first_name_makes_what_it_says(text: str, name: str) -> None:
    assert makers(f"# Compte rendu\n\nLa soirée a commencé tôt.\n\n{text}\n") == [{name}]


def test_a_role_is_the_one_person_listed_with_it() -> None:
    listed = "# Notes\n\nPrésents : Odile Garnac (maire), Rémi Tassou (trésorier)\n\n"
    assert makers(f"{listed}La maire propose de planter des haies.\n") == [{"Odile Garnac"}]


def test_a_bare_first_name_is_the_one_person_who_bears_it() -> None:
    text = "# Notes\n\nPrésents : Odile Garnac, Rémi Tassou\n\nOdile propose de planter des haies.\n"
    assert makers(text) == [{"Odile Garnac"}]


def test_a_pronoun_stands_for_the_role_of_the_sentence_before() -> None:
    text = "# Notes\n\nLa directrice de la crèche signale une fuite. Elle suggère de refaire le toit.\n"
    assert makers(text)[-1] == {"directrice de la crèche"}


def test_cells_that_say_who_make_their_row() -> None:
    table = "| Quoi | Qui | Quand |\n|---|---|---|\n"
    table += "| Réunir les bailleurs | Habitat Beauval | mai |\n| Écrire au syndic | à définir | juin |\n"
    assert makers(f"# Actions\n\n{table}") == [{"Habitat Beauval"}, set()]


@pytest.mark.parametrize(
    "text",
    [
        "Le projet propose de relier les deux rives.",
        "Le comité de suivi va être réuni en mars.",
        "Une réunion est prévue par la suite.",
    ],
)
def test_things_and_what_happens_to_a_body_make_nothing(text: str) -> None:
    assert all(not made for made in makers(f"# Notes\n\n{text}\n"))


@pytest.mark.parametrize(
    "line",
    [
        "Salle des fêtes. Étaient présent(e)s :\nMadame Odile Garnac\nMonsieur Rémi Tassou",
        "Habitants présents : Odile Garnac, Rémi Tassou",
        "Une dizaine de personnes présentes, dont :\n\n- 2 élus (Odile Garnac, Rémi Tassou)",
        "Présents : Odile Garnac + Rémi Tassou",
    ],
)
def test_lists_of_people_in_other_shapes(line: str) -> None:
    assert {a.name for a in read(f"# Compte rendu\n\n{line}\n").attendees} == {"Odile Garnac", "Rémi Tassou"}


def test_accounts_and_what_happens_by_itself_are_no_deeds() -> None:
    text = "# Bilan financier\n\n- Achats : 2 000 €\n- Loyers : 900 €\n\nLa vie du quartier s'est développée.\n"
    assert read(text).of_kind("action") == []


def test_a_deed_ends_at_its_colon() -> None:
    [deed] = read("# Notes\n\nLa commission a visité trois locaux : le premier est trop cher.\n").of_kind("action")
    assert deed.text == "La commission a visité trois locaux"


def test_a_word_that_begins_the_name_of_one_body_means_it_and_thousands_of_words_are_looked_up_at_once() -> None:
    reading = Reading(read_document(RawFile("notes.md", b"CC des Monts")))
    names = ["CC des Monts", "Office des sports", "Office du lac", *(f"B{n} du lac" for n in range(5_000))]
    reading.stakeholders += [Stakeholder(f"b{n}", name, "organisation", []) for n, name in enumerate(names)]
    makers = Unlisted(reading)
    assert makers.maker(Doer("CC", "organisation", 0, 2), (0, 2)) == "b0"
    assert makers.maker(Doer("Office", "organisation", 0, 2), (0, 2)) not in {"b1", "b2"}
    told = [makers.maker(Doer(f"B{n}", "organisation", 0, 2), (0, 2)) for n in range(5_000)]
    assert told == [f"b{n + 3}" for n in range(5_000)]


def test_a_place_behind_an_endless_word_in_a_cell_is_asked_at_once_and_a_complement_is_no_maker() -> None:
    cells = ("Union des commerçants de Vernelay", "a" * 15_000 + " Vernelay", "Vernelay")
    lines = "".join(f"Refaire le toit;{cell}\n" for cell in cells)
    reading = Reading(read_document(RawFile("suivi.csv", f"Quoi;Qui\n{lines}".encode())))
    rows = [b for b in reading.document.blocks if b.label.startswith("Refaire")]
    ends = [row.start + reading.slice(row.start, row.end).index("Vernelay") + len("Vernelay") for row in rows]
    known = ByPlace(Mentioned(end - len("Vernelay"), end, "v", "territory") for end in ends)
    makers, began = Unlisted(reading), time.process_time()
    assert ["v" in makers.in_who_cells(row, known, {}) for row in rows] == [False, True, True]
    assert time.process_time() - began < 1
