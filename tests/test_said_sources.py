"""Whom statements come from when their own sentence does not say it, and what only looks like a statement."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading
from ingest.registry import read_document


def read(text: str, name: str = "notes.md") -> Reading:
    return extract(read_document(RawFile(name, text.encode())))


def makers_of(reading: Reading, part: str) -> list[str]:
    names = {s.id: s.name for s in reading.stakeholders}
    told = [s for s in reading.of_kind("proposal") if part in " ".join(s.text.split())]
    assert len(told) == 1, [s.text for s in reading.of_kind("proposal")]
    return [names[i] for i in told[0].made_by]


PRESENT = "Présents : Odile Fauvergne (mairie de Rocquemaure), Karim Bessonnat (Amis du lavoir)\n\n"


@pytest.mark.parametrize(
    ("text", "part", "maker"),
    [
        (
            "Odile Fauvergne explique que le lavoir fuit. Il faudrait aussi refaire le toit avant l'hiver.",
            "refaire le toit",
            "Odile Fauvergne",
        ),
        (
            "Karim Bessonnat regrette que le sentier soit fermé ; il propose une visite avec les agents.",
            "propose une visite",
            "Karim Bessonnat",
        ),
        (
            "Karim Bessonnat rappelle l'histoire du lavoir.\n\n« On pourrait ouvrir la cour le samedi », ajoute-t-il.",
            "ouvrir la cour",
            "Karim Bessonnat",
        ),
        ("## Demandes de Karim Bessonnat\n\n- Réparer la vanne du bief", "Réparer la vanne", "Karim Bessonnat"),
        (
            "Réponse d'Odile Fauvergne : la vanne sera réparée en mars.",
            "sera réparée",
            "Odile Fauvergne",
        ),
        (
            "Odile Fauvergne, adjointe au patrimoine, a visité le site.\n\n"
            "« Nous devons consulter les riverains », renchérit l'adjointe.",
            "consulter les riverains",
            "Odile Fauvergne",
        ),
        (
            "Q2 – Et la vanne ?\n\nR – (O. F.) La vanne sera réparée en mars.",
            "sera réparée",
            "Odile Fauvergne",
        ),
        ("## Propositions\n\n- Réparer la vanne du bief (porteur : Karim Bessonnat)", "Réparer", "Karim Bessonnat"),
        ("Karim souhaite que la cour ouvre le samedi.", "ouvre le samedi", "Karim Bessonnat"),
    ],
)
def test_a_statement_comes_from_whoever_speaks_around_it(text: str, part: str, maker: str) -> None:
    assert makers_of(read(PRESENT + text), part) == [maker]


def test_a_decision_of_all_does_not_come_from_whoever_spoke_last() -> None:
    text = "Karim Bessonnat présente les devis. Il est décidé de retenir le moins cher pour la toiture."
    assert makers_of(read(PRESENT + text), "retenir le moins cher") == []


def test_a_quotation_is_the_statement_without_the_words_that_say_who_speaks() -> None:
    reading = read("« On pourrait ouvrir la cour le samedi », suggère une voisine.")
    assert [s.text for s in reading.of_kind("proposal")] == ["On pourrait ouvrir la cour le samedi"]


def test_a_label_that_says_what_is_wanted_makes_proposals_of_what_follows() -> None:
    reading = read("Ce qu'on demande : rallumer les lampes du quai ; une benne une fois par mois.")
    assert len(reading.of_kind("proposal")) == 2
    reading = read("Ce qu'on a vu : cinq lampes éteintes sur le quai ; aucun banc à l'ombre du mail.")
    assert (len(reading.of_kind("finding")), len(reading.of_kind("proposal"))) == (2, 0)


def test_first_names_that_end_like_infinitives_are_no_tasks() -> None:
    assert not read("- Didier Marchenoir\n- Alexandre Tourvieille\n- Trésorier : Xavier Plantevin").of_kind("proposal")


def test_votes_in_a_table_and_ages_beside_a_name_are_no_figures() -> None:
    reading = read("| Idée | Voix |\n|---|---|\n| un four commun | 14 |\n| une halle couverte | 11 |\n")
    assert not reading.figures
    assert not read("« On attend le car », dit Lina Corbière, 62 ans, au marché.").figures
    assert [f.value for f in read("Les élèves attendent quarante minutes devant le portail.").figures] == [
        "quarante minutes"
    ]


def test_a_complaint_about_a_deed_is_a_finding() -> None:
    reading = read("Karim Bessonnat dénonce la réunion que la mairie a organisée sans les riverains.")
    assert (len(reading.of_kind("finding")), len(reading.of_kind("action"))) == (1, 0)


def test_a_decision_comes_from_the_one_body_of_the_title() -> None:
    text = "# Conseil de quartier des Vignettes\n\nLe lavoir fuit. Il est décidé de refaire le toit.\n"
    assert makers_of(read(text), "refaire le toit") == ["Conseil de quartier des Vignettes"]
    two = "# Amis du lavoir et Amis du moulin\n\nLe lavoir fuit. Il est décidé de refaire le toit.\n"
    assert makers_of(read(two), "refaire le toit") == []


@pytest.mark.parametrize(
    ("title", "told", "maker"),
    [
        ("Réunion du collectif Vent d'Est", "Il est décidé de refaire le toit.", ["collectif Vent d'Est"]),
        (
            "Séance du 3 mai 2021 du conseil municipal de Nantes",
            "Il est décidé de refaire le toit.",
            ["conseil municipal de Nantes"],
        ),
        ("Réunion publique à la Maison de quartier des Vignettes", "Il est décidé de refaire le toit.", []),
        ("Visite de la ressourcerie du Val Moussu", "Il est décidé de refaire le toit.", []),
        ("Rencontre avec la Région Bretagne", "Il est décidé de refaire le toit.", []),
        ("Conseil municipal de Nantes", "Les acquis sont validés par un jury, il faudrait refaire le toit.", []),
    ],
)
def test_a_decision_comes_from_the_body_that_meets_and_from_no_venue(title: str, told: str, maker: list[str]) -> None:
    assert makers_of(read(f"# {title}\n\nLe lavoir fuit. {told}\n"), "refaire le toit") == maker


def test_initials_in_full_are_before_those_shortened() -> None:
    present = "Présents : Marc Simon (mairie), Marie Saint-Paul (école), Katia Le Bihan-Roy (CCAS)\n\n"
    reading = read(f"{present}MS : Il faudrait ouvrir la salle.\n\nKLB : Il faudrait repeindre le mur.\n")
    assert makers_of(reading, "ouvrir la salle") == ["Marc Simon"]
    assert makers_of(reading, "repeindre le mur") == ["Katia Le Bihan-Roy"]


@pytest.mark.parametrize(
    ("line", "maker"),
    [
        ("B.L. : Il faudrait publier les analyses.", ["Bertrand Lavigne"]),
        ("B. L. – Il faudrait publier les analyses.", ["Bertrand Lavigne"]),
        ("O.S.-M. : Nous demandons de publier les analyses.", ["Odile Sarrazin-Morel"]),
        ("P.-H.C. : Il faudrait publier les analyses.", ["Paul-Henri Courtin"]),
        ("P.-H. Caron : Il faudrait publier les analyses.", []),
    ],
)
def test_initials_with_dots_and_hyphens_are_those_of_whoever_is_present(line: str, maker: list[str]) -> None:
    present = "Présents : Bertrand Lavigne (syndicat), Odile Sarrazin-Morel (école), Paul-Henri Courtin, éleveur.\n\n"
    made = makers_of(read(f"# Réunion sur l'eau\n\n{present}{line}\n"), "publier les analyses")
    assert [name for name in made if name != "P.-H. Caron"] == maker


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Peu d'infirmières sont disponibles sur le plateau.", "proposal"),
        ("Trois candidats sur quatre renoncent faute de logement.", "proposal"),
        ("Les voisins se félicitent de la nouvelle place.", "proposal"),
        ("Les lycéens ne sont pas venus faute de car.", "proposal"),
        ("Les discussions entre voisins se sont raréfiées.", "proposal"),
        ("Le nouveau pont introduit une coupure entre les hameaux.", "proposal"),
        ("Le compte rendu complet est disponible sur le site de la commune.", ""),
        ("Deux candidats du village se présentent au bureau.", ""),
        ("Les échanges ont été nourris et cordiaux.", ""),
    ],
)
def test_only_what_is_told_of_the_meeting_itself_is_left_out_of_decisions(text: str, kind: str) -> None:
    reading = read(f"# Réunion\n\n## Décisions\n\n{text}\n")
    assert [s.kind for s in reading.statements] == ([kind] if kind else [])


def test_a_first_name_of_two_people_is_nobody_s() -> None:
    text = "Présents : Karim Bessonnat (mairie), Karim Astruc (école)\n\nKarim souhaite que la cour ouvre le samedi."
    assert makers_of(read(text), "ouvre le samedi") == []
