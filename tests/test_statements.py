"""What is said: questions, proposals, findings and deeds, in several layouts, without the language model."""

from __future__ import annotations

import time

import pytest

from ingest.document import RawFile
from ingest.extract import actions, findings, links, people, proposals, questions, stakeholders
from ingest.extract.reading import Reading, Statement
from ingest.extract.said import action_rows
from ingest.extract.said.modes import Mode, announced
from ingest.extract.said.wording import begins_with_verb, is_infinitive, plain
from ingest.registry import read_document


def said(text: str, name: str = "notes.md") -> Reading:
    """The statements of a text by this concern's rules alone."""
    reading = Reading(read_document(RawFile(name, text.encode())))
    for rule in (people, stakeholders, questions, proposals, findings, actions, links):
        rule.run(reading)
    return reading


def texts(reading: Reading, kind: str) -> list[str]:
    return [reading.slice(s.at.start, s.at.end) for s in reading.of_kind(kind)]


def one(reading: Reading, kind: str, words: str) -> Statement:
    return next(s for s in reading.of_kind(kind) if words in s.text)


# --- questions ------------------------------------------------------------------------------------------------------


def test_questions_in_a_row_are_each_one() -> None:
    assert texts(said("Qui paie ? Et après ? Nous verrons."), "question") == ["Qui paie ?", "Et après ?"]


def test_a_question_in_a_quotation_is_the_quoted_part() -> None:
    assert texts(said("Une habitante demande : « Qui entretient le chemin du lavoir ? »"), "question") == [
        "Qui entretient le chemin du lavoir ?"
    ]


def test_a_heading_may_be_a_question() -> None:
    assert texts(said("## Quelle place pour les aînés ?\n\nTexte."), "question") == ["Quelle place pour les aînés ?"]


def test_a_lone_word_with_a_mark_is_a_doubt() -> None:
    assert texts(said("Le four banal (nom ?) sera visité."), "question") == []


def test_an_address_with_a_mark_is_no_question() -> None:
    assert texts(said("Voir https://agenda.example/?jour=3 pour la suite."), "question") == []


def test_a_question_without_mark_is_seen_by_its_inversion() -> None:
    assert texts(said("- Pourquoi parle-t-on de zone plutôt que de quartier"), "question")


# --- announcements --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("Propositions discutées", Mode.PROPOSALS),
        ("Ce que les familles voudraient", Mode.PROPOSALS),
        ("3) Trois pistes de travail ont été retenues :", Mode.AXES),
        ("Relevé de décisions", Mode.DECISIONS),
        ("Constats", Mode.FINDINGS),
        ("Ce qui coince", Mode.FINDINGS),
        ("Les participants", Mode.SILENT),
        ("Ce qui a déjà été fait", Mode.DONE),
        ("La vie du bourg", Mode.NONE),
    ],
)
def test_a_heading_announces_what_stands_under_it(line: str, mode: Mode) -> None:
    assert announced(line, "fr") is mode


def test_items_of_an_announced_list_need_no_cue() -> None:
    read = said("## Idées\n\n- Un four à pain partagé\n- La salle des fêtes le dimanche\n")
    assert texts(read, "proposal") == ["Un four à pain partagé", "La salle des fêtes le dimanche"]


def test_items_under_findings_are_findings() -> None:
    read = said("## Ce qui bloque\n\n- la halle prend l'eau\n- personne ne tient la buvette\n")
    assert texts(read, "proposal") == []
    assert len(texts(read, "finding")) == 2


def test_a_heading_without_content_hands_its_announcement_on() -> None:
    read = said("# Notes\n\n## Propositions\n\n### Pour la place\n\n- Deux bancs à l'ombre\n")
    assert texts(read, "proposal") == ["Deux bancs à l'ombre"]


def test_a_title_announces_nothing_to_the_whole_document() -> None:
    read = said("# Mur d'idées\n\n## Galères\n\n- le stade est fermé\n\n## Envies\n\n- un préau\n")
    assert texts(read, "proposal") == ["un préau"]


def test_nothing_is_read_from_an_agenda_or_a_list_of_participants() -> None:
    read = said(
        "## Ordre du jour\n\n- Ouvrir la séance\n- Valider le budget\n\n## Texte\n\nLa place est grise et vide.\n"
    )
    assert texts(read, "proposal") == []


def test_axes_are_work_axes() -> None:
    read = said("Deux axes de travail ont été retenus :\n\n- Développer les haltes\n- Soutenir les gares\n")
    assert [s.subkind for s in read.of_kind("proposal")] == ["work_axis", "work_axis"]


def test_a_list_that_goes_on_after_prose_is_of_the_line_that_introduced_it() -> None:
    read = said(
        "## Les axes de travail du bourg\n\nLes familles souhaitent agir à plusieurs endroits :\n\n"
        "- Planter des haies le long du chemin\n\nOn en parle depuis des années dans les hameaux.\n\n"
        "- Curer la mare avec les enfants\n"
    )
    kinds = {s.text: s.subkind for s in read.of_kind("proposal")}
    assert kinds["Planter des haies le long du chemin"] == kinds["Curer la mare avec les enfants"] == "proposal"


# --- cues -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Il faudrait rouvrir la halte avant l'hiver.",
        "Le collège pourrait prêter son gymnase aux clubs.",
        "Nous souhaitons que la navette circule aussi le samedi.",
        "Une enquête sera menée au printemps par le service jeunesse.",
        "On aimerait un endroit pour se poser.",
        "Les riverains demandent la création d'un passage piéton.",
        "La charte reste à écrire avec les usagers.",
        "Arrêtez de tondre les talus en mai !",
        "La mairie va consulter les riverains de la halle.",
        "Les gens vont consulter à 40 km, la mairie ouvrira un cabinet.",
    ],
)
def test_a_cue_makes_a_proposal(sentence: str) -> None:
    assert len(texts(said(sentence), "proposal")) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Les commerçants ont dû fermer pendant trois mois.",
        "La population vieillit et les écoles perdent des classes.",
        "Les loyers pourraient augmenter encore l'an prochain.",
        "Il faut parfois deux heures pour rejoindre la préfecture.",
        "La prochaine réunion aura lieu le 3 juin à la mairie.",
        "L'association a proposé des ateliers tout l'hiver.",
        "Les gens vont consulter à 40 km.",
        "Elle va chercher ses enfants à Morsan tous les soirs.",
        "Personne ne va marcher deux kilomètres.",
        "Il va pleuvoir toute la semaine.",
    ],
)
def test_plain_description_is_no_proposal(sentence: str) -> None:
    assert texts(said(sentence), "proposal") == []


def test_only_the_clause_between_semicolons_is_the_proposal() -> None:
    read = said("La halle prend l'eau depuis deux hivers ; il faudrait refaire la toiture cette année.")
    assert texts(read, "proposal") == ["il faudrait refaire la toiture cette année."]


def test_a_question_may_suggest() -> None:
    read = said("Et si le marché s'installait sous la halle ?")
    assert [s.strength for s in read.of_kind("proposal")] == ["implicit"]


def test_topics_for_the_next_meeting_are_each_a_statement() -> None:
    read = said("Pour la suite, les thématiques de l'eau, du « bien vieillir » et de la forêt se détachent.")
    found = [s.text for s in read.of_kind("proposal") if s.subkind == "topic_for_next_meeting"]
    assert {"eau", "bien vieillir", "forêt"} <= set(found)


@pytest.mark.parametrize(
    "title",
    ["Pour la prochaine réunion", "Reporté à la prochaine fois",
     "Pour le prochain atelier"],
)  # fmt: skip
def test_a_list_under_a_title_that_keeps_it_for_the_next_meeting_is_topics(title: str) -> None:
    read = said(f"# Notes\n\n## {title}\n\n- Choisir le nom de la salle.\n- Le budget de la halle\n", "notes.md")
    kept = [s.text for s in read.of_kind("proposal") if s.subkind == "topic_for_next_meeting"]
    assert kept == ["Choisir le nom de la salle.", "Le budget de la halle"]


def test_nouns_that_end_like_infinitives_are_none() -> None:
    assert not any(is_infinitive(plain(w)) for w in ("atelier", "quartier", "avenir", "territoire", "métier"))
    assert begins_with_verb(plain("Ne pas juste trouver le bon lieu"), "fr")


# --- findings, deeds ------------------------------------------------------------------------------------------------


def test_a_numbered_finding_in_a_heading_is_a_finding() -> None:
    assert texts(said("## Constat n° 2 : une vacance qui s'étend\n\nTexte."), "finding")[0].startswith("Constat n° 2")


@pytest.mark.parametrize(
    ("label", "states"), [("Constat n° 3", 1), ("Constat #3", 1), ("Constat 3", 1), ("Constat", 0)]
)
def test_a_numbered_finding_worded_as_a_question_is_both(label: str, states: int) -> None:
    read = said(f"## {label} : et si la halle restait fermée l'hiver ?\n\nTexte.")
    assert (len(texts(read, "finding")), len(texts(read, "question"))) == (states, 1)


def test_a_deed_is_an_action_and_no_claim() -> None:
    read = said("La commune a installé quarante arceaux devant la gare.")
    assert len(texts(read, "action")) == 1
    assert texts(read, "finding") == []


def test_a_ticked_task_is_done_and_an_open_one_is_a_proposal() -> None:
    read = said("## Actions\n\n- [x] poser les panneaux\n- [ ] écrire au préfet\n")
    assert texts(read, "action") == ["poser les panneaux"]
    assert texts(read, "proposal") == ["écrire au préfet"]


# --- tables, makers -------------------------------------------------------------------------------------------------

TABLE = """## Décisions

| Quoi | Qui | Échéance |
|---|---|---|
| Chiffrer la toiture | Ville de Brécourt | mars |
"""


def test_a_row_of_an_action_table_says_what_who_and_when() -> None:
    read = said(TABLE)
    [made] = read.of_kind("proposal")
    assert (made.text, made.attributes) == ("Chiffrer la toiture", {"who": "Ville de Brécourt", "due": "mars"})


def names(reading: Reading, statement: Statement) -> set[str]:
    return {s.name for s in reading.stakeholders if s.id in statement.made_by}


def test_the_subject_of_a_wish_is_its_maker_and_what_it_is_about_is_not() -> None:
    read = said("La Ville de Brécourt souhaite confier la halle à l'association Terre Ferme.")
    assert names(read, one(read, "proposal", "halle")) == {"Ville de Brécourt"}


def test_a_speaker_makes_what_follows() -> None:
    read = said(
        "Présents : Odette Marlier (maire), Jules Fontanel\n\nOdette Marlier : il faudrait refaire la cale du port."
    )
    assert names(read, one(read, "proposal", "cale")) == {"Odette Marlier"}


def test_a_group_named_in_a_proposal_is_concerned_not_maker() -> None:
    read = said("Il faudrait ouvrir la piscine aux personnes âgées le matin.")
    assert not one(read, "proposal", "piscine").made_by


# --- hostile text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["? " * 20_000, "il faut " * 10_000, "(« " * 8_000, "a ; " * 20_000, "les " * 20_000 + "?"]
)
def test_pathological_punctuation_costs_bounded_time(text: str) -> None:
    began = time.process_time()
    said(text)
    assert time.process_time() - began < 10


def test_column_names_are_known_in_both_languages() -> None:
    assert action_rows.column_kind("By when", "en") == "when"
    assert action_rows.column_kind("Qui pilote ?", "fr") == "who"
