"""Wordings of wishes, tasks and deeds that readers mark: volunteers, tick boxes, lists of ideas, recent pasts."""

from __future__ import annotations

import pytest

from tests.saying import said, texts


@pytest.mark.parametrize(
    "sentence",
    [
        "Odile et Marc sont volontaires pour tenir la buvette.",
        "Le syndicat est chargé, avec l'appui du lycée, d'entretenir les berges.",
        "Le collectif aura pour tâche d'ouvrir le préau chaque samedi.",
        "Mme Vasselin demande un second abribus près de la halle.",
        "Les maraîchers auraient préféré un marché couvert.",
        "Le recul de la clôture est impératif pour passer en fauteuil.",
        "Installez des bancs à l'ombre du lavoir.",
        "À la belle saison : leur confier la clef du jardin.",
        "Peut-être également repeindre la grille du stade.",
        "La solution, c'est ouvrir le préau aux clubs.",
        "Nous n'avons pas d'autre choix que fermer la rue aux camions.",
        "Ce qu'il faut faire, à mon sens, c'est planter la place.",
        "Ce que je souhaite, c'est que le car passe aussi le dimanche.",
        "J'attends de la mairie un abri pour les vélos.",
        "Cet argent serait mieux employé pour les berges.",
        "Ne vendons pas le moulin.",
        "Je suis favorable à un verger partagé.",
        "Serait-il ambitieux de relier les deux bourgs par une voie verte ?",
        "À quand un vrai marché couvert ?",
        "Avec des cars plus petits, il serait envisageable d'en avoir un le dimanche.",
        "Il me semble tout à fait possible de racheter le moulin.",
        "Notre idée est de reprendre la fête de mai.",
        "Nous proposons donc, si jamais, de garder la grange.",
        "Un chemin le long du ruisseau est une attente très forte des familles.",
        "Les parents ont évoqué la création d'une garderie.",
        "Le bureau est mandaté pour trouver un local.",
        "Le square est un lieu important à préserver.",
        "Il serait très dommage de couper les tilleuls.",
        "Et si c'était aux élus de venir chez nous ?",
        "- Volet « Logement » à développer",
        "- Besoin d'un lieu où se poser",
        "On reviendrait à la première idée du lavoir.",
        "Une visite du four par les anciens serait la bienvenue.",
        "Un auvent serait un plus pour le marché.",
        "Un point d'eau serait vraiment utile près des jeux.",
        "Un abri à vélos ne serait pas de trop.",
        "La pêche a soumis l'idée d'une halte au bord de l'étang.",
        "Les horaires du car pourront faire l'objet d'une réflexion.",
        "Les riverains sont priés de tailler leurs haies.",
    ],
)
def test_wishes_tasks_and_volunteers_are_proposals(sentence: str) -> None:
    assert said(f"Le bal a réuni du monde.\n\n{sentence}\n").of_kind("proposal")


@pytest.mark.parametrize(
    "sentence",
    [
        "Nous enregistrons cette année douze arrivées au club de rame.",
        "Chez le boulanger de la place, le pain bis revient.",
        "Assez des voitures garées partout, dit une voisine.",
    ],
)
def test_a_present_in_rons_and_words_in_ez_plan_nothing(sentence: str) -> None:
    found = said(f"Le bal a réuni du monde.\n\n{sentence}\n").of_kind("proposal")
    assert not [s for s in found if s.at.rule.startswith(("proposals.plan", "proposals.cue"))]


def test_a_box_to_tick_is_a_task_where_no_bullet_leads_it() -> None:
    assert texts("Suite\n\n[ ] bâcher le toit du four -- Aude\n", "proposal") == ["bâcher le toit du four"]


def test_what_was_noted_among_the_ideas_is_a_list_of_ideas() -> None:
    text = "Ce que nous avons noté parmi les idées :\n\n- un four à pain sous la halle\n- une rampe côté quai\n"
    assert texts(text, "proposal") == ["un four à pain sous la halle", "une rampe côté quai"]


def test_a_plan_told_in_short_english_forms_is_one() -> None:
    text = "The mill was quiet.\n\nso he's going to rewire it.\n\nMaybe the loft could be let to a potter.\n"
    assert len(texts(text, "proposal")) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Le trésorier vient d'acheter douze bancs pour la cour.",
        "Aude a fait la commande des graines auprès du moulin.",
        "La réservation de la salle est faite pour le bal.",
    ],
)
def test_recent_pasts_and_orders_made_are_deeds(sentence: str) -> None:
    assert texts(sentence, "action") == [sentence]


def test_what_follows_the_first_deed_of_a_label_is_done_too() -> None:
    text = "Fait depuis la rencontre n° 4 : affiche posée devant la gare ; convention rendue au lycée agricole.\n"
    assert len(texts(text, "action")) == 2


def test_a_deed_that_is_compared_is_observed_too() -> None:
    sentence = "Le lavoir a reçu 900 visites, soit 8 % de plus qu'en 2019."
    assert texts(sentence, "finding") == texts(sentence, "action") == [sentence]
    assert not texts("Le lavoir a reçu une nouvelle charpente.", "finding")


def test_what_stands_behind_where_is_to_be_done() -> None:
    assert texts("Dans la cour du moulin, replanter deux tilleuls.\n", "proposal")


def test_a_thing_named_in_a_list_of_wishes_is_wished() -> None:
    assert len(texts("Il faudrait :\n\n- un autre four pour la halle\n- des volets pour la salle\n", "proposal")) == 2


_PROGRAMME = """## 1. Rouvrir la halle du bourg

- Un marché le vendredi soir
- Une buvette tenue par les clubs

## 2. Valoriser les initiatives des hameaux

- Prêter la remorque du comité

## 3. Relier les écoles par une voie verte
"""


def test_the_headings_of_a_programme_are_proposals_and_so_are_the_items_below_them() -> None:
    found = [s.text for s in said(_PROGRAMME, "p.md").of_kind("proposal")]
    assert found == [
        "Rouvrir la halle du bourg",
        "Un marché le vendredi soir",
        "Une buvette tenue par les clubs",
        "Valoriser les initiatives des hameaux",
        "Prêter la remorque du comité",
        "Relier les écoles par une voie verte",
    ]


def test_two_headings_with_an_infinitive_make_no_programme() -> None:
    text = "## Ouvrir la séance\n\nBonjour.\n\n## Le lavoir\n\nIl fuit.\n\n## Clore la séance\n\nMerci.\n"
    assert not [s for s in said(text, "p.md").of_kind("proposal") if "programme" in s.at.rule]


def test_a_heading_that_wishes_is_a_proposal() -> None:
    text = "## Nous voulons un plan sobre\n\nLes haies reculent.\n\n## Que voulons-nous ?\n\nDes haies.\n"
    assert [s.text for s in said(text, "p.md").of_kind("proposal")][:1] == ["Nous voulons un plan sobre"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Qu'on soit du bourg ou des hameaux, l'accès à la forêt est le même pour tous.",
        "Les élèves ont contribué à l'étude en deux temps.",
        "- Quimper onirique",
        "Le producteur tient à remercier chaudement les voisins du four.",
    ],
)
def test_concessions_towns_and_thanks_want_nothing(sentence: str) -> None:
    assert not said(f"Le bal a réuni du monde.\n\n{sentence}\n").of_kind("proposal")


def test_an_infinitive_listed_among_findings_is_wanted() -> None:
    text = "# Points faibles\n\n- Le four est froid\n- Articuler les deux projets du bourg\n"
    assert texts(text, "proposal", "notes.md") == ["Articuler les deux projets du bourg"]


@pytest.mark.parametrize(
    "sentence", ["Aucune aide n'a encore été demandée au syndicat.", "Personne n'a réparé le portail du stade."]
)
def test_what_nobody_has_done_is_no_deed(sentence: str) -> None:
    assert sentence not in texts(f"Le bal est ouvert à tous.\n\n{sentence}\n", "action")
