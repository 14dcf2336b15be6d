# ruff: noqa: E501 - samples stand on the lines they come on
"""Minutes of meetings as they are written in local life, with the headings a reader of the page would name."""

from __future__ import annotations

LAYOUTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "numbered minutes with an agenda.txt": (
        "CONSEIL DE QUARTIER DES TILLEULS\n"
        "Réunion plénière du 14 mars 2024\n"
        "Salle Jean-Moulin, 18h30\n"
        "\n"
        "Étaient présents : Mme Lormeau, M. Bastide, Mme Keita\n"
        "Excusé : M. Fauvel\n"
        "\n"
        "ORDRE DU JOUR\n"
        "1. Bilan de l'année\n"
        "2. Circulation rue des Lilas\n"
        "3. Questions diverses\n"
        "\n"
        "1. Bilan de l'année\n"
        "\n"
        "Mme Lormeau présente le bilan. Trois actions ont été menées en 2023 : la fête des voisins, le compost partagé et la boîte à livres.\n"
        "\n"
        "Le conseil regrette le manque de participation des jeunes.\n"
        "\n"
        "2. Circulation rue des Lilas\n"
        "\n"
        "Les riverains signalent des vitesses excessives. Il est proposé :\n"
        "- d'installer un coussin berlinois\n"
        "- de passer la rue en zone 30\n"
        "- d'organiser une réunion avec les services techniques\n"
        "\n"
        "M. Bastide : faut-il attendre l'étude de la métropole ?\n"
        "\n"
        "3. Questions diverses\n"
        "\n"
        "a) Éclairage\n"
        "L'éclairage du square reste éteint depuis janvier.\n"
        "\n"
        "b) Propreté\n"
        "Les bacs débordent le lundi matin.\n"
        "\n"
        "Prochaine réunion le 6 juin 2024.\n",
        (
            "CONSEIL DE QUARTIER DES TILLEULS",
            "ORDRE DU JOUR",
            "1. Bilan de l'année",
            "2. Circulation rue des Lilas",
            "3. Questions diverses",
            "a) Éclairage",
            "b) Propreté",
        ),
    ),
    "titles glued to their text.txt": (
        "Compte rendu de la réunion du comité de pilotage\n"
        "Projet Éducatif de Territoire\n"
        "\n"
        "Le 22/01/2025 à 14h – Visioconférence\n"
        "\n"
        "Participants :\n"
        "Mme Sylvaine Aubertot, directrice de l'école des Prés\n"
        "M. Idriss Lahmari, coordinateur PEdT\n"
        "Mme Jeanne Crouzille, parent d'élève\n"
        "\n"
        "Introduction\n"
        "Idriss Lahmari rappelle que le PEdT arrive à échéance en août. Il propose de faire le bilan avant d'écrire la suite.\n"
        "\n"
        "Bilan 2022-2025\n"
        "Sylvaine Aubertot : Les ateliers du mercredi fonctionnent bien, 84 enfants inscrits.\n"
        "Jeanne Crouzille : Les familles ne savent pas qui contacter.\n"
        "Il faudrait une brochure simple, remise à la rentrée.\n"
        "\n"
        "Pistes pour la suite\n"
        "Le comité retient trois pistes :\n"
        "1) ouvrir les ateliers aux maternelles\n"
        "2) créer un conseil des enfants\n"
        "3) associer les clubs sportifs\n"
        "\n"
        "Calendrier\n"
        "Février : questionnaire aux familles\n"
        "Avril : deuxième comité\n"
        "Juin : vote du conseil municipal\n",
        (
            "Compte rendu de la réunion du comité de pilotage",
            "Projet Éducatif de Territoire",
            "Participants :",
            "Introduction",
            "Bilan 2022-2025",
            "Pistes pour la suite",
            "Calendrier",
        ),
    ),
    "council minutes with points and speakers.txt": (
        "COMPTE-RENDU DU CONSEIL DES SAGES\n"
        "DU 9 AVRIL 2024\n"
        "\n"
        "Présents : Odette Brulard, Marcel Tintignac, Rose Amari\n"
        "Absents excusés : Jean Ferrec\n"
        "Secrétaire : Rose Amari\n"
        "\n"
        "Point n° 1 : Jardin partagé de la Croix-Verte\n"
        "Marcel Tintignac annonce que 14 parcelles sont attribuées. Il reste à poser la clôture.\n"
        "→ Demander un devis à deux entreprises\n"
        "→ Prévoir un chantier participatif en mai\n"
        "\n"
        "Point n° 2 : Bancs publics\n"
        "Mme BRULARD : Les bancs du boulevard ont été retirés sans concertation.\n"
        "M. LE MAIRE : Ils seront remplacés avant l'été.\n"
        "La commission demande un plan des bancs à l'échelle de la ville.\n"
        "\n"
        "Point n° 3 : Questions diverses\n"
        "Néant.\n"
        "\n"
        "La séance est levée à 19h15.\n",
        (
            "COMPTE-RENDU DU CONSEIL DES SAGES DU 9 AVRIL 2024",
            "Point n° 1 : Jardin partagé de la Croix-Verte",
            "Point n° 2 : Bancs publics",
            "Point n° 3 : Questions diverses",
        ),
    ),
    "english notes with underlined titles.txt": (
        "Notes from the housing roundtable\n"
        "=================================\n"
        "\n"
        "12 May 2023, Town Hall, Hexley\n"
        "\n"
        "Present: councillors, tenants, two architects.\n"
        "\n"
        "What tenants told us\n"
        "--------------------\n"
        "\n"
        "Damp is the first complaint. Forty households out of ninety have reported mould\n"
        "since the winter, and repairs take eleven weeks on average. Nobody knows whom\n"
        "to call at the weekend.\n"
        "\n"
        "What could change\n"
        "-----------------\n"
        "\n"
        "* One phone number for every landlord\n"
        "* A yearly inspection, published\n"
        "* Let tenants choose the contractor\n"
        "\n"
        "Open questions\n"
        "--------------\n"
        "\n"
        "Who pays for temporary housing? Could the empty school be used?\n",
        (
            "Notes from the housing roundtable",
            "What tenants told us",
            "What could change",
            "Open questions",
        ),
    ),
    "english summary with short titles.txt": (
        "Valley Forum: what we heard\n"
        "14 June 2022\n"
        "\n"
        "Summary\n"
        "\n"
        "More than ninety people came to three evenings. They care about buses, about the river and about the school.\n"
        "\n"
        "What people value\n"
        "\n"
        "- The river path\n"
        "- Neighbours who look out for each other\n"
        "\n"
        "What worries people\n"
        "\n"
        "Buses stop at six. \"If you don't drive, you don't go,\" said one father. Rents have doubled in five years.\n"
        "\n"
        "Who was not in the room?\n"
        "\n"
        "Few people under thirty, and nobody from the caravan site.\n"
        "\n"
        "Recommendations\n"
        "\n"
        "1. Run an evening bus on Fridays.\n"
        "2. Ask the council to publish the flood plan.\n"
        "3. Pay a youth worker for two years.\n"
        "\n"
        "Thanks\n"
        "\n"
        "To the chapel for the tea.\n",
        (
            "Valley Forum: what we heard",
            "Summary",
            "What people value",
            "What worries people",
            "Who was not in the room?",
            "Recommendations",
            "Thanks",
        ),
    ),
}
