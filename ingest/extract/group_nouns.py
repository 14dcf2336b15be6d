"""Noun phrases for groups of people and kinds of bodies: « personnes âgées », « porteurs de projet », « élu.es »."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.text import singular
from ingest.extract.names import noun_forms
from ingest.extract.wordlists import phrases, single_words
from ingest.extract.words import Word, joined, words_of

_OF = frozenset({"de", "du", "des", "d"})
_OTHER_LINKS = frozenset({"en", "sans", "a", "au", "aux", "porteuses", "porteurs"})
_ARTICLES = frozenset({"la", "le", "l", "les"})
_BEFORE_NOUN = frozenset(
    """le la l les des de d du un une aux au ces ses leurs nos vos mes certains certaines plusieurs quelques tous toutes divers diverses differents
    differentes nombreux nombreuses autres et ou entre pour par avec sans chez vers sur dont jeunes petits petites futurs nouveaux vers comme que cent mille
    the of for with by from to and or some many few several our their these those all most other young older local""".split()
)
# A head that is also an adjective (« services publics ») is a noun only after one of the words above, or by the parse.
_ADJECTIVE_LIKE = frozenset(
    """public publics publique publiques local locaux politique politiques actif actifs actives ancien anciens anciennes interne internes scolaire scolaires
    francais francaise francaises europeen europeens humain humains independant independants independante independantes jeune jeunes precaire precaires retraite retraites etranger etrangers
    specialiste specialistes generaliste generalistes conventionnel conventionnels scientifique scientifiques voisin voisins voisines habitant mineur mineurs adulte adultes salarie salaries
    employe employes partenaires partenaire citoyen citoyenne citoyennes citoyens paysan paysans paysannes etudiant etudiante etudiantes etudiants lyceens parisiens parisien francilien franciliens
    beneficiaire volontaire volontaires militant militants participant participants enseignante enseignant laitiers laitier sportif sportifs touriste saisonnier saisonniers saisonnieres frontaliers
    benevole benevoles artisan pilotes pilote agricole refugies exile maraichers maraicher forestier forestiers bretons normand normands breton populaire malades malade expert experts cadres responsables responsable migrants""".split()
)
_DETERMINERS = frozenset({"cette", "ce", "ces", "cet", "son", "sa", "ses", "leur", "leurs", "nos", "notre", "chaque", "tous", "toute", "toutes", "plus", "moins", "nouveau", "nouvelle", "nouvelles"})
_BEFORE = frozenset({"jeunes", "petites", "petits", "futurs", "anciens", "grandes", "grands", "tres"})
_THE_MOST = frozenset("fragiles jeunes ages agees demunis precaires vulnerables modestes pauvres eloignes isoles demunies exposes".split())


@dataclass(frozen=True, slots=True)
class GroupNoun:
    """A group at label[first:last]; `key` is its identity inside the document, `head` its folded noun."""

    first: int
    last: int
    head: str
    key: str
    plural: bool
    bare: bool


@cache
def _heads(language: str) -> dict[str, tuple[str, bool]]:
    """Every form of every one-word head: its singular head and whether the form is plural."""
    out: dict[str, tuple[str, bool]] = {}
    bodies = phrases(language, "groups", "bodies")
    for entry in sorted(phrases(language, "groups", "heads") | bodies):
        if " " not in entry:
            forms = {entry, entry + "s", entry + "x"} if entry in bodies and language == "fr" else _forms(entry, language)
            for form in forms:
                out.setdefault(form, (entry, form.endswith(("s", "x")) or form in {"people", "children", "men", "women"}))
    for word in single_words(language, "groups", "plain"):
        out.setdefault(word, (word, True))
    return out


def _forms(noun: str, language: str) -> set[str]:
    if language == "en":
        plural = {"child": "children", "woman": "women", "man": "men", "people": "people", "youth": "youth"}.get(noun)
        return {noun, plural or (noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeou" else noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s"))}
    if "-" in noun:
        first, _, second = noun.partition("-")
        return {noun, noun + "s", f"{first}s-{second}s", f"{first}s-{second}", f"{first}s-{second}es", f"{first}-{second}es"}
    return set(noun_forms(noun)) | {noun + "s", noun + "x"} if noun not in {"public"} else {"public", "publics"}


@cache
def _long_heads(language: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Heads of several words, singularised, by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in phrases(language, "groups", "heads") | phrases(language, "groups", "bodies"):
        parts = tuple(_single(w.folded) for w in words_of(entry))
        if len(parts) > 1:
            found.setdefault(parts[0], []).append(parts)
    return {k: tuple(sorted(v, key=len, reverse=True)) for k, v in found.items()}


@cache
def _weak(language: str) -> frozenset[str]:
    return phrases(language, "groups", "weak") - phrases(language, "groups", "strong_alone")


@cache
def _qualifiers(language: str) -> frozenset[str]:
    return single_words(language, "groups", "qualifiers")


@cache
def _complements(language: str) -> frozenset[str]:
    return phrases(language, "groups", "complements")


@cache
def _loose() -> frozenset[str]:
    """Qualifiers that leave the group the same (« élus locaux », « habitants concernés »)."""
    return frozenset("local locale territorial territoriale concerne concernee present presente habitant territoire quartier ville commune".split())


def group_nouns(label: str, language: str, parse: Any = None) -> list[GroupNoun]:
    """The group phrases of a label, in order, none overlapping."""
    words, found, index = words_of(label), [], 0
    tags = {t.idx: t.pos_ for t in parse} if parse is not None else {}
    while index < len(words):
        group, after = _french_at(label, words, index, tags) if language != "en" else _english_at(label, words, index)
        if group:
            found.append(group)
        index = max(after, index + 1)
    return found


def _single(folded: str) -> str:
    return "tpe" if folded == "tpe" else singular(folded)


def _french_at(label: str, words: tuple[Word, ...], at: int, tags: dict[int, str]) -> tuple[GroupNoun | None, int]:
    word = words[at]
    if word.folded == "plus" and at + 1 < len(words) and words[at + 1].folded in _THE_MOST and at and words[at - 1].folded in {"les", "des", "aux"}:
        return GroupNoun(word.start, words[at + 1].end, "plus", f"plus {singular(words[at + 1].folded)}", True, False), at + 2
    known = _heads("fr").get(word.folded)
    long_end = _long_head_end(label, words, at, "fr")
    if known is None and long_end == at:
        return (_by_shape(label, words, at, tags), at + 1)
    if long_end == at and not _is_noun(label, words, at, tags):
        return None, at + 1
    head, plural = known or (singular(word.folded), word.folded.endswith(("s", "x")))
    start = at
    while start and words[start - 1].folded in _BEFORE and joined(label, words[start - 1], words[start]):
        start -= 1
    end, parts = (long_end, [_single(w.folded) for w in words[at + 1 : long_end] if w.folded not in _OF]) if long_end > at else (at + 1, [])
    parts += [_single(w.folded) for w in words[start:at]]
    end, more = _qualified(label, words, end, head)
    parts += more
    if end < len(words) and not more and words[end].upper and len(words[end].text) > 3 and joined(label, words[end - 1], words[end]):
        parts.append(words[end].folded)
        end += 1
    if at and words[at - 1].folded in {"zero", "entre"} and words[at - 1].folded == "zero":
        return None, at + 1
    if head.endswith(("s", "x")) and not (at and words[at - 1].folded in {"les", "des", "aux", "ces", "nos", "ses", "leurs"}):
        plural = word.folded != head or head in single_words("fr", "groups", "plain")
    identity = " ".join([head, *sorted({p for p in parts if p not in _loose()})])
    return GroupNoun(words[start].start, words[end - 1].end, head, identity, plural, not parts), end


def _long_head_end(label: str, words: tuple[Word, ...], at: int, language: str) -> int:
    for parts in _long_heads(language).get(_single(words[at].folded), ()):
        end = at + len(parts)
        if end <= len(words) and tuple(_single(w.folded) for w in words[at:end]) == parts:
            if all(joined(label, words[i], words[i + 1]) for i in range(at, end - 1)):
                return end
    return at


def _is_noun(label: str, words: tuple[Word, ...], at: int, tags: dict[int, str]) -> bool:
    """Whether an adjective-like head is a noun here; other heads are, unless the parse calls them a verb."""
    word = words[at]
    tag = tags.get(word.start, "")
    after_noun = at > 0 and joined(label, words[at - 1], word) and words[at - 1].folded not in _BEFORE_NOUN
    if tag == "ADJ" and after_noun and not word.inclusive:
        return False
    if word.folded not in _ADJECTIVE_LIKE or word.inclusive:
        return tag not in {"VERB", "AUX"} or word.folded.endswith(("eurs", "ants", "iens"))
    if at == 0 or not joined(label, words[at - 1], word):
        return tag != "ADJ"
    return words[at - 1].folded in _BEFORE_NOUN or (tag == "NOUN" and words[at - 1].text.isdigit())


def _qualified(label: str, words: tuple[Word, ...], end: int, head: str) -> tuple[int, list[str]]:
    """What follows a head and belongs to its name: adjectives, then a complement that names a kind."""
    parts: list[str] = []
    while end < len(words) and len(parts) < 2 and joined(label, words[end - 1], words[end]) and words[end].folded in _qualifiers("fr"):
        parts.append(_single(words[end].folded))
        end += 1
        if end + 1 < len(words) and words[end].folded in {"et", "ou"} and words[end + 1].folded in _qualifiers("fr") - set(_heads("fr")) and joined(label, words[end], words[end + 1]):
            end += 1
    index = end
    if index >= len(words) or not joined(label, words[index - 1], words[index]):
        return end, parts
    link = words[index].folded
    weak = head in _weak("fr")
    if link not in _OF and not (weak and link in _OTHER_LINKS) and not (link in {"sans", "en"} and head not in _BODIES_ALONE):
        return end, parts
    index += 1
    while index < len(words) and words[index].folded in _ARTICLES and joined(label, words[index - 1], words[index]):
        index += 1
    if index >= len(words) or not joined(label, words[index - 1], words[index]) or words[index].capital and not words[index].upper:
        return end, parts
    noun = words[index]
    if noun.folded in _DETERMINERS or len(noun.text) < 3 or (link in {"a", "au", "aux"} and noun.folded not in {"mobilite", "faible", "faibles", "besoin", "besoins", "risque", "domicile"}):
        return end, parts
    belongs = _single(noun.folded) in _complements("fr") or noun.folded in _complements("fr")
    if not belongs and not (weak and not parts) and link not in {"sans", "en"}:
        return end, parts
    if link == "en" and not belongs and noun.folded not in {"situation", "difficulte", "precarite", "recherche", "emploi", "formation", "pratique", "activite", "reconversion", "exil", "fauteuil", "detresse"}:
        return end, parts
    parts.append(_single(noun.folded))
    return _complement_end(label, words, index + 1, parts), parts


_BODIES_ALONE = frozenset({"commune", "collectivite", "territoire", "ville", "ecole"})


def _complement_end(label: str, words: tuple[Word, ...], end: int, parts: list[str]) -> int:
    """« en situation de précarité sociale », « sans médecin traitant »: up to three words more."""
    steps = 0
    while end < len(words) and steps < 2 and joined(label, words[end - 1], words[end]):
        if words[end].folded in _qualifiers("fr") or words[end].folded in {"traitant", "avancee", "fixe", "active"}:
            parts.append(_single(words[end].folded))
            end, steps = end + 1, steps + 1
        elif words[end].folded in {"de", "d", "du"} and parts[-1] in {"situation", "recherche", "perte", "milieu", "petite", "condition"} and end + 1 < len(words) and joined(label, words[end], words[end + 1]):
            parts.append(_single(words[end + 1].folded))
            end, steps = end + 2, steps + 1
        else:
            break
    return end


def _by_shape(label: str, words: tuple[Word, ...], at: int, tags: dict[int, str]) -> GroupNoun | None:
    """A plural no list knows but that only people bear: « -istes », « -iciens », inclusive writing."""
    word = words[at]
    if not word.inclusive and _agent_noun(words, at, tags):
        return GroupNoun(word.start, word.end, singular(word.folded), singular(word.folded), True, True)
    human = word.folded.endswith(("istes", "iciens", "iciennes", "logues")) and word.folded not in _NOT_HUMAN and len(word.folded) > 7
    inclusive = word.inclusive and word.folded.endswith(("s", "x")) and word.folded not in _PRONOUNS
    if not (human or inclusive) or word.capital and at and not inclusive:
        return None
    nominal = tags.get(word.start, "NOUN") in {"NOUN", "PROPN", "X"} if tags else at > 0 and words[at - 1].folded in _BEFORE_NOUN
    after_article = at > 0 and words[at - 1].folded in {"les", "des", "aux", "ces", "nos", "leurs", "plusieurs", "certains"}
    if not (nominal and (after_article or human)) or (at and words[at - 1].folded in _heads("fr")):
        return None
    return GroupNoun(word.start, word.end, singular(word.folded), singular(word.folded), True, True)


def _agent_noun(words: tuple[Word, ...], at: int, tags: dict[int, str]) -> bool:
    """« des soudeurs », « les irrigants »: a plural of agent after a plural article, none of the things so called."""
    word = words[at]
    if not word.folded.endswith(("eurs", "euses", "trices", "ants")) or len(word.folded) < 7 or word.folded in _THINGS or at == 0:
        return False
    return words[at - 1].folded in {"les", "des", "aux", "nos", "plusieurs", "certains", "certaines", "quelques"} and tags.get(word.start, "NOUN") == "NOUN"


_THINGS = frozenset(
    """moteurs secteurs facteurs indicateurs ordinateurs vecteurs capteurs composteurs tracteurs compteurs ascenseurs detecteurs serveurs navigateurs radiateurs
    conteneurs valeurs couleurs erreurs hauteurs largeurs longueurs profondeurs plusieurs chaleurs fleurs majeurs meilleurs exterieurs interieurs superieurs
    inferieurs anterieurs ulterieurs ailleurs horodateurs ralentisseurs broyeurs cars carburants restaurants polluants courants instants montants suivants
    existants importants manquants croissants habitants interessants participants differents cadrants volants aimants collants constants pertinents
    processeurs moniteurs diffuseurs accelerateurs incubateurs simulateurs refrigerateurs congelateurs distributeurs transformateurs generateurs onduleurs
    adoucisseurs epurateurs projecteurs afficheurs curseurs segments tableurs editeurs boutures lueurs vapeurs odeurs saveurs rumeurs humeurs pudeurs douleurs
    faveurs horreurs terreurs vigueurs rigueurs rancoeurs liqueurs sueurs tumeurs teneurs splendeurs grandeurs candeurs mineurs ardeurs laideurs minceurs
    croissantes montantes variants determinants composants excedants fondants colorants fertilisants""".split()
)
_NOT_HUMAN = frozenset("touristes realistes reformistes dialogues catalogues analogues".split()) - {"touristes"}
_PRONOUNS = frozenset(
    """tous certains chacun eux ceux nombreux differents autres seuls presents concernes interesses inscrits motives invites engages satisfaits
    surs prets formes accompagnes isoles proactifs nouveaux anciens quelques-uns celles dernier derniers premiers""".split()
)


def _english_at(label: str, words: tuple[Word, ...], at: int) -> tuple[GroupNoun | None, int]:
    """Modifiers come first in English: « second-home owners », « young people »."""
    long_end = _long_head_end(label, words, at, "en")
    known = _heads("en").get(words[at].folded)
    end = long_end if long_end > at else at + 1
    if (known is None and long_end == at) or words[at].upper and words[at].folded not in single_words("en", "groups", "plain"):
        return None, at + 1
    head, plural = known or (singular(words[end - 1].folded), words[end - 1].folded.endswith("s"))
    if long_end > at:
        head, plural = " ".join(_single(w.folded) for w in words[at:long_end]), words[end - 1].folded.endswith("s") or words[end - 1].folded == "people"
    if words[at].capital and at and joined(label, words[at - 1], words[at]) and words[at - 1].capital:
        return None, at + 1
    start, parts = at, []
    while start and words[start - 1].folded in _qualifiers("en") and joined(label, words[start - 1], words[start]) and at - start < 2:
        start -= 1
        parts.append(words[start].folded)
    if end < len(words) and words[end].folded in _heads("en") and joined(label, words[end - 1], words[end]):
        return None, at + 1
    return GroupNoun(words[start].start, words[end - 1].end, head, " ".join([head, *sorted(parts)]), plural, not parts), end
