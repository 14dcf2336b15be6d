"""What is said in layouts met in public notes: votes beside bullets, leads alone below their headings, interviews."""

from __future__ import annotations

import pytest

from ingest.document import BlockKind, RawFile
from ingest.extract import actions, figures, findings, links, proposals, questions
from ingest.extract.reading import Reading, Span, Stakeholder
from ingest.registry import read_document


def said(text: str, *people: str) -> Reading:
    """The statements of a text, without the language model, with these persons named in it."""
    reading = Reading(read_document(RawFile("notes.txt", text.encode())))
    for name in people:
        at = reading.document.text.index(name)
        named = [Span(at, at + len(name), "test@1")]
        reading.stakeholders.append(Stakeholder(reading.new_id("s"), name, "person", named))
    for rule in (figures, questions, proposals, findings, actions, links):
        rule.run(reading)
    return reading


def texts(reading: Reading, kind: str) -> list[str]:
    return [s.text for s in reading.of_kind(kind)]


def test_votes_set_off_by_spaces_make_no_table_of_a_list() -> None:
    rows = ["* Retarder le dernier bac            (8 voix)", "* Couvrir le préau                    (5 voix)"]
    text = "\n".join(["Idées", "", *rows, "* Replanter la haie du stade          (3 voix)"])
    reading = said(text)
    assert not [b for b in reading.document.blocks if b.kind is BlockKind.ROW]
    assert len(reading.of_kind("proposal")) == 3


def test_a_list_of_leads_may_state_how_things_are() -> None:
    reading = said("# Solutions\n\n- Ouvrir la salle le soir\n- Les besoins dépendent beaucoup de la saison\n")
    assert texts(reading, "proposal") == ["Ouvrir la salle le soir"]


def test_a_lead_alone_below_its_own_heading_is_one() -> None:
    parts = ["# Soirée du hameau", "## Trois priorités", "### Eau", "Sources mieux protégées, en amont."]
    reading = said("\n\n".join([*parts, "### École", "Cantine ouverte à tous.", ""]))
    assert texts(reading, "proposal") == ["Sources mieux protégées, en amont.", "Cantine ouverte à tous."]


def test_what_was_put_to_the_vote_ends_before_the_vote() -> None:
    reading = said("Ouvrir aussi le samedi matin : adopté à l'unanimité.")
    assert texts(reading, "proposal") == ["Ouvrir aussi le samedi matin"]


@pytest.mark.parametrize(
    "line",
    [
        "- Moins de 8% sont venus à pied",
        "- Mise en place après consultation des riverains en 2018",
        "- Consulter les résultats de l'enquête",
    ],
)
def test_shares_past_deeds_and_ways_to_a_page_are_no_proposals(line: str) -> None:
    assert not said(f"# Mobilité\n\n{line}\n").of_kind("proposal")


def test_whoever_is_interviewed_makes_the_answers() -> None:
    text = "Rencontre avec Aude Lestrange, maire.\n\n# Et la suite ?\n\nIl faudrait curer le canal avant l'hiver.\n"
    reading = said(text, "Aude Lestrange")
    assert [s.made_by for s in reading.of_kind("proposal")] == [["s1"]]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Autant de femmes (452) et d'hommes.", ["452"]),
        ("La salle est ouverte onze heures par semaine.", ["onze heures"]),
        ("La tranche d'âge 36 / 50 ans domine.", []),
        ("Un vélo électrique pour 1/3 d'entre eux.", ["1/3"]),
    ],
)
def test_counts_in_brackets_and_shares_are_figures_but_ages_are_not(text: str, values: list[str]) -> None:
    assert [f.value for f in said(text).figures] == values


def leaves(name: str, text: str) -> list[str]:
    return [b.label for b in read_document(RawFile(name, text.encode())).leaves()]


def test_short_lines_that_nothing_cut_are_items_whatever_their_first_letter() -> None:
    items = ["un abri pour les vélos des grands et des petits", "ouvrir le midi", "des arbres", "une table dehors"]
    told = (
        "Les élèves ont écrit leurs idées sur une feuille, "
        + "puis chacun a lu la sienne à voix haute, " * 2
        + "sans rire."
    )
    assert leaves("feuilles.txt", "\n".join([told, "", "Feuille jaune – NOS IDÉES", *items]))[-4:] == items


def test_lines_cut_by_their_width_stay_one_paragraph() -> None:
    cut = ["Les habitants ont visité le jardin", "puis la halle avec le jardinier", "qui avait préparé un goûter pour"]
    assert leaves("colonne.txt", "\n".join([*cut, "les enfants de la crèche et leurs", "parents."])) == [
        " ".join([*cut, "les enfants de la crèche et leurs", "parents."])
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Le bureau décide donc :\n\n1. D'inviter le bailleur.\n2. De tenir un stand.\n",
            ["D'inviter le bailleur.", "De tenir un stand."],
        ),
        ("Un courrier lui sera adressé en ce sens.", ["Un courrier lui sera adressé en ce sens."]),
        ("La fête du quai aura lieu samedi 11 juin.", ["La fête du quai aura lieu samedi 11 juin."]),
        ("Elle va présenter la démarche aux voisins.", ["Elle va présenter la démarche aux voisins."]),
        ("Il suggère de l'inviter à la prochaine rencontre.", ["Il suggère de l'inviter à la prochaine rencontre."]),
        ("Les prix vont grimper encore.", []),
        ("La salle sera responsable de tout.", []),
    ],
)
def test_decisions_and_plans_are_proposals_and_what_happens_is_none(text: str, told: list[str]) -> None:
    assert texts(said(text), "proposal") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Il faut ouvrir la cantine -- même le mercredi", "Il faut ouvrir la cantine -- même le mercredi"),
        ("Il faut ouvrir la cantine -- la mairie, en mai", "Il faut ouvrir la cantine"),
        ("Il faut ouvrir la cantine -- JV", "Il faut ouvrir la cantine"),
    ],
)
def test_a_dash_cuts_off_who_does_it_and_no_aside(text: str, told: str) -> None:
    assert texts(said(text), "proposal") == [told]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mme Vasseur rend compte du groupe. La fête aura lieu en juin.", "La fête aura lieu en juin."),
        ("Mme Vasseur regrette le bruit des camions et propose un détour.", ""),
        ("Vasseur -> il nous faut une cuisine aux normes", ""),
        ("- relancer le charpentier -- Vasseur -- vendredi", ""),
    ],
)
def test_who_tells_opens_or_signs_a_line_is_its_maker(text: str, wanted: str) -> None:
    reading = said(text, "Vasseur")
    assert [s.made_by for s in reading.of_kind("proposal") if s.text == wanted or not wanted] == [["s1"]]
