"""Links and works named as references."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import resources
from ingest.extract.reading import Reading, Resource
from ingest.registry import read_document


def resources_of(text: str, name: str = "notes.md") -> list[Resource]:
    reading = Reading(read_document(RawFile(name, text.encode())))
    resources.run(reading)
    return reading.resources


def test_a_markdown_link_gives_its_words_as_title() -> None:
    [found] = resources_of("À lire : [Bilan des cantines, 2023](https://cantines.example/bilan).")
    assert (found.title, found.url) == ("Bilan des cantines, 2023", "https://cantines.example/bilan")


def test_the_title_author_and_year_before_an_address_are_read() -> None:
    [found] = resources_of(
        "Pour en savoir plus : « Portrait du canton », Observatoire, 2020, https://canton.example/p\n", "n.txt"
    )
    assert (found.title, found.author, found.date) == ("Portrait du canton", "Observatoire", "2020")


def test_the_title_may_stand_on_the_line_above() -> None:
    [found] = resources_of("Réserve des voisins, le site de la ville\nhttps://voisins.example/reserve\n", "n.txt")
    assert found.title == "Réserve des voisins, le site de la ville"


@pytest.mark.parametrize("title", ["[Entretien] Les haies du canton", "(Re)planter les haies"])
def test_a_bracket_that_closes_inside_a_title_stays(title: str) -> None:
    [found] = resources_of(f"- {title}\n<https://haies.example/lire>\n\nFin.\n", "n.txt")
    assert found.title == title


def test_a_title_set_in_brackets_whole_has_none() -> None:
    [found] = resources_of("[Les haies du canton] : https://haies.example/lire\n", "n.txt")
    assert found.title == "Les haies du canton"


@pytest.mark.parametrize("site", ["www.moins-jeter.example/guide", "moinsjeter-ternoy.fr"])
def test_bare_addresses_of_sites_are_links(site: str) -> None:
    assert [r.url for r in resources_of(f"Le guide est en ligne sur {site}.")] == [site]


@pytest.mark.parametrize(
    "text",
    [
        "Écrire à contact@ville.fr",
        "Les élus.es et professionnel.le.s",
        "La salle :\n\n![photo](salle.jpg)",
        "fichier rapport.pdf",
    ],
)
def test_mail_inclusive_writing_and_images_are_none(text: str) -> None:
    assert resources_of(text) == []


def test_one_address_gives_one_resource() -> None:
    assert len(resources_of("https://a.example/x puis encore https://a.example/x/")) == 1


def test_a_work_in_quotation_marks_with_its_author_and_year_is_a_resource() -> None:
    [found] = resources_of("Voir le rapport « Carnet de la rivière » (Syndicat mixte, 2021) pour la suite.")
    assert (found.title, found.url, found.date) == ("Carnet de la rivière", None, "2021")


def test_the_items_of_a_list_of_readings_are_resources_without_an_address() -> None:
    listed = "1. Guide du jardin partagé\n2. Portrait du canton, ORS, 2022\n3. Merci à tous\n"
    assert [(r.title, r.date) for r in resources_of(f"## Pour aller plus loin\n\n{listed}")] == [
        ("Guide du jardin partagé", None),
        ("Portrait du canton", "2022"),
    ]


@pytest.mark.parametrize("text", ["Merci à *toute la troupe* pour 2020.", "Le *plan vélo*, voté en 2020, avance."])
def test_words_in_italics_without_a_year_of_publication_are_none(text: str) -> None:
    assert resources_of(text) == []


def test_a_title_in_italics_with_its_year_and_one_with_its_publisher_are_resources() -> None:
    found = resources_of(
        "Docs : Rezo, *La ville à pied*, 2020.\n\nLe livre « Habiter la friche » (éd. du Talus, 2021)."
    )
    assert [(r.title, r.date) for r in found] == [("La ville à pied", "2020"), ("Habiter la friche", "2021")]


def test_a_page_named_by_its_place_in_a_site_is_a_resource() -> None:
    [found] = resources_of("Voir [la fiche du covoiturage](/ressources/covoit.html).")
    assert (found.title, found.url) == ("la fiche du covoiturage", "/ressources/covoit.html")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Créez un compte gratuit sur jardins.example.org", "jardins.example.org"),
        ("Nous avons ouvert un site pour tous les voisins du bourg : www.bourg.example", "www.bourg.example"),
        ("- Groupe des voisins : [voisins.example.org](https://voisins.example.org/accueil)", "Groupe des voisins"),
        ("Voir [bourg.example.org](https://bourg.example.org/plan)", "bourg.example.org"),
    ],
)
def test_a_sentence_that_runs_into_an_address_is_not_its_title(line: str, title: str) -> None:
    [found] = resources_of(f"{line}\n", "n.md")
    assert found.title == title
    assert str(found.url).startswith("https://") or "/" not in str(found.url)
