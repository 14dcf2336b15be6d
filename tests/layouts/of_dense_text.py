"""Notes whose lines follow each other without blank lines, or whose titles have a mark of their own."""

from __future__ import annotations

LAYOUTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "short lines over paragraphs, no blank line.txt": (
        "Mobilités en Pays de Sault : ce que disent les habitants\n"
        "La soirée a réuni quarante personnes à la salle des fêtes de Lagarde.\n"
        "Aller au travail sans voiture\n"
        "Le premier car passe à 8 h, trop tard pour l'usine. Certains covoiturent déjà entre voisins.\n"
        "Une ligne matinale serait bien remplie, au moins trois jours par semaine.\n"
        "Aller à l'école\n"
        "Les parents voudraient un pédibus.\n"
        "Ce qui bloque\n"
        "- La route n'a pas de trottoir\n"
        "- Personne pour encadrer\n"
        "La suite\n"
        "Le syndicat réunira les volontaires en janvier.\n",
        (
            "Mobilités en Pays de Sault : ce que disent les habitants",
            "Aller au travail sans voiture",
            "Aller à l'école",
            "Ce qui bloque",
            "La suite",
        ),
    ),
    "nouns with colons over lists, no blank line.txt": (
        "Trente habitants se sont retrouvés un soir de mars à l'école de Morsan.\n"
        "L'eau et les sols\n"
        "Constats :\n"
        "• La nappe baisse.\n"
        "Ambitions :\n"
        "• Garder l'eau de pluie.\n"
        "Pour les jardins :\n"
        "• Pailler.\n",
        ("L'eau et les sols", "Constats :", "Ambitions :"),
    ),
    "names and bodies under those present are no titles.txt": (
        "Comité local de l'eau\n"
        "\n"
        "Étaient présents :\n"
        "\n"
        "Mairie de Sorbiers\n"
        "  - Hélène Vasseur, maire\n"
        "Syndicat de rivière de la Thève\n"
        "  - Odile Prat\n"
        "\n"
        "Karim BELLANGER\n"
        "Adjoint à l'environnement\n"
        "\n"
        "1. Rappel\n"
        "\n"
        "Le plan est voté.\n",
        ("Comité local de l'eau", "1. Rappel"),
    ),
    "titles behind stars over lists of another mark.txt": (
        "Salut à tous,\n"
        "\n"
        "Voici mes notes de samedi.\n"
        "\n"
        "* les mauvaises nouvelles\n"
        "- la charpente est à reprendre\n"
        "\n"
        "* gouvernance\n"
        "association ou coopérative ? On en reparle dans un an.\n"
        "\n"
        "Bises\n",
        ("les mauvaises nouvelles", "gouvernance"),
    ),
    "quoted titles of a letter.txt": (
        "Bonjour,\n"
        "\n"
        "Mes notes de mardi.\n"
        "\n"
        ">> Musique\n"
        "L'école refuse du monde.\n"
        "\n"
        ">> Argent\n"
        "Le mécénat est à essayer.\n",
        ("Musique", "Argent"),
    ),
    "sheets with lines in lower case.txt": (
        "Rencontre des jeunes\n"
        "\n"
        "Une vingtaine de jeunes sont venus et ont rempli trois feuilles de couleur pendant la soirée.\n"
        "\n"
        "Feuille verte – CE QU'ON AIME\n"
        "le chemin derrière le lavoir\n"
        "l'arrêt de car parce qu'il a un toit\n"
        "la fête de la commune\n"
        "le prof de judo\n"
        "\n"
        "Feuille bleue – NOS IDÉES\n"
        "un skate parc même petit\n"
        "rouvrir la salle avec un adulte\n"
        "un abri avec des prises\n"
        "des poubelles et un point d'eau\n",
        ("Rencontre des jeunes", "Feuille verte – CE QU'ON AIME", "Feuille bleue – NOS IDÉES"),
    ),
    "a head that comes back on both pages.txt": (
        "Communauté de la Vaire          Comité de suivi\n"
        "\n"
        "I. Contexte\n"
        "\n"
        "Le plan vélo a été voté.\n"
        "\n"
        "Communauté de la Vaire          Comité de suivi\n"
        "                 1 / 2\n"
        "\n"
        "II. Travaux\n"
        "\n"
        "Les arceaux sont livrés.\n"
        "\n"
        "Communauté de la Vaire          Comité de suivi\n"
        "                 2 / 2\n",
        ("Communauté de la Vaire Comité de suivi", "I. Contexte", "II. Travaux"),
    ),
    "fields and questions that are no titles.txt": (
        "ASSISES DES ASSOCIATIONS\n"
        "\n"
        "QUESTION DE L'ATELIER :\n"
        "\n"
        "Comment partager les salles entre associations ?\n"
        "\n"
        "NOMBRE DE PARTICIPANTS : 11\n"
        "\n"
        "ÉCHANGES\n"
        "\n"
        "Les salles sont vides en journée, introuvables le soir.\n"
        "\n"
        "À faire\n"
        "\n"
        "QUI - QUOI - POUR QUAND\n"
        "AB - écrire au maire - 10 février\n",
        ("ASSISES DES ASSOCIATIONS", "QUESTION DE L'ATELIER :", "ÉCHANGES", "À faire"),
    ),
}
