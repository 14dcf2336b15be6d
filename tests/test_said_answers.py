"""What answers: verbatims in quotation marks, lists below a question, sticky notes with votes, lines with an arrow."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.pipeline import read_and_extract
from tests.saying import said, texts


@pytest.mark.parametrize(
    "verbatim",
    [
        "« remettre un banc devant le four »",
        "« Aider ceux qui n'ont pas de voiture »",
        "« Plus de bancs à l'ombre »",
        "Haie à tailler.",
        "Ne plus fermer le lavoir l'hiver.",
    ],
)
def test_a_verbatim_without_a_verb_of_its_own_is_a_wish(verbatim: str) -> None:
    assert len(texts(f"# Soirée\n\nLe bal a réuni du monde hier soir.\n\n{verbatim}\n", "proposal")) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Rien à faire le dimanche.",
        "Venir à vélo ne pose pas de problème.",
        "Trouver un lieu qui plaise est difficile.",
        "Les bacs n'ont pas été retenus par le jury.",
        "Les aînés n'ont plus besoin de traverser la route.",
        "Si vous souhaitez passer par le gué, tournez à gauche.",
        "Nous attendons une réponse de la mairie.",
        "Nous attendons des nouvelles du syndicat.",
        "Le maire soutient l'idée de Jean.",
        "Il espère avoir un petit-fils.",
        "Elle reste à voir le film.",
        "Reste à voir le film.",
        "Si on avait su, on serait venus plus tôt.",
    ],
)
def test_what_is_no_wish_though_worded_like_one(sentence: str) -> None:
    assert texts(f"# Soirée\n\n{sentence}\n", "proposal") == []


def test_what_is_listed_below_a_question_that_asks_for_wishes_answers_it() -> None:
    text = (
        "## Quelles améliorations suggérez-vous pour la vie du hameau pendant les longs mois d'hiver ?\n\n"
        "- Une lampe au lavoir\n- Le four ouvert le samedi\n- Le chemin du lavoir est boueux\n"
    )
    assert texts(text, "proposal") == ["Une lampe au lavoir", "Le four ouvert le samedi"]
    assert texts(text, "finding") == ["Le chemin du lavoir est boueux"]


@pytest.mark.parametrize(
    "question", ["Quels sont les dangers du chemin, et que faudrait-il changer ?", "Qui vient au lavoir aujourd'hui ?"]
)
def test_a_question_that_asks_how_things_are_makes_no_wishes_of_its_list(question: str) -> None:
    assert texts(f"## {question}\n\n- Le gué de la Combe\n- La lampe du lavoir\n", "proposal") == []


def test_lines_that_carry_votes_are_sticky_notes_and_do_not_run_together() -> None:
    text = (
        "MUR DU FORUM\n\nSE DÉPLACER\nNavette vers le marché (7 gommettes)\nprêt de vélos au lycée (4)\n"
        "Le gué, trop glissant en hiver (5)\nPonton refait à neuf (2)\n"
    )
    reading = said(text)
    assert [s.text[:10] for s in reading.of_kind("proposal")] == ["Navette ve", "prêt de vé", "Ponton ref"]
    assert [s.text[:10] for s in reading.of_kind("finding")] == ["Le gué, tr"]


def test_wishes_in_a_list_keep_their_relative_clauses() -> None:
    assert texts("## Nos souhaits\n\n- un sol qui ne chauffe pas\n", "proposal") == ["un sol qui ne chauffe pas"]


@pytest.mark.parametrize("mark", [":", "→", "=>"])
def test_the_answer_of_a_body_is_read_behind_whatever_mark_leads_it(mark: str) -> None:
    assert texts(f"# Échanges\n\nProposition de la Ville {mark} fermer le pont aux camions.\n", "proposal")


BALLOT = "Claire Dupont (12 voix)\nHugo Petit (9 voix)\n\nPour (12 voix)\nContre (3 voix)\nAbstentions (2 voix)\n"


@pytest.mark.parametrize("unit", ["voix", "votes", "points", "gommettes"])
def test_what_a_ballot_counts_is_no_wish_and_no_wish_is_made_by_votes_alone(unit: str) -> None:
    assert texts(f"# Élection du bureau\n\n{BALLOT.replace('voix', unit)}", "proposal") == []


def test_stickers_make_wishes_of_the_lines_of_their_section_only() -> None:
    wall = "## Mur\n\n- Une navette (7 gommettes)\n- Une lampe au lavoir (4)\n- Un ponton (2)\n\n"
    text = f"# Forum\n\n{wall}## Matériel\n\n- Deux tables\n- Un vidéoprojecteur\n"
    assert [t[:9] for t in texts(text, "proposal")] == ["Une navet", "Une lampe", "Un ponton"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nous attendons davantage de lampes au lavoir.",
        "Nous attendons que le lavoir soit réparé.",
        "Elle espère pouvoir garder le lavoir ouvert.",
        "Les voisins soutiennent l'idée d'ouvrir le lavoir.",
        "Reste à trouver un local pour l'hiver.",
        "Si on avait une navette le samedi !",
    ],
)
def test_what_is_waited_for_hoped_or_left_to_do_is_a_wish(sentence: str) -> None:
    assert texts(f"# Soirée\n\n{sentence}\n", "proposal") != []


def test_a_fact_that_answers_a_question_for_wishes_is_a_finding_with_a_parse_and_without() -> None:
    asked = "# Soirée\n\n## Que faudrait-il changer au lavoir ?\n\n"
    text = f"{asked}- Le soir le lavoir est trop sombre\n- Une lampe au lavoir\n"
    without = said(text)
    parsed = read_and_extract(RawFile("notes.md", text.encode()))  # by rules alone where there is no model
    for reading in (without, parsed):
        assert [s.text for s in reading.of_kind("proposal")] == ["Une lampe au lavoir"]
        assert [s.text for s in reading.of_kind("finding")] == ["Le soir le lavoir est trop sombre"]
