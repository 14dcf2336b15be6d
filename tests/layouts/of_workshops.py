"""Notes of workshops, forums and walks, with the headings a reader of the page would name."""

from __future__ import annotations

LAYOUTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "bold titles with slashes.txt": (
        "**Forum ouvert – Transition alimentaire**\n"
        "\n"
        "*Samedi 9 novembre 2024 – Maison des associations*\n"
        "\n"
        "**1/ Pourquoi un forum ?**\n"
        "\n"
        "Depuis 2021, le collectif réunit producteurs et habitants. \n"
        "\n"
        "**2/ Les groupes de travail**\n"
        "\n"
        "**Groupe 1 : La cuisine collective**\n"
        "\n"
        "Participants : Anaïs, Bruno, Chloé\n"
        "\n"
        "Constats :\n"
        "- matériel vétuste\n"
        "- horaires restreints\n"
        "\n"
        "Propositions :\n"
        "- mutualiser la cuisine du lycée\n"
        "- former les bénévoles\n"
        "\n"
        "**Groupe 2 : Les jardins**\n"
        "\n"
        "Il manque de terrains. **La commune pourrait mettre à disposition la friche.** Qui s'en occupe l'été ?\n"
        "\n"
        "**3/ Suites**\n"
        "\n"
        "- Relevé de décisions envoyé sous huit jours\n"
        "- Rendez-vous en janvier\n",
        (
            "Forum ouvert – Transition alimentaire",
            "1/ Pourquoi un forum ?",
            "2/ Les groupes de travail",
            "Groupe 1 : La cuisine collective",
            "Groupe 2 : Les jardins",
            "3/ Suites",
        ),
    ),
    "markdown with a table and a quotation.md": (
        "Balade exploratoire du quartier Montplaisant\n"
        "===\n"
        "\n"
        "## Étape 1 – Le parvis\n"
        "\n"
        "Les enfants disent que **ça glisse**. \n"
        "\n"
        "1. Refaire le sol\n"
        "   - avec des pavés drainants\n"
        "   - avant l'hiver\n"
        "2. Ajouter une rampe\n"
        "\n"
        "## Étape 2 – Le square\n"
        "\n"
        "| Constat | Proposition |\n"
        "|---|---|\n"
        "| Pas d'ombre | Planter six arbres |\n"
        "| Bruit | Mur végétal |\n"
        "\n"
        "> « On n'y vient plus le soir. » Une voisine\n"
        "\n"
        "### Ce que demandent les ados ?\n"
        "\n"
        "- un terrain de basket\n"
        "- du wifi\n",
        (
            "Balade exploratoire du quartier Montplaisant",
            "Étape 1 – Le parvis",
            "Étape 2 – Le square",
            "Ce que demandent les ados ?",
        ),
    ),
    "raw notes with drawn titles.txt": (
        "=== Atelier « Habiter demain » – notes brutes ===\n"
        "\n"
        "Bonjour à tous, voici les notes prises au tableau.\n"
        "\n"
        "--- Ce qui nous tient à cœur ---\n"
        "\n"
        "* garder l'école\n"
        "* des loyers que les jeunes peuvent payer\n"
        "* pas de lotissement sur la prairie humide\n"
        "\n"
        "--- Ce qui nous inquiète ---\n"
        "\n"
        "* les résidences secondaires : 38 % dans le bourg\n"
        "* l'eau\n"
        "\n"
        "--- Idées en vrac ---\n"
        "\n"
        "* habitat partagé dans l'ancien couvent (Léonie)\n"
        "* taxe sur les logements vides ?\n"
        "* rencontrer le bailleur social\n"
        "\n"
        "Merci de compléter d'ici vendredi !\n"
        "\n"
        "Bien à vous,\n"
        "Solveig\n",
        (
            "Atelier « Habiter demain » – notes brutes",
            "Ce qui nous tient à cœur",
            "Ce qui nous inquiète",
            "Idées en vrac",
        ),
    ),
    "round tables with emoji titles.txt": (
        "🌱 Forum des transitions – Synthèse des tables rondes\n"
        "\n"
        "Table 1 – Se nourrir\n"
        "Animatrice : Maëlle Quintric\n"
        "\n"
        "😀 Ce qui marche\n"
        "- Le marché bio du samedi\n"
        "- La cantine de l'école, 60 % de produits locaux\n"
        "\n"
        "😟 Ce qui coince\n"
        "- Le foncier agricole est hors de prix\n"
        "- Les jeunes maraîchers n'ont pas de logement\n"
        "\n"
        "💡 Idées\n"
        "- Une ferme communale\n"
        "- Un fonds d'avance aux installations\n"
        "\n"
        "Table 2 – Se déplacer\n"
        "Animateur : Erwan Le Bihan\n"
        "\n"
        "😀 Ce qui marche\n"
        "- La ligne de car du matin\n"
        "\n"
        "😟 Ce qui coince\n"
        "- Rien après 18 h\n"
        "- Les pistes cyclables s'arrêtent aux limites de la commune\n"
        "\n"
        "💡 Idées\n"
        "- Autostop organisé\n",
        (
            "🌱 Forum des transitions – Synthèse des tables rondes",
            "Table 1 – Se nourrir",
            "😀 Ce qui marche",
            "😟 Ce qui coince",
            "💡 Idées",
            "Table 2 – Se déplacer",
            "😀 Ce qui marche",
            "😟 Ce qui coince",
            "💡 Idées",
        ),
    ),
    "restructured text.rst": (
        "=========================\n"
        "Assemblée des communs\n"
        "=========================\n"
        "\n"
        ":Date: 2024-02-11\n"
        ":Lieu: La Grange\n"
        "\n"
        "Ouverture\n"
        "=========\n"
        "\n"
        "Le tour de table réunit vingt personnes.\n"
        "\n"
        "Chantiers\n"
        "=========\n"
        "\n"
        "Eau\n"
        "---\n"
        "\n"
        "- relever les compteurs\n"
        "- entretenir les mares\n"
        "\n"
        "Bois\n"
        "----\n"
        "\n"
        "Les affouages reprennent en mars.\n",
        (
            "Assemblée des communs",
            "Ouverture",
            "Chantiers",
            "Eau",
            "Bois",
        ),
    ),
    "steps of a walk with fields.txt": (
        "Restitution de la marche exploratoire\n"
        "Quartier Bellefontaine, 6 juin 2023\n"
        "\n"
        "Participantes : 11 femmes du quartier, 2 agents de la ville\n"
        "\n"
        "Étape 1. Arrêt de tram\n"
        "\n"
        "Constat : l'éclairage est insuffisant.\n"
        "Ressenti : « Je presse le pas. »\n"
        "Proposition : remplacer les lampadaires et tailler les haies.\n"
        "\n"
        "Étape 2. Passage sous la dalle\n"
        "\n"
        "Constat : odeurs, flaques.\n"
        "Ressenti : « Je fais le tour. »\n"
        "Proposition : fermer le passage la nuit ?\n"
        "\n"
        "Étape 3. Place du marché\n"
        "\n"
        "Constat : très vivante le matin, vide l'après-midi.\n"
        "Proposition : installer des tables de jeux.\n"
        "\n"
        "Priorités votées\n"
        "\n"
        "1. L'éclairage (9 voix)\n"
        "2. Les tables de jeux (6 voix)\n"
        "3. Le passage (4 voix)\n"
        "\n"
        "Suites données\n"
        "\n"
        "La ville s'engage à répondre avant septembre. Contact : Nour Belkacem, mission égalité.\n",
        (
            "Restitution de la marche exploratoire",
            "Étape 1. Arrêt de tram",
            "Étape 2. Passage sous la dalle",
            "Étape 3. Place du marché",
            "Priorités votées",
            "Suites données",
        ),
    ),
}
