"""Layouts of notes met in local life, each with the headings a reader of the page would name."""

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
    "wrapped report with short titles above bullets.txt": (
        "Atelier participatif « Ma place dans le village »\n"
        "\n"
        "Compte-rendu\n"
        "\n"
        "Date : 3 octobre 2023\n"
        "Lieu : Foyer rural de Saint-Vernoux\n"
        "Nombre de participants : 27\n"
        "\n"
        "Contexte et objectifs\n"
        "\n"
        "La municipalité de Saint-Vernoux souhaite réaménager la place de l’église. Un premier\n"
        "questionnaire distribué en juin a recueilli 112 réponses. L’atelier avait pour but de\n"
        "partager ces résultats et de faire émerger des scénarios d’aménagement.\n"
        "\n"
        "Ce que nous avons entendu\n"
        "\n"
        "Atouts\n"
        "• la halle, très appréciée\n"
        "• les platanes centenaires\n"
        "• le marché du jeudi\n"
        "\n"
        "Faiblesses\n"
        "• trop de voitures ventouses\n"
        "• pas de bancs à l’ombre\n"
        "• un monument aux morts peu\n"
        "  accessible aux personnes en fauteuil\n"
        "\n"
        "Les trois scénarios\n"
        "\n"
        "Scénario A : une place piétonne\n"
        "Le stationnement est reporté derrière la mairie. La place devient un lieu de rencontre\n"
        "avec des jeux pour enfants.\n"
        "\n"
        "Scénario B : une place partagée\n"
        "On garde vingt places, en arrêt minute.\n"
        "\n"
        "Scénario C : le statu quo amélioré\n"
        "On plante et on ajoute des bancs.\n"
        "\n"
        "Et maintenant ?\n"
        "\n"
        "Une synthèse sera présentée au conseil municipal du 12 décembre. Les habitants pourront\n"
        "donner leur avis en ligne.\n",
        (
            "Atelier participatif « Ma place dans le village »",
            "Compte-rendu",
            "Contexte et objectifs",
            "Ce que nous avons entendu",
            "Atouts",
            "Faiblesses",
            "Les trois scénarios",
            "Scénario A : une place piétonne",
            "Scénario B : une place partagée",
            "Scénario C : le statu quo amélioré",
            "Et maintenant ?",
        ),
    ),
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
    "roman and decimal numbers.txt": (
        "SYNTHÈSE DE LA CONCERTATION\n"
        "PROJET DE PÔLE MULTIMODAL DE LA GARE\n"
        "\n"
        "I. LE CADRE DE LA CONCERTATION\n"
        "\n"
        "I.1 Les objectifs\n"
        "\n"
        "La concertation s'est tenue du 4 septembre au 20 octobre 2023. Elle portait sur les accès,\n"
        "les usages et le stationnement.\n"
        "\n"
        "I.2 Les moyens mis en place\n"
        "\n"
        "- 3 réunions publiques\n"
        "- 1 registre en ligne\n"
        "- 2 balades urbaines\n"
        "\n"
        "II. LES AVIS EXPRIMÉS\n"
        "\n"
        "II.1 Les mobilités actives\n"
        "\n"
        "Les cyclistes demandent un parking sécurisé. « On ne laissera pas nos vélos dehors », résume\n"
        "une usagère.\n"
        "\n"
        "II.2 Le stationnement\n"
        "\n"
        "Une majorité des contributions s'oppose à la suppression des places gratuites.\n"
        "\n"
        "III. LES SUITES\n"
        "\n"
        "Le maître d'ouvrage s'engage à :\n"
        "  1. étudier un parking à vélos de 200 places ;\n"
        "  2. maintenir 40 places gratuites ;\n"
        "  3. publier un calendrier.\n",
        (
            "SYNTHÈSE DE LA CONCERTATION",
            "PROJET DE PÔLE MULTIMODAL DE LA GARE",
            "I. LE CADRE DE LA CONCERTATION",
            "I.1 Les objectifs",
            "I.2 Les moyens mis en place",
            "II. LES AVIS EXPRIMÉS",
            "II.1 Les mobilités actives",
            "II.2 Le stationnement",
            "III. LES SUITES",
        ),
    ),
    "text of a pdf with trailing spaces.txt": (
        "Synthèse du café citoyen \n"
        "Vivre et vieillir au pays \n"
        "\n"
        "\n"
        "12 février 2022 \n"
        "\n"
        "Les participants étaient une quarantaine, \n"
        "réunis dans la grange de la famille Orvault, \n"
        "pour parler du grand âge et de ce que la \n"
        "commune peut faire. \n"
        "\n"
        "Rester chez soi \n"
        "\n"
        "La plupart des personnes présentes souhai-\n"
        "tent rester à domicile le plus longtemps \n"
        "possible. Elles redoutent la solitude davan-\n"
        "tage que la maladie. \n"
        "\n"
        "Les aides à domicile manquent. Le service \n"
        "d’aide ne peut plus accepter de nouveaux \n"
        "bénéficiaires depuis mars. \n"
        "\n"
        "Se déplacer quand on ne conduit plus \n"
        "\n"
        "Le bus passe deux fois par semaine. Plusieurs \n"
        "habitants proposent un réseau de conducteurs \n"
        "bénévoles. \n"
        "\n"
        "Comment financer ce réseau ? \n"
        "\n"
        "Une participation de cinq euros par mois a \n"
        "été évoquée. D’autres préfèrent une sub-\n"
        "vention de la communauté de communes. \n"
        "\n"
        "2 \n"
        "\n"
        "CE QUE NOUS RETENONS \n"
        "\n"
        "• Un numéro unique pour les aides \n"
        "• Une visite par semaine aux personnes \n"
        "seules \n"
        "• Un bus à la demande \n",
        (
            "Synthèse du café citoyen Vivre et vieillir au pays",
            "Rester chez soi",
            "Se déplacer quand on ne conduit plus",
            "Comment financer ce réseau ?",
            "CE QUE NOUS RETENONS",
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
}
