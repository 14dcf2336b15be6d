"""How high a topic's wording puts it in a map: a main branch, a header, a statement, a reply."""

from __future__ import annotations

import re

from graph.text import fold, words

_BRANCH_WORDS = frozenset(
    """contexte introduction conclusion objectif objectifs enjeu enjeux ressource ressources atelier ateliers question
    questions questionnement questionnements interrogations constat constats diagnostic besoin besoins attente attentes
    proposition propositions piste pistes idee idees action actions projet projets acteur acteurs partenaires
    partenariats
    public publics territoire methode methodologie outil outils moyen moyens frein freins levier leviers atouts
    faiblesses forces opportunites menaces risques suite suites perspectives synthese bilan calendrier planning
    organisation gouvernance financement budget communication evaluation divers annexe annexes references sources
    inspirations exemples definitions vision valeurs priorites axes themes thematiques solutions problemes causes
    context objectives goals issues needs ideas actions projects stakeholders partners tools resources strengths
    weaknesses risks next timeline summary background problems challenges opportunities""".split()
)
_INTRODUCERS = frozenset(
    """exemple exemples question questions consequence consequences principe principes enjeu enjeux piste pistes effet
    effets cause causes type types etape etapes condition conditions critere criteres raison raisons point points
    proposition propositions difficulte difficultes probleme problemes levier leviers frein freins besoin besoins
    objectif objectifs acteur acteurs outil outils avantage avantages limite limites avenir future role roles""".split()
)
_NUMBERS = frozenset("deux trois quatre cinq six sept huit dix plusieurs quelques two three four five several".split())
_LEADING_ARTICLE = re.compile(
    r"^(?:des|un|une|le|la|les|l['’]|on|il|elle|ils|nous|vous|je|ce|cela|ca|quand|si)\b", re.I
)
_INFINITIVE = re.compile(
    r"^(?:s['’]|se |ne pas |re-)?([a-z]{2,}(?:er|ir|oir)|[a-z]*(?:faire|mettre|prendre|rendre|vendre|tendre|"
    r"fendre|pondre|duire|truire|dire|crire|lire|vivre|suivre|naitre|etre|croire|joindre|vaincre|battre))\b"
)
_NOUN_LIKE = frozenset(
    """atelier metier quartier chantier papier courrier foyer dossier calendrier hiver danger panier cahier premier
    dernier
    avenir loisir plaisir souvenir desir espoir terroir trottoir savoir pouvoir devoir""".split()
)
_REPLY = re.compile(
    r"^(?:(?:oui|non|mais|donc|car|parce|ainsi|alors|ex)\b|d'ou |par exemple|notamment|c'est|ce qui|cela|"
    r"va |vont |peut |"
    r"doit |permet |implique |suppose |necessite de|reste a|(?:=+|-+)>|→|lien qui|yes|no\b|but |so |e\.g)"
)
_VERB = re.compile(
    r"\b(?:est|sont|ont|peut|peuvent|doit|doivent|faut|va|vont|fait|font|permet|qui|que|quand|n'est|n'ont|pas|pense|"
    r"apporte|reste|vit|is|are|has|have|can|must|will|should)\b"
)
_STATEMENT = 3
_REPLY_RANK = 4


def rank(label: str) -> int:  # noqa: PLR0911 - one line per cue, strongest first
    """How high a topic's wording puts it: 0 a main branch, 1 a header, 2 a sub-header, 3 a statement, 4 a reply.

    >>> [rank(x) for x in ("Enjeux", "Tiers-lieux", "Isolement des aînés", "Il faut ouvrir plus tard", "Oui, le soir")]
    [0, 1, 2, 3, 4]
    """
    folded, found = fold(label), words(label)
    bare = words(re.sub(r"\([^)]*\)", " ", label)) or found
    if _REPLY.match(folded):
        return _REPLY_RANK
    if label.rstrip().endswith("?") or len(label) > 90:
        return _STATEMENT
    content = [w for w in bare if len(w) > 2]
    if _is_branch(folded, bare, content):
        return 0
    if _introduces(bare):
        return 1
    if " : " in label and len(bare) <= 6 and not label.rstrip().endswith("!"):
        return 1
    if is_infinitive(folded) and len(bare) <= 2:
        return 1  # "Se déplacer", "Apprendre": a branch; longer ones are things to do
    if _LEADING_ARTICLE.match(label) or _VERB.search(folded) or is_infinitive(folded):
        return _STATEMENT
    return _noun_phrase_rank(label, bare, content)


def _is_branch(folded: str, bare: list[str], content: list[str]) -> bool:
    if folded.startswith("pour ") and len(bare) <= 4:
        return True
    named = [w for w in content if w in _BRANCH_WORDS]
    return bool(named) and (len(content) <= 1 or (len(named) >= 2 and len(bare) <= 9) or _quantified(bare))


def _quantified(bare: list[str]) -> bool:
    return len(bare) == 2 and (bare[0] in _NUMBERS or bare[0].isdigit())


def _introduces(bare: list[str]) -> bool:
    """ "3 principes à appliquer", "Des questions qui se posent", "Conséquences de la crise"."""
    if len(bare) > 6:
        return False
    lead = [w for w in bare[:3] if w not in {"des", "les", "l", "d", "le", "la", "the"}]
    return bool(lead) and (lead[0] in _INTRODUCERS or ((lead[0].isdigit() or lead[0] in _NUMBERS) and len(lead) > 1))


def is_infinitive(folded: str) -> bool:
    found = _INFINITIVE.match(folded)
    return found is not None and found.group(1) not in _NOUN_LIKE


def _noun_phrase_rank(label: str, bare: list[str], content: list[str]) -> int:
    if len(label.split()) == 1 or not bare:
        return 1
    if len(content) <= 2 and len(bare) <= 3 and "," not in label:
        return 2
    nominal = re.search(r"(?:tions?|ments?|ances?|ite|ites|ure)$", bare[0])
    return 2 if len(bare) <= 6 or (nominal and len(bare) <= 9) else _STATEMENT
