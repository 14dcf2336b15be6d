"""Words of a cue that want nothing: turns of speech, what a law asks, forms of address, reasons, recitals."""

from __future__ import annotations

import pytest

from tests.saying import texts


@pytest.mark.parametrize(
    "sentence",
    [
        "Il faut reconnaître que la salle est froide en hiver.",
        "Il convient de noter que le marché compte peu de producteurs.",
        "La réglementation impose une clôture autour du bassin.",
        "Ce sont surtout des retraités, avec le temps qu'il faut pour les démarches.",
        "Les familles qui souhaitent un jardin s'inscrivent à la maison de quartier.",
        "Les remarques faites par les riverains portent sur le bruit.",
        "L'équipe vous souhaite une bonne rentrée.",
        "L'association propose déjà un repas le jeudi.",
        "Pour être adhérent, il faut habiter la commune.",
        "La commune doit être représentée par deux délégués.",
        "Cela sentira bientôt le foin.",
        "Ce qui revient à dire que rien ne change.",
        "Il faut bien dire que la salle est vieille.",
        "Il est intéressant de noter que les jeunes partent.",
        "Nous souhaitons la bienvenue aux nouveaux arrivants.",
        "L'association propose un atelier depuis trois ans.",
        "On nous demande souvent si la salle est libre.",
        "Les participants sont invités à se répartir en groupes.",
        "L'article L. 2121 impose un vote.",
        "La date reste à préciser.",
    ],
)
def test_the_words_of_a_cue_in_a_turn_of_speech_propose_nothing(sentence: str) -> None:
    assert texts(f"Notes de mai\n\n{sentence}\n", "proposal") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Il faut savoir accueillir les nouveaux habitants.",
        "Il est urgent pour ceux qui souhaitent rester de trouver un logement.",
        "La loi impose une clôture et il faudrait surtout un portillon.",
        "Faites passer le bus devant l'école !",
        "On va le faire dès septembre avec les voisins.",
        "Des navettes le soir ont aussi été imaginées pour les jeunes.",
        "Mettre les bénévoles avec les familles qui en ont le plus besoin.",
        "La mairie pourrait bien prêter la salle le mercredi.",
        "Nous souhaitons un bon éclairage dans le parc.",
        "Nous mettons en place un groupe pour la navette.",
        "On nous demande une crèche dans le quartier nord.",
        "Mme Arvel propose un marché de producteurs chaque mercredi.",
        "Les habitants doivent être représentés au conseil d'administration.",
        "Il faut signaler les nids-de-poule sur une application dédiée.",
        "Il faudrait préciser les horaires du bus à chaque arrêt.",
        "Le code de la rue doit être expliqué aux enfants.",
        "L'article du journal municipal doit paraître chaque mois.",
    ],
)
def test_a_cue_outside_the_turn_of_speech_proposes(sentence: str) -> None:
    assert texts(f"Notes de mai\n\n{sentence}\n", "proposal") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "N'hésitez pas à passer à la maison de quartier le mercredi.",
        "Vous pouvez nous rejoindre tous les jeudis soir à la halle.",
        "Les participants ont ensuite réfléchi aux horaires de la salle.",
        "Nous avons le plaisir de vous annoncer une naissance dans l'équipe.",
        "Vu le code général des collectivités territoriales et ses articles.",
    ],
)
def test_what_addresses_the_reader_or_tells_of_the_meeting_claims_nothing(sentence: str) -> None:
    assert texts(f"Notes de mai\n\n{sentence}\n", "finding") == []


def test_the_reason_of_a_decision_is_none() -> None:
    text = "## Décisions\n\nLe local sera ouvert le samedi. En effet, la salle du bourg est trop petite pour tous.\n"
    assert texts(text, "proposal", "notes.md") == ["Le local sera ouvert le samedi."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ce formulaire est trop compliqué pour les personnes âgées.",
        "Ce numéro d'urgence ne répond jamais le soir.",
        "Vu le prix des loyers, les jeunes partent.",
        "Le conseil est informé que la ligne de bus ferme le dimanche.",
    ],
)
def test_what_people_say_of_a_form_or_of_prices_is_a_finding(sentence: str) -> None:
    assert texts(f"Notes de mai\n\n{sentence}\n", "finding") == [sentence]
