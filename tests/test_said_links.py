"""What links a statement to a theme, to a question: with what shows it, and where it goes too far."""

from __future__ import annotations

import pytest

from graph.model import Relation
from ingest.document import RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading, Statement
from ingest.fragment import ImportMeta, to_fragment
from ingest.registry import read_document


def read(text: str) -> Reading:
    return extract(read_document(RawFile("notes.md", text.encode())))


def told(reading: Reading, part: str) -> Statement:
    found = [s for s in reading.statements if s.kind != "question" and part in s.text]
    assert len(found) == 1, [s.text for s in reading.statements]
    return found[0]


def about(reading: Reading, statement: str) -> list[Relation]:
    fragment = to_fragment(reading, ImportMeta())
    ids = {n.id for n in fragment.nodes if statement in n.label}
    assert ids, [n.label for n in fragment.nodes]
    return [r for r in fragment.relations if r.type == "about" and r.from_id in ids]


SHEDS = """# Assemblée du quartier des Ormeaux

## Le compostage

- Il faut doubler la fréquence des passages
- Il faut acheter un bac de compostage fermé

## Les vergers

- Il faut former douze tailleurs
"""


def test_a_theme_of_the_heading_is_shown_by_the_heading_and_less_sure_than_one_of_the_statement() -> None:
    reading = read(SHEDS)
    (above,) = about(reading, "doubler la fréquence")
    (own,) = about(reading, "un bac de compostage")
    assert [e.quote for e in above.evidence] == ["Le compostage", "Il faut doubler la fréquence des passages"]
    assert {e.confidence for e in above.evidence} == {0.6}
    assert [(e.quote, e.confidence) for e in own.evidence] == [("Il faut acheter un bac de compostage fermé", 0.85)]


def test_a_word_that_says_little_alone_names_a_theme_less_surely() -> None:
    text = "# Le bourg\n\n## Le lien social\n\n- Il faut un lieu de rencontre\n"
    text += "\n## La salle\n\n- Il faut que les rencontres durent\n"
    reading = read(text)
    assert {s.confidence for s in told(reading, "lieu de rencontre").named_in.values()} == {0.85}
    assert {s.confidence for s in told(reading, "rencontres durent").named_in.values()} == {0.7}


def test_what_only_the_title_names_is_no_theme_of_all_that_follows() -> None:
    text = "# Balade et randonnée du 4 mai\n\n## Le matin\n\n- Il faut planter douze tilleuls\n\n{}"
    assert not told(read(text.format("")), "tilleuls").themes
    again = read(text.format("## Le soir\n\n- Il faut baliser la randonnée\n"))
    assert {s.confidence for s in told(again, "tilleuls").named_in.values()} == {0.35}


REPORT = """# Quelle place pour la pêche au bourg ?

Présents : Odile Fauvergne (mairie), Karim Bessonnat (Amis du lavoir)

## Échanges

Le chantier a manqué de bénévoles cet été.

Karim Bessonnat propose de rouvrir le ponton.
"""


def test_under_the_title_of_a_report_only_what_somebody_proposes_answers_its_question() -> None:
    reading = read(REPORT.replace("## Échanges\n", "") + "\n## Suites\n\nRien.\n")
    assert len(told(reading, "rouvrir le ponton").responds_to) == 1
    assert not told(reading, "manqué de bénévoles").responds_to


def test_a_question_that_heads_its_own_list_is_answered_by_it() -> None:
    reading = read("# Que faire du ponton ?\n\n- Il faut le rouvrir\n- Il faut poser une échelle\n")
    assert len(told(reading, "poser une échelle").responds_to) == 1


def test_the_subject_line_of_a_report_asks_nothing() -> None:
    text = "# Compte rendu du 4 mai\n\n## {}Création d'un marché ?\n\n- Il faut poser une échelle\n"
    assert len(told(read(text.format("")), "échelle").responds_to) == 1
    assert not told(read(text.format("Objet : ")), "échelle").responds_to


EXCHANGE = """# Réunion publique

## Les questions

Q1 – Pourquoi fermer le ponton ?

R – Il faut changer douze planches.

Q2 – Une riveraine demande des bancs.

R – Il faut un devis pour les bancs.

Q3 – M. Aubrac attend un permis. Que prévoit la mairie ?

R – Il faut un dossier complet.
"""


@pytest.mark.parametrize(
    ("answer", "asked"),
    [("douze planches", ["Pourquoi fermer"]), ("un devis", []), ("dossier complet", ["Que prévoit"])],
)
def test_an_answer_belongs_to_the_numbered_question_just_before_it(answer: str, asked: list[str]) -> None:
    reading = read(EXCHANGE)
    questions = {q.id: q.text for q in reading.of_kind("question")}
    found = [questions[i] for i in told(reading, answer).responds_to]
    assert len(found) == len(asked)
    assert all(a in f for a, f in zip(asked, found, strict=True))
