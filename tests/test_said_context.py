"""What surrounds a statement: whose « nous » it is, the open quotation, the topic named just before, its section."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading, Statement
from ingest.registry import read_document
from tests.saying import texts


def read(text: str, name: str = "notes.txt") -> Reading:
    return extract(read_document(RawFile(name, text.encode())))


def the_proposal(reading: Reading, part: str) -> Statement:
    told = [s for s in reading.of_kind("proposal") if part in " ".join(s.text.split())]
    assert len(told) == 1, [s.text for s in reading.of_kind("proposal")]
    return told[0]


def makers_of(reading: Reading, part: str) -> list[str]:
    names = {s.id: s.name for s in reading.stakeholders}
    return [names[i] for i in the_proposal(reading, part).made_by]


def themes_of(reading: Reading, part: str) -> list[str]:
    labels = {t.id: t.label for t in reading.themes}
    return [labels[i] for i in the_proposal(reading, part).themes]


SIGNED = "# Vivre au bord de l'eau\n\nAuteur : Conseil de développement du Pays de Montbrun\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "Nous invitons chaque commune à rouvrir un sentier de halage.",
        "## Nos recommandations\n\n- Rouvrir un sentier de halage",
        "## Nos recommandations\n\nB2. Rouvrir un sentier de halage dans chaque commune.",
    ],
)
def test_what_the_body_that_signs_a_document_asks_for_comes_from_it(text: str) -> None:
    assert makers_of(read(SIGNED + text, "a.md"), "sentier de halage") == [
        "Conseil de développement du Pays de Montbrun"
    ]


def test_nobody_is_the_author_of_a_document_that_names_none() -> None:
    text = "# Réunion\n\nLe Conseil de développement du Pays de Montbrun est venu.\n\nNous invitons à rouvrir la halte."
    assert makers_of(read(text, "a.md"), "rouvrir la halte") == []


def test_what_somebody_is_quoted_with_is_not_the_authors() -> None:
    reading = read(SIGNED + "« Nous voudrions rouvrir le sentier de halage », disent les pêcheurs.", "a.md")
    assert makers_of(reading, "sentier de halage") == ["pêcheurs"]


def test_a_quotation_that_goes_on_over_sentences_is_of_whoever_opened_it() -> None:
    text = (
        "Présents : Odile Fauvergne, Karim Bessonnat\n\n"
        "La place est vide. Karim Bessonnat explique : « Le marché se meurt. Il faudrait avancer son heure. »"
    )
    assert makers_of(read(text), "avancer son heure") == ["Karim Bessonnat"]


def test_a_proposal_that_names_no_topic_is_about_what_was_just_said() -> None:
    text = (
        "# Réunion publique\n\n## Échanges\n\n"
        "Les dépôts sauvages continuent derrière la halle. Il faudrait venir deux fois par semaine.\n\n"
        "## Autres\n\nLe stationnement manque. Le stationnement gêne. Les déchets débordent."
    )
    assert themes_of(read(text, "a.md"), "deux fois par semaine")[0] == "dépôts sauvages"


def test_an_item_is_about_its_list_and_not_about_the_item_before_it() -> None:
    text = (
        "# Quel tourisme demain ?\n\nOn parle du tourisme tout l'après-midi.\n\n## Propositions\n\n"
        "- Partager l'eau avec les éleveurs\n- Ouvrir toute l'année\n"
    )
    assert themes_of(read(text, "a.md"), "toute l'année") == ["tourisme"]


def test_a_concept_that_only_a_proposal_names_is_a_theme_and_not_one_named_in_passing() -> None:
    filler = " ".join(f"Le marché numéro {n} vend des légumes et du fromage au printemps." for n in range(60))
    text = f"# Le marché\n\n{filler}\n\n## Divers\n\n- Éteindre les lampadaires la nuit\n"
    reading = read(text, "a.md")
    assert themes_of(reading, "lampadaires")[0] == "éclairage public"
    told = read(text.replace("Éteindre les lampadaires la nuit", "Une plainte sur les lampadaires"), "a.md")
    assert "éclairage public" not in {t.label for t in told.themes}


def test_numbered_parts_after_those_present_are_read() -> None:
    text = (
        "Compte rendu de la rencontre\n\nPrésence\n\nMairie :\nOdile Fauvergne, adjointe\n\n"
        "1. Le sentier de halage\n\nLes arbres tombés bloquent le passage depuis l'automne.\n\n"
        "2. La halte\n\nLe ponton est très abîmé depuis la crue de janvier.\n"
    )
    found = [f.text for f in read(text).of_kind("finding")]
    assert len(found) == 2, found


COUNCIL = "Présents : Odile Fauvergne\n\nLe Conseil municipal de Montbrun s'est réuni.\n\n"


def test_a_list_of_decisions_comes_from_the_body_that_heads_it() -> None:
    text = "Après débat sur la halle, le Conseil municipal, à l'unanimité :\n\n- FIXE le loyer de la halle à 300 €\n"
    (maker,) = makers_of(read(COUNCIL + text), "loyer de la halle")
    assert maker.casefold().startswith("conseil municipal")
    asked = "Après débat sur la halle avec le Conseil municipal, les idées :\n\n- Peindre la halle en vert\n"
    assert makers_of(read(COUNCIL + asked), "Peindre la halle") == []


def test_a_plan_in_the_passive_comes_from_who_made_the_plan_just_before_it() -> None:
    text = "La Ville de Montbrun publiera le plan du sentier en mai. Une visite sera organisée en juin."
    assert makers_of(read(text), "Une visite") == makers_of(read(text), "publiera le plan") != []
    apart = text.replace(" Une visite", "\n\nUne visite")
    assert makers_of(read(apart), "Une visite") == []
    active = text.replace("Une visite sera organisée", "Un bus partira de la halle")
    assert makers_of(read(active), "Un bus") == []


def test_titles_told_by_their_look_alone_are_no_parts_of_the_list_of_those_present() -> None:
    text = "Présents\nClaire Dupont\nPaul Petit\nLéa Martin\n\nExcusés\nJean Roux\n\nLe lavoir\n\n"
    text += "Le toit est percé depuis deux ans et personne n'a rien fait.\n"
    assert texts(text, "finding") == ["Le toit est percé depuis deux ans et personne n'a rien fait."]
