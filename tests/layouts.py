# ruff: noqa: E501 - samples stand on the lines they come on
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
    "report of a pdf with form feeds and running headers.txt": (
        "Communauté de communes du Val Brenin\n"
        "Diagnostic partagé – restitution\n"
        "\n"
        "\n"
        "1 - LES CONSTATS DE DÉPART\n"
        "\n"
        "Le territoire compte douze communes et perd des habitants depuis 2012. Les\n"
        "commerces ferment et les trajets s’allongent.\n"
        "\n"
        "1.1 - Une population qui vieillit\n"
        "\n"
        "Un habitant sur trois a plus de 65 ans. Les services à domicile manquent de\n"
        "personnel.\n"
        "\n"
        "3\n"
        "\fCommunauté de communes du Val Brenin\n"
        "\n"
        "1.2 - Des jeunes qui partent\n"
        "\n"
        "Les lycéens s’installent en ville dès la terminale. Ils disent aimer le pays,\n"
        "mais n’y voient pas d’avenir.\n"
        "\n"
        "2 - LES PISTES PROPOSÉES PAR LES HABITANTS LORS\n"
        "DES TROIS RÉUNIONS PUBLIQUES\n"
        "\n"
        "> Ouvrir une maison de services\n"
        "> Créer une navette vers la gare\n"
        "\n"
        "4\n"
        "\fCommunauté de communes du Val Brenin\n"
        "\n"
        "3 - ET APRÈS ?\n"
        "\n"
        "Le conseil communautaire votera le plan en décembre.\n",
        (
            "Diagnostic partagé – restitution",
            "1 - LES CONSTATS DE DÉPART",
            "1.1 - Une population qui vieillit",
            "1.2 - Des jeunes qui partent",
            "2 - LES PISTES PROPOSÉES PAR LES HABITANTS LORS DES TROIS RÉUNIONS PUBLIQUES",
            "3 - ET APRÈS ?",
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
    "wrapped report with titles on two lines.txt": (
        "Penser la santé des habitants dans le projet urbain :\n"
        "retour sur trois ateliers menés dans le quartier des Ormes\n"
        "\n"
        "Le centre social et la ville ont réuni une soixantaine d'habitants au\n"
        "cours de l'automne. Les échanges ont porté sur le bruit, l'air et les\n"
        "liens entre voisins.\n"
        "\n"
        "Le bruit, première gêne\n"
        "\n"
        "Les habitants citent d'abord les livraisons de nuit. « On ne dort plus\n"
        "depuis l'ouverture de la plateforme », dit une locataire de la tour B.\n"
        "Ils attendent de la mairie qu'elle fasse respecter les horaires.\n"
        "\n"
        "L'air et la chaleur dans les logements,\n"
        "un sujet qui monte\n"
        "\n"
        "La température dépasse 30 degrés dans les étages élevés pendant l'été.\n"
        "Une participante raconte avoir dormi dans sa voiture. Faut-il équiper\n"
        "les halls de pièces fraîches ?\n"
        "\n"
        "Des voisins qui ne se parlent plus\n"
        "\n"
        "La fermeture du café a laissé un vide. Plusieurs personnes voudraient\n"
        "un lieu ouvert le soir, sans obligation de consommer.\n"
        "\n"
        "Annexe : les participants\n"
        "\n"
        "Le groupe comptait 40 femmes et 22 hommes, de 14 à 83 ans.\n",
        (
            "Penser la santé des habitants dans le projet urbain : retour sur trois ateliers menés dans le quartier des Ormes",
            "Le bruit, première gêne",
            "L'air et la chaleur dans les logements, un sujet qui monte",
            "Des voisins qui ne se parlent plus",
            "Annexe : les participants",
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
