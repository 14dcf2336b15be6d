# ruff: noqa: E501 - samples stand on the lines they come on
"""Reports and the texts of PDF files, with the headings a reader of the page would name."""

from __future__ import annotations

LAYOUTS: dict[str, tuple[str, tuple[str, ...]]] = {
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
}
