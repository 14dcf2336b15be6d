"""Topics one would browse by: the thesaurus, headings, repeated phrases."""

from __future__ import annotations

import pytest

from graph.text import key
from ingest.document import RawFile
from ingest.extract import themes
from ingest.extract.reading import Reading, Theme
from ingest.extract.topic.phrases import is_idiom, is_topic_like, names_part
from ingest.extract.topic.thesaurus import named_concepts, tokens
from ingest.registry import read_document
from ontology.lexicon import lexicon

NOTES = """# Bien vieillir au pays

Réunion du 3 mai 2024

## L'isolement des aînés

Beaucoup de personnes âgées ne voient personne de la semaine. La solitude pèse l'hiver.

## Se déplacer sans voiture

Le bus ne passe plus. Une navette et du covoiturage aideraient.

## Propositions

- un café itinérant contre l'isolement
- former les bénévoles
"""


def themes_of(text: str, name: str = "notes.md") -> list[Theme]:
    reading = Reading(read_document(RawFile(name, text.encode())))
    themes.run(reading)
    return reading.themes


def test_headings_and_words_of_the_thesaurus_become_themes() -> None:
    labels = {t.label for t in themes_of(NOTES)}
    assert {"isolement", "vieillissement", "mobilité"} <= labels


def test_headings_that_name_parts_of_a_text_are_no_themes() -> None:
    assert not {"propositions", "réunion"} & {key(t.label) for t in themes_of(NOTES)}


@pytest.mark.parametrize(
    ("heading", "language", "part"),
    [
        ("6. Ressources citées", "fr", True),
        ("Liste des participantes et des participants", "fr", True),
        ("Diagnostic", "fr", True),
        ("À lire", "fr", True),
        ("Apologies for absence", "en", True),
        ("Diagnostic énergétique", "fr", False),
        ("Listes électorales", "fr", False),
        ("Lecture publique", "fr", False),
        ("Reading for pleasure", "en", False),
    ],
)
def test_a_heading_that_names_a_part_is_told_from_one_that_names_a_subject(
    heading: str, language: str, part: bool
) -> None:
    assert names_part(heading, language) is part


def test_how_long_after_something_is_no_topic() -> None:
    assert not is_topic_like("grange, six mois après l'ouverture", "fr")
    assert is_topic_like("ouverture de la grange", "fr")


def test_mentions_stand_at_every_place_and_aliases_are_words_of_the_text() -> None:
    [alone] = [t for t in themes_of(NOTES) if t.label == "isolement"]
    said = [NOTES[m.start : m.end].lower() for m in alone.mentions]
    assert len(said) == 3
    assert "solitude" in said
    assert all(alias.lower() in NOTES.lower() for alias in alone.aliases)


def test_a_label_is_the_same_in_every_document() -> None:
    other = "# Le quartier\n\nLes aînés vivent seuls, la solitude gagne. Rompre la solitude est urgent.\n"
    assert "isolement" in {t.label for t in themes_of(other)}


def test_acronyms_count_in_capitals_only() -> None:
    assert [n.concept for n in named_concepts("Il y a plus de places", "fr")] == []
    assert [n.concept for n in named_concepts("Le PLU est révisé", "fr")] == ["urbanisme"]


def test_a_phrase_does_not_cross_punctuation() -> None:
    assert "logement social" not in {n.concept for n in named_concepts("le logement, social ou non", "fr")}


def test_inclusive_writing_is_one_word() -> None:
    assert [t.word for t in tokens("les commerçant.e.s du bourg")] == ["commercant", "bourg"]


def test_the_number_of_themes_grows_slower_than_the_text() -> None:
    assert len(themes_of(NOTES * 40)) <= themes.MOST


def test_broader_themes_are_linked_where_both_are_there() -> None:
    text = (
        "# Mobilité\n\n## Le vélo au quotidien\n\nLa mobilité change. Le vélo progresse, les pistes cyclables aussi.\n"
    )
    found = {t.label: t for t in themes_of(text)}
    assert found["vélo"].broader == [found["mobilité"].id]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_word_of_the_thesaurus_names_two_concepts(language: str) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for concepts in lexicon(language, "thesaurus").values():
        for label, variants in concepts.items():
            for name in (label, *variants):
                words = tuple(t.word for t in tokens(name))
                assert words, name
                assert seen.setdefault(words, label) == label, name


def test_words_of_set_phrases_name_no_topic() -> None:
    assert is_idiom("placés sur un pied d'égalité", 21, 28, "fr")
    assert not is_idiom("l'égalité entre les quartiers", 2, 9, "fr")
    assert is_idiom("Au programme des rencontres à venir", 17, 27, "fr")
    assert not is_idiom("favoriser la rencontre des générations", 13, 22, "fr")


def test_capitals_within_a_sentence_on_two_words_are_a_name_before_a_topic() -> None:
    text = "# Suites\n\nOn verra avec l'équipe du {} comment faire. Une autre fois, on parlera du {} encore.\n"
    assert "légumerie et transformation" not in {t.label for t in themes_of(text.format("Moulin Vert", "Moulin Vert"))}
    assert "légumerie et transformation" in {t.label for t in themes_of(text.format("moulin", "moulin"))}
