"""Guessing the parent of each topic of a flat map: topics come depth first; their wording tells how high they stand.

Every parent is a guess with a confidence; under 0.6 it is to be confirmed by a person.
"""

from __future__ import annotations

import re

from graph.text import fold, words
from ingest.document import Block

SURE = 0.8  # parents under it are shown to be confirmed
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
_COMMON = frozenset(
    "les des une dans pour avec sur par que qui pas plus tout tous toute toutes faire etre avoir the and".split()
)
_CENTRE = -1
_SUB_HEADER = 2
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
    if _is_infinitive(folded) and len(bare) <= 2:
        return 1  # "Se déplacer", "Apprendre": a branch; longer ones are things to do
    if _LEADING_ARTICLE.match(label) or _VERB.search(folded) or _is_infinitive(folded):
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


def _is_infinitive(folded: str) -> bool:
    found = _INFINITIVE.match(folded)
    return found is not None and found.group(1) not in _NOUN_LIKE


def _noun_phrase_rank(label: str, bare: list[str], content: list[str]) -> int:
    if len(label.split()) == 1 or not bare:
        return 1
    if len(content) <= 2 and len(bare) <= 3 and "," not in label:
        return 2
    nominal = re.search(r"(?:tions?|ments?|ances?|ite|ites|ure)$", bare[0])
    return 2 if len(bare) <= 6 or (nominal and len(bare) <= 9) else _STATEMENT


def guess_parents(blocks: list[Block]) -> None:
    """Set parent and confidence of every topic, in place."""
    open_topics: list[tuple[int, int]] = []  # rank, order
    previous: Block | None = None
    for block in blocks:
        height = rank(block.label)
        if previous is None and height >= _SUB_HEADER:
            height = _CENTRE  # a map that begins with a whole phrase begins with its centre
        if height == _STATEMENT and previous is not None and _takes_up(block.label, previous.label):
            height = _REPLY_RANK
        if open_topics:
            _close_questions(blocks, block, open_topics)
        if height == _REPLY_RANK and previous is not None:
            _reply(block, previous)
        else:
            height = min(height, _STATEMENT)
            while open_topics and open_topics[-1][0] >= height:
                open_topics.pop()
            block.parent = open_topics[-1][1] if open_topics else None
            block.parent_confidence = _confidence(height, open_topics)
            open_topics.append((height, block.order))
        previous = block


def _takes_up(label: str, above: str) -> bool:
    """Whether a topic begins with a word that the statement above it has just used."""
    lead = [w for w in words(label)[:2] if len(w) > 2 and w not in _COMMON]
    said = words(above)
    return (
        rank(above) >= _STATEMENT - 1 and bool(lead) and lead[0] in said[:1] + said[2:] and said[0] != words(label)[0]
    )


def _close_questions(blocks: list[Block], block: Block, open_topics: list[tuple[int, int]]) -> None:
    """A header that announces questions ends with the last of them."""
    header = blocks[open_topics[-2][1] if len(open_topics) > 1 else open_topics[-1][1]]
    following = [b.label.rstrip().endswith("?") for b in blocks[block.order : block.order + 2]]
    seen = blocks[block.order - 1].parent == header.order and blocks[block.order - 1].label.rstrip().endswith("?")
    if len(open_topics) > 1 and "question" in fold(header.label)[:20] and seen and not any(following):
        del open_topics[-2:]


def _reply(block: Block, previous: Block) -> None:
    """A reply stands under what it answers; a second reply beside the first."""
    beside = rank(previous.label) == _REPLY_RANK and previous.parent is not None
    block.parent = previous.parent if beside else previous.order
    block.parent_confidence = 0.5 if beside else 0.6


def _confidence(height: int, open_topics: list[tuple[int, int]]) -> float:
    if height == 0:
        return 0.7
    if not open_topics:
        return 0.4
    gap = height - open_topics[-1][0]
    return {1: 0.65, 2: 0.55, 3: 0.5}.get(gap, 0.5)
