"""What ties statements to subjects, groups, questions and works, and what only looks so."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading, Statement
from ingest.fragment import ImportMeta, to_fragment
from ingest.recognise import read_document


def read(text: str, name: str = "notes.md") -> Reading:
    return extract(read_document(RawFile(name, text.encode())))


def the_one(reading: Reading, words: str) -> Statement:
    found = [s for s in reading.statements if words in s.text]
    assert found, f"no statement says {words}"
    return found[0]


def names(reading: Reading, ids: list[str]) -> set[str]:
    known = reading.by_id()
    return {str(getattr(known[i], "name", None) or getattr(known[i], "label", None)) for i in ids}


def cited(text: str) -> set[str]:
    reading = read(text)
    known = reading.by_id()
    return {str(getattr(known[r.target], "title", "")) for r in reading.relations if r.type == "cites"}


# --- cites ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["@maelle", "Maëlle Kerdavid"])
def test_the_profile_of_a_member_is_no_citation(who: str) -> None:
    text = (
        "# Compte rendu\n\nPrésents : Maëlle Kerdavid, Yves Corbin\n\n## Propositions\n\n- Il faudrait que "
        f"[{who}](https://atelier.example/membres/maelle) présente le budget aux nouveaux adhérents.\n"
    )
    assert cited(text) == set()


def test_a_line_of_a_reading_list_does_not_cite_itself() -> None:
    line = "- « Rouvrir les lavoirs », cahier n° 2 de l'Observatoire des sources, 2021\n"
    assert cited(f"# Propositions\n\n- Il faudrait curer le lavoir.\n\n## Pour aller plus loin\n\n{line}") == set()


# --- concerns -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Il faudrait ouvrir la salle aux voisins.", {"voisins"}),
        ("Il faudrait organiser une fête des voisins.", set()),
        ("Il faudrait ouvrir la salle aux lycéens, sans les parents.", {"lycéens"}),
        ("Il faudrait discuter de la place des habitants.", {"habitants"}),
        ("Il faudrait étendre le service aux communes.", {"communes"}),
        ("Il faudrait installer des bornes dans les grandes villes.", set()),
    ],
)
def test_places_circumstances_and_names_of_days_are_no_group_concerned(sentence: str, found: set[str]) -> None:
    reading = read(f"# Propositions\n\n- {sentence}\n")
    assert names(reading, the_one(reading, "Il faudrait").concerns) == found


def test_who_asks_is_not_concerned() -> None:
    reading = read("# Échanges\n\nUne habitante : Quand rouvrira la piscine ?\n")
    assert not the_one(reading, "piscine").concerns
    reading = read("# Échanges\n\nLe logement des jeunes : faut-il préempter des maisons ?\n")
    assert names(reading, the_one(reading, "préempter").concerns) == {"jeunes"}


# --- responds to ----------------------------------------------------------------------------------------------------


def test_who_speaks_next_answers_and_nobody_after_another_question() -> None:
    text = (
        "# Échanges\n\nUne habitante : Pourquoi la piscine ferme-t-elle en août ?\n\n"
        "R. Pons : La chaudière est en panne depuis un an.\n\n"
        "Un parent : Est-ce que le car du soir sera maintenu ?\n\n"
        "R. Pons : Le budget du car est voté jusqu'en juin.\n\n"
        "S. Arly : Les haies du canal sont mal entretenues.\n"
    )
    reading = read(text)
    known = reading.by_id()

    def asked(words: str) -> list[str]:
        return [str(getattr(known[q], "text", "")) for q in the_one(reading, words).responds_to]

    assert "piscine" in asked("chaudière")[0]
    assert "car du soir" in asked("budget du car")[0]
    assert asked("haies") == []


# --- about ----------------------------------------------------------------------------------------------------------


def themes_of(text: str, words: str) -> set[str]:
    reading = read(text)
    return names(reading, the_one(reading, words).themes)


def test_a_heading_that_names_a_part_gives_no_subject() -> None:
    text = "# Les vergers\n\n## Diagnostic\n\n- La moitié des pommiers ont plus de cinquante ans.\n"
    assert not themes_of(text, "pommiers") & {"diagnostic", "action publique"}


@pytest.mark.parametrize(
    ("sentence", "theme"),
    [
        ("Il faudrait aménager une aire avec sanitaires et point d'eau.", "santé"),
        ("Il faudrait remplacer la remise des prix par un goûter.", "pouvoir d'achat"),
        ("Il faudrait aider les artisans qui s'installent rue du Moulin.", "mobilité"),
        ("Il faudrait publier les actes des Rencontres de la Vallée.", "lien social"),
        ("Il faudrait refaire à moindre coût la salle.", "financement"),
    ],
)
def test_words_that_stand_for_something_else_name_no_subject(sentence: str, theme: str) -> None:
    assert theme not in themes_of(f"# Propositions\n\n- {sentence}\n", "Il faudrait")


def test_a_word_in_passing_of_a_long_heading_hands_no_subject_down() -> None:
    text = (
        "# Terres\n\n## Maîtrise du foncier par les élus et les services\n\n- Il faut geler les prix.\n\n"
        "## Les élus\n\n- Les élus manquent de temps.\n- Il faudrait un statut.\n"
    )
    assert "élus" not in themes_of(text, "geler")


# --- made by --------------------------------------------------------------------------------------------------------


def test_a_subject_is_no_short_name_of_a_ministry() -> None:
    text = (
        "# Débat\n\n**Éducation** :\n\n- Il faut revoir les budgets de l'éducation nationale et l'éducation au goût.\n"
        "- Il faut un forum de l'orientation.\n"
    )
    reading = read(text)
    assert names(reading, the_one(reading, "forum").made_by) == set()


def test_a_place_within_the_name_of_a_body_does_not_make_what_its_row_says() -> None:
    text = (
        "# Actions\n\n| Action | Qui | Quand |\n|---|---|---|\n"
        "| Recenser les vitrines vides | Union des commerçants de Nantes | juin |\n"
    )
    reading = read(text)
    assert names(reading, the_one(reading, "vitrines").made_by) == {"Union des commerçants de Nantes"}


def test_those_who_were_asked_make_no_decision() -> None:
    text = "# Décisions\n\n- Les artisans ont été sondés : 62 réponses.\n- Les artisans envoient leurs devis.\n"
    assert the_one(read(text), "sondés").made_by == []


# --- related --------------------------------------------------------------------------------------------------------

MAP = """<map version="1.0.1"><node ID="r" TEXT="Vallée">
<node ID="a" TEXT="Transports">
<node ID="a1" TEXT="Navette du marché avec les retraités"><arrowlink DESTINATION="b1"/></node></node>
<node ID="b" TEXT="Vélo"><node ID="b1" TEXT="Vélo"/></node></node></map>"""


def test_an_arrow_of_a_map_ties_what_its_topics_became_never_a_theme_that_they_only_name() -> None:
    fragment = to_fragment(read(MAP, "carte.mm"), ImportMeta())
    arrow = [r for r in fragment.relations if r.type == "related" and "map." in r.evidence[0].rule]
    themes = {n.id for n in fragment.nodes if n.kind == "theme" and n.label != "vélo"}
    assert arrow
    assert not any({r.from_id, r.to_id} & themes for r in arrow)
