"""Notes where a title is easily lost, or found where there is none: after lists of people, around items and names."""

from __future__ import annotations

_SECTIONS = "Les mobilités\n\n- ouvrir une ligne de car\n- prêter des vélos\n\nLe logement\n\nOn rénove les granges.\n"
_FOUND = ("Les mobilités", "Le logement")

LAYOUTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "titles after names.txt": (
        f"Atelier du soir\n\nPrésents :\nClaire Vasseur\nPaul Massot\n\n{_SECTIONS}",
        ("Atelier du soir", *_FOUND),
    ),
    "titles after items that are people.txt": (
        f"Atelier du soir\n\nParticipants\n\n- Claire Vasseur, mairie\n- Paul Massot, AMAP\n\n{_SECTIONS}",
        ("Atelier du soir", "Participants", *_FOUND),
    ),
    "titles after names and bodies that stand apart.txt": (
        f"Atelier du soir\n\nÉtaient présents :\n\nClaire Vasseur\n\nMairie de Sorbiers\n\n{_SECTIONS}",
        ("Atelier du soir", *_FOUND),
    ),
    "a school that heads items after those present.txt": (
        "Atelier du soir\n\nPrésents :\n\nMairie de Sorbiers\n- Hélène Vasseur\n\nÉcole\n\n- ouvrir la cantine\n",
        ("Atelier du soir", "Présents :", "École"),
    ),
    "a plan with its initials after those present is nobody.txt": (
        "Atelier du soir\n\nPrésents :\nClaire Vasseur\n\nProjet PLUI\n\nLe plan sera voté en mars.\n",
        ("Atelier du soir", "Projet PLUI"),
    ),
    "items set apart between paragraphs.txt": (
        "Les parents demandent une garderie.\n\n- Ouverture de la garderie jusqu'à 19 h\n\n"
        "Ensuite on a parlé de la rue, trop bruyante.\n\n- Fermeture de la rue devant l'école\n\n"
        "La mairie répondra en juin.\n",
        (),
    ),
    "arrows that conclude.txt": (
        "Les parents demandent une garderie.\n→ Création d'un groupe de travail\n"
        "Ensuite on a parlé de la rue, trop bruyante.\n→ Achat de deux bâches\nLa mairie répondra en juin.\n",
        (),
    ),
    "people of a loose list.txt": (
        "Le tour de table.\n\n■ Claire Vasseur\nMaire de Sorbiers, elle suit le dossier depuis deux ans.\n\n"
        "■ Paul Massot\nIl cultive des légumes.\n",
        (),
    ),
    "themes that begin like a body.txt": (
        "Atelier du 3 mai\n\nMobilité\n\nLes cars passent deux fois par jour.\n\nServices de proximité\n\n"
        "La poste ferme à midi.\n\nVille apaisée\n\nLes voitures passent trop vite.\n",
        ("Atelier du 3 mai", "Mobilité", "Services de proximité", "Ville apaisée"),
    ),
    "titles of two words of a table's head.txt": (
        "Atelier jeunesse\n\nConstats / Propositions\n\nLes jeunes voudraient une salle.\n\n"
        "Enjeux - Actions\n\n- ouvrir le foyer\n- prêter des vélos\n",
        ("Atelier jeunesse", "Constats / Propositions", "Enjeux - Actions"),
    ),
    "a name over its office, dense.txt": (
        "Réunion du conseil\nLa séance est ouverte à dix-huit heures.\nMerci à tous pour ce qui suit.\nClaire Vasseur\n"
        "Chargée de mission mobilités à la communauté de communes du Pays de Sorbiers\n",
        ("Réunion du conseil",),
    ),
    "verse.txt": (
        "Le soir tombait sur la colline.\nLes oiseaux du matin\n"
        "Chantaient dans la ramure et le vent les portait vers la rivière endormie\nOn entendait les cloches.\n",
        (),
    ),
    "a title near the edges of two pages.txt": (
        "Atelier du soir\n\nOn a parlé de tout.\n\x0cPremier groupe\n\nPropositions du groupe\n\n- ouvrir la salle\n\n"
        "On a voté.\n\x0cDeuxième groupe\n\nPropositions du groupe\n\n- fermer la rue\n",
        (
            "Atelier du soir",
            "Premier groupe",
            "Propositions du groupe",
            "Deuxième groupe",
            "Propositions du groupe",
        ),
    ),
}
