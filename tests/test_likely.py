"""What is only worded like a proposal or a finding is taken back, what a meeting said stays and more is read of it."""

from __future__ import annotations

import math

import pytest

from ingest import nlp
from ingest.document import RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading
from ingest.extract.said.judged import MEASURES, RULE
from ingest.extract.said.likely import KINDS, NO_RULE, PRIOR, Passage, adapted, model, register
from ingest.extract.said.wording import words_of
from ingest.registry import read_document

TERMS = """# Conditions d'utilisation du service

Les données que vous saisissez sont enregistrées sur nos serveurs pendant douze mois.

Vous devez compléter tous les champs obligatoires avant de valider votre demande.

Le refus de fournir certaines informations pourra limiter votre utilisation du site.

L'utilisateur doit disposer d'une adresse électronique valide pour ouvrir un compte.

Les cookies déposés par nos partenaires permettent de mesurer l'audience des pages.
"""
MINUTES = """# Atelier sur les déplacements

Les habitants constatent que les trottoirs sont trop étroits devant l'école.

Il faudrait ralentir les voitures dans la rue des Tilleuls.

Le dernier bus part à 19 heures, ce qui empêche les jeunes de rester en ville.

On propose d'ouvrir un abri à vélos près de la gare.
"""


def read(text: str) -> Reading:
    document = read_document(RawFile("notes.md", text.encode()))
    return extract(document, nlp.analyse(document))


def passage(text: str, heading: str = "") -> Passage:
    return Passage(text, text[-1:], "sentence", "", False, heading, [0.0] * 300, register([text]))


@pytest.mark.skipif(not nlp.available(), reason="needs the French model")
def test_terms_of_use_hold_fewer_statements_than_they_have_cues() -> None:
    said = [s.text for s in read(TERMS).statements if s.kind in KINDS]
    assert len(said) <= 2, said


@pytest.mark.skipif(not nlp.available(), reason="needs the French model")
def test_what_a_meeting_said_stays() -> None:
    found = {(s.kind, s.text) for s in read(MINUTES).statements}
    assert ("proposal", "Il faudrait ralentir les voitures dans la rue des Tilleuls.") in found
    assert ("proposal", "On propose d'ouvrir un abri à vélos près de la gare.") in found
    assert {t for k, t in found if k == "finding"} == {
        "Les habitants constatent que les trottoirs sont trop étroits devant l'école.",
        "Le dernier bus part à 19 heures, ce qui empêche les jeunes de rester en ville.",
    }


@pytest.mark.skipif(not nlp.available(), reason="needs the French model")
def test_the_meaning_of_words_is_a_vector_of_length_one_and_nothing_where_none_is_known() -> None:
    document = read_document(RawFile("notes.md", b"La commune ouvre une maison pour tous.\n"))
    parse = nlp.analyse(document)[next(b.order for b in document.leaves())]
    assert math.isclose(math.hypot(*parse.meaning(0, 40)), 1, abs_tol=1e-3)
    assert not any(parse.meaning(0, 0))


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_full_of_statements_raises_what_is_doubtful_and_an_empty_one_lowers_it(kind: str) -> None:
    doubtful, of = -1.0, model(kind)
    rich = adapted([doubtful] + [4.0] * 3 * PRIOR, of)
    poor = adapted([doubtful] + [-4.0] * 3 * PRIOR, of)
    alone = adapted([doubtful], of)
    assert poor[0] < alone[0] < rich[0]
    assert adapted([], of) == []


@pytest.mark.parametrize("kind", KINDS)
def test_words_weigh_and_a_passage_without_known_words_has_a_score(kind: str) -> None:
    known, strange = passage("il faudrait un banc devant la mairie"), passage("xyzzy")
    assert math.isfinite(model(kind).score(strange, "cue"))
    assert model(kind).score(known, "cue") != model(kind).score(strange, "cue")


def test_a_reading_of_a_rule_counts_for_more_than_a_clause_that_none_read() -> None:
    said = passage("il faudrait un banc devant la mairie")
    assert model("proposal").score(said, "cue") > model("proposal").score(said, NO_RULE)


# No rule reads these as findings: a wish says the first, and the second is a deed as well.
OBSERVED = """# Atelier sur les commerces

Les commerçants se plaignent depuis des années de la baisse de la fréquentation du centre, et il faudrait en parler.

Nous avons perdu la moitié de nos médecins en dix ans, ce qui inquiète beaucoup les habitants les plus âgés.
"""


@pytest.mark.skipif(not nlp.available(), reason="needs the French model")
def test_what_no_rule_reads_is_read_where_it_is_likely_and_its_span_is_proven() -> None:
    reading = read(OBSERVED)
    added = [s for s in reading.statements if s.at.rule.endswith(f".{RULE}@1")]
    assert added
    for statement in added:
        assert MEASURES[statement.kind].enough <= statement.at.confidence <= 1
        assert reading.slice(statement.at.start, statement.at.end) == statement.text
        same = [s for s in reading.of_kind(statement.kind) if s is not statement]
        assert not any(s.at.start < statement.at.end and statement.at.start < s.at.end for s in same)


@pytest.mark.parametrize("kind", KINDS)
def test_no_name_of_a_person_is_among_the_words_learnt(kind: str) -> None:
    learnt = {word for name in model(kind).weights for word in name.split()[1:]}
    names = words_of("fr", "first_names", "names") | words_of("fr", "common_names", "last")
    assert not learnt & names
