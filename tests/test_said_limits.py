"""Where the rules of who says what, of what is done and of what is a title stop: what looks like them and is none."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading
from ingest.extract.said.quotations import MAX_OPEN, Quotations
from ingest.registry import read_document


def read(text: str) -> Reading:
    return extract(read_document(RawFile("notes.txt", text.encode())))


def proposals_of(reading: Reading) -> list[str]:
    return [" ".join(s.text.split()) for s in reading.of_kind("proposal")]


def makers_of(reading: Reading) -> list[str]:
    """Who makes the one proposal."""
    (told,) = reading.of_kind("proposal")
    names = {s.id: s.name for s in reading.stakeholders}
    return [names[i] for i in told.made_by]


def themes_of(reading: Reading, part: str) -> list[str]:
    labels = {t.id: t.label for t in reading.themes}
    (told,) = (s for s in reading.of_kind("proposal") if part in s.text)
    return [labels[i] for i in told.themes]


def test_another_paragraph_is_what_a_proposal_is_about_only_where_it_points_back() -> None:
    text = (
        "Notes de mai\n\nLes dépôts sauvages continuent derrière la halle. Les dépôts sauvages gênent.\n\n"
        "Il faudrait {} avant juin.\n"
    )
    assert "dépôts sauvages" in themes_of(read(text.format("les ramasser")), "avant juin")
    assert "dépôts sauvages" not in themes_of(read(text.format("un abri")), "avant juin")


@pytest.mark.parametrize(
    "head",
    [
        "Contribution du Conseil de développement du Pays de Montbrun attendue en juin.",
        "Auteur : Conseil de développement du Pays de Montbrun\n\nPrésents : Odile Fauvergne, Karim Bessonnat",
        "Compte rendu de la réunion\n\nRédigé par le Conseil de développement du Pays de Montbrun",
    ],
)
def test_we_is_not_the_body_that_is_only_waited_for_nor_the_one_that_took_the_notes(head: str) -> None:
    text = f"Les sentiers du pays\n\n{head}\n\nNous demandons de rouvrir nos sentiers de halage.\n"
    assert makers_of(read(text)) == []


@pytest.mark.parametrize(
    "line",
    ["- Fixe le regard, il attend.", "Autorise les vélos depuis 2019, la rue reste calme.", "- Fixe la date, Paul."],
)
def test_a_verb_without_subject_decides_nothing_where_no_body_heads_its_list(line: str) -> None:
    text = f"La rue du port est calme.\n\nOn a vu ceci :\n\n{line}\n"
    assert proposals_of(read(text)) == []


def test_a_verb_in_capitals_or_under_its_body_decides() -> None:
    text = "Le comité syndical :\n\n- fixe le loyer de la halle à 300 €\n"
    assert proposals_of(read(text)) == ["fixe le loyer de la halle à 300 €"]
    assert proposals_of(read("La halle est louée.\n\nFIXE le loyer de la halle à 300 €.\n"))


@pytest.mark.parametrize(
    "text",
    [
        "Le marché reviendra si la réfection du toit est terminée.",
        "La pose d'un banc est utile quand la route est réalisée.",
        "On rouvre une fois que les travaux de la halle sont achevés.",
        "L'extension que la mairie voulait quand la salle est terminée attendra.",
    ],
)
def test_works_that_something_waits_for_are_not_done(text: str) -> None:
    assert read(text).of_kind("action") == []


def test_works_that_are_finished_are_done() -> None:
    assert [a.text for a in read("La réfection du toit est terminée.").of_kind("action")]


def test_the_first_line_of_a_text_that_asks_for_something_is_no_title() -> None:
    text = (
        "La mairie propose de créer une maison des jeunes dans l'ancienne école du bourg et d'y ouvrir un atelier\n\n"
        "Le local est vide.\n"
    )
    assert len(proposals_of(read(text))) == 1


def test_a_sign_of_inches_opens_no_quotation() -> None:
    text = 'Karim Bessonnat explique que le tuyau de 12" fuit. Le pré est trempé. Il faudrait drainer le pré.'
    assert Quotations(text).open_at(len(text)) == -1
    quoted = 'Karim Bessonnat explique : "Le marché se meurt. Il faudrait avancer son heure.'
    assert Quotations(quoted).open_at(len(quoted)) == quoted.index('"')


def test_a_quotation_is_looked_for_in_one_pass_and_not_for_ever() -> None:
    text = "Odile dit : « Oui. " + "Le marché se vide. " * 200
    asked = Quotations(text)
    assert len(asked.marks) == 1
    assert asked.open_at(MAX_OPEN) == text.index("«")
    assert asked.open_at(len(text)) == -1


@pytest.mark.parametrize(
    "line",
    [
        "[plan]: <plan du lavoir.pdf>",
        "[plan]: docs/ouvrir-le-lavoir.pdf",
        "[plan]: https://lavoir.example/ouvrir 'Il faudrait ouvrir'",
        "[^2]: il faudrait lire le rapport du lavoir.",
        "[2]: il faudrait lire le rapport du lavoir.",
    ],
)
def test_where_a_link_or_a_note_leads_wants_nothing(line: str) -> None:
    assert proposals_of(read(line)) == []


def test_a_name_in_square_brackets_says_who_speaks() -> None:
    assert proposals_of(read("[Léa]: il faudrait ouvrir le gymnase le soir.")) != []
