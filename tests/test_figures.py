"""Numbers that count or measure, and those that do not."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import figures
from ingest.extract.reading import Figure, Reading
from ingest.registry import read_document


def figures_of(text: str, name: str = "notes.txt") -> list[Figure]:
    reading = Reading(read_document(RawFile(name, text.encode())))
    figures.run(reading)
    return reading.figures


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("La régie compte 1 200 foyers raccordés.", "1 200"),
        ("Environ trois habitants sur quatre s'y rendent à pied.", "Environ trois habitants sur quatre"),
        ("La moitié des commerces ont fermé.", "La moitié"),
        ("Près de la moitié logent ailleurs.", "Près de la moitié"),
        ("Les prix ont pris + 23 % cette fois-ci.", "+ 23 %"),
        ("Une dizaine de familles attendent.", "Une dizaine"),
        ("Il faudrait 1,2 million d'euros pour la halle.", "1,2 million d'euros"),
        ("La cuisine sert neuf écoles.", "neuf"),
        ("Il y a sept mois d'attente au centre.", "sept mois"),
        ("La régie est fermée depuis deux ans.", "deux ans"),
        ("La durée de la convention est de deux ans renouvelables.", "deux ans"),
        ("Éteindre six heures par nuit coûterait moins.", "six heures"),
        ("Ce sont 1500 habitant·es qui en profitent.", "1500"),
        ("Le trajet dure une heure et demie.", "une heure et demie"),
        ("Comptez 1h15 en train.", "1h15"),
        ("Envoyer les pièces dix jours avant le comité.", "dix jours"),
        ("Les travaux sont estimés à 885 636.60 € hors taxes.", "885 636.60 €"),
        ("Une équipe de 3 à 4 salariés suffit.", "3 à 4"),
        ("Entre 20 et 30 personnes viennent chaque semaine.", "20 et 30"),
        ("Le canton compte 2 EPCI.", "2"),
        ("Nombre d'habitants à l'atelier : 11", "11"),
        ("- 45 utilisent leur vélo", "45"),
        ("On compte 0,9 personne par voiture.", "0,9"),
        ("Deux voitures sur trois roulent à vide.", "Deux voitures sur trois"),
    ],
)
def test_counts_shares_amounts_and_durations_are_figures(sentence: str, value: str) -> None:
    assert [f.value for f in figures_of(sentence)] == [value]


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("La fréquentation est passée de 310 à 240.", ["310", "240"]),
        ("Le car est tombé de six à trois allers-retours.", ["six", "trois"]),
        ("On a compté 60 logements en 2015, 85 en 2020.", ["60", "85"]),
        ("Une aide de 2,5 millions d'euros sur 4 ans.", ["2,5 millions d'euros", "4 ans"]),
        ("Une salle de 75 m² + 30 m² de réserve.", ["75 m²", "30 m²"]),
        ("18 habitants répartis sur 2 tables ont parlé.", ["18"]),
    ],
)
def test_numbers_that_a_sentence_compares_are_apart(sentence: str, values: list[str]) -> None:
    assert [f.value for f in figures_of(sentence)] == values


def test_columns_that_count_give_the_figures_of_their_rows() -> None:
    table = "| n° | quoi | budget |\n|---|---|---|\n| 1 | Peindre les bancs | 4 000 |\n| 2 | Semer | **7 500** |\n"
    assert [f.value for f in figures_of(table, "plan.md")] == ["4 000", "7 500"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Réunion du 12 mars 2024 de 14 h à 17 h 30.",
        "Mairie, 14 rue des Tanneurs, 35400 Valmorte, 02 99 00 11 22.",
        "Trois pistes de travail ont été retenues.",
        "L'accueil des jeunes de 16 à 25 ans pose question.",
        "La rue est limitée à 30 km/h.",
        "Atelier 2 : la halle, table 4.",
        "La motion est adoptée par 12 voix pour et 3 contre.",
        "Il y a dix ans, rien n'avait changé.",
        "De 2015 à 2020 les prix ont grimpé.",
        "Marthe, 81 ans : « je viendrais bien ».",
        "Le département 05 a répondu.",
        "Rendez-vous à 14h30 devant la halle.",
        "La loi de 1901 et la COVID-19 ont été citées.",
        "Le 63 souvent en panne.",
        "Au 12 présent mois, la halle ferme.",
        "Il reste 3 client.",
        "Rendez-vous au 12 RDC, porte gauche.",
    ],
)
def test_dates_addresses_ages_speeds_labels_and_votes_are_none(sentence: str) -> None:
    assert figures_of(sentence) == []


def test_a_boxed_figure_takes_the_lines_after_it() -> None:
    [figure] = figures_of(
        "Un bilan en demi-teinte\n\n41 %\n\nde logements vacants dans le bourg\n\nLa suite du texte est ici.\n"
    )
    assert figure.value == "41 %"
    assert figure.statement == "de logements vacants dans le bourg"


def test_the_source_and_the_year_are_read() -> None:
    [figure] = figures_of("On compte 5,8 généralistes pour 10 000 habitants (Observatoire, 2020).")
    assert (figure.value, figure.source, figure.year) == ("5,8", "Observatoire", "2020")


def test_the_span_covers_value_and_statement() -> None:
    text = "Nous avons reçu 210 foyers en 2023, surtout des saisonniers."
    [figure] = figures_of(text)
    assert text[figure.at.start : figure.at.end].startswith("210 foyers")


def test_a_long_line_of_digits_is_read_in_bounded_time() -> None:
    assert isinstance(figures_of("1 " * 20_000), list)
    assert isinstance(figures_of("deux " * 5_000 + "sur trois"), list)


def test_a_number_too_long_to_be_read_is_no_share_and_harms_no_other() -> None:
    text = f"{'1' * 5_000} associations sur 10. Une association compte 210 adhérents."
    assert "210" in {figure.value for figure in figures_of(text)}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Le car prend 9 voyageurs par jour, contre 6 en 2020.", "Le car prend 9 voyageurs par jour, contre 6 en 2020"),
        ("Le bourg a regagné trois étals ; huit restent vides.", "Le bourg a regagné trois étals ; huit restent vides"),
        ("La part du bio atteint 17 % au printemps 2025.", "La part du bio atteint 17 % au printemps 2025"),
        ("La cuisine sert neuf écoles.", "écoles"),
        ("Le bourg compte 31 % de retraités en 2020.", "de retraités en 2020"),
    ],
)
def test_a_figure_before_a_verb_or_a_time_says_what_its_sentence_says(sentence: str, said: str) -> None:
    assert figures_of(f"Notes du bourg\n\n{sentence}\n")[-1].statement == said


@pytest.mark.parametrize(
    "sentence",
    [
        "On voit deux grandes difficultés dans le quartier.",
        "Le budget repose sur trois sources de revenus.",
        "Il reste 3 façons d'agir : écrire, appeler, attendre.",
        "Votants : 17",
        "8° De fixer les tarifs de la cantine",
        "Un accueil pour le public 11-25 ans est ouvert.",
        "Voir les fiches actions 21 à 23 du plan.",
    ],
)
def test_parts_of_what_is_told_ballots_and_numbered_lists_are_no_figures(sentence: str) -> None:
    assert figures_of(sentence) == []


def test_a_list_that_is_announced_counts_things_of_the_territory() -> None:
    assert [f.value for f in figures_of("La commune compte 3 écoles : le bourg, la gare et les prés.")] == ["3"]


def test_a_figure_above_an_empty_quote_is_read() -> None:
    assert [f.value for f in figures_of("Chiffres du bourg\n\n62 %\n\n>\n", "notes.md")] == ["62 %"]
