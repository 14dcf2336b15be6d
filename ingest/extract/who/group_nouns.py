"""Noun phrases for groups of people and kinds of bodies: « personnes âgées », « porteurs de projet », « élu.es »."""

from __future__ import annotations

from graph.text import singular
from ingest.extract.who import territories
from ingest.extract.who.group_heads import (
    GroupNoun,
    complements,
    heads,
    listed,
    long_head_end,
    opens_long_head,
    qualifiers,
    single,
    weak_heads,
)
from ingest.extract.who.group_nouns_en import english_at
from ingest.extract.who.group_shapes import by_shape, has_shape
from ingest.extract.who.wordlists import single_words
from ingest.extract.who.words import Word, joined, words_of
from ingest.parse import Parse

_OF = frozenset({"de", "du", "des", "d"})
_OTHER_LINKS = frozenset({"en", "sans", "a", "au", "aux", "porteuses", "porteurs"})
_ARTICLES = frozenset({"la", "le", "l", "les"})
# A head that is also an adjective (« services publics ») is a noun only after one of the words above, or by the parse.


def _loose() -> frozenset[str]:
    """Qualifiers that leave the group the same (« élus locaux », « habitants concernés »)."""
    return listed("loose")


def group_nouns(label: str, language: str, parse: Parse | None = None) -> list[GroupNoun]:
    """The group phrases of a label, in order, none overlapping."""
    words, found, index = words_of(label), [], 0
    tags = dict(zip(parse.starts, parse.tags, strict=True)) if parse is not None else {}
    while index < len(words):
        if language != "en" and not (words[index].inclusive or _may_name(words[index].folded)):
            index += 1
            continue
        group, after = _french_at(label, words, index, tags) if language != "en" else english_at(label, words, index)
        if group:
            found.append(group)
        index = max(after, index + 1)
    return found


def _may_name(folded: str) -> bool:
    """Whether a word may begin a French group; few do."""
    return folded in {"plus", "moins"} or folded in heads("fr") or opens_long_head(folded, "fr") or has_shape(folded)


def _french_at(label: str, words: tuple[Word, ...], at: int, tags: dict[int, str]) -> tuple[GroupNoun | None, int]:
    word = words[at]
    if alone := _aged(words, at) or _the_most(words, at):
        return alone, next(n for n in range(at, len(words)) if words[n].end >= alone.last) + 1
    if _in_place_name(words, at) or _participle(words, at) or _opens_next(label, words, at, tags):
        return None, at + 1
    known = heads("fr").get(word.folded)
    long_end = long_head_end(label, words, at, "fr")
    if known is None and long_end == at:
        return (by_shape(label, words, at, tags), at + 1)
    if long_end == at and not _is_noun(label, words, at, tags):
        return None, at + 1
    head, plural = known or (singular(word.folded), word.folded.endswith(("s", "x")))
    start = at
    while start and words[start - 1].folded in listed("openers") and joined(label, words[start - 1], words[start]):
        start -= 1
    end, parts = (
        (long_end, [single(w.folded) for w in words[at + 1 : long_end] if w.folded not in _OF])
        if long_end > at
        else (at + 1, [])
    )
    parts += [single(w.folded) for w in words[start:at]]
    end, more = _qualified(label, words, end, head)
    parts += more
    if (
        end < len(words)
        and not more
        and words[end].upper
        and len(words[end].text) > 3
        and joined(label, words[end - 1], words[end])
    ):
        parts.append(words[end].folded)
        end += 1
    if at and words[at - 1].folded in {"zero", "entre"} and words[at - 1].folded == "zero":
        return None, at + 1
    if head.endswith(("s", "x")) and not (
        at and words[at - 1].folded in {"les", "des", "aux", "ces", "nos", "ses", "leurs"}
    ):
        plural = word.folded != head or head in single_words("fr", "groups", "plain")
    identity = " ".join([head, *sorted({p for p in parts if p not in _loose()})])
    return GroupNoun(words[start].start, words[end - 1].end, head, identity, plural, not parts), end


def _in_place_name(words: tuple[Word, ...], at: int) -> bool:
    """« rue des Tanneurs », « place des Pêcheurs »: a capital after a landmark names a place; « Collège habitants »."""
    if any(w.folded == "college" and w.capital for w in words[max(0, at - 1) : at + 1]):
        return True
    led = at > 1 and words[at].capital and not words[at].upper and words[at - 1].folded in {"des", "aux", "les"}
    return led and words[at - 2].folded in territories.heads("fr", "landmark")


def _aged(words: tuple[Word, ...], at: int) -> GroupNoun | None:
    """« les moins de 25 ans », « les plus de 60 ans »."""
    run = words[at : at + 4]
    article = at > 0 and words[at - 1].folded in {"les", "des", "aux"}
    if not article or len(run) < 4 or run[0].folded not in {"moins", "plus"} or run[1].folded != "de":
        return None
    if not (run[2].text.isdigit() and run[3].folded == "ans"):
        return None
    name = f"{run[0].folded} de {run[2].text} ans"
    return GroupNoun(run[0].start, run[3].end, run[0].folded, name, True, False)


def _the_most(words: tuple[Word, ...], at: int) -> GroupNoun | None:
    """« les plus fragiles »."""
    if words[at].folded != "plus" or not 0 < at < len(words) - 1 or words[at - 1].folded not in {"les", "des", "aux"}:
        return None
    following = words[at + 1]
    if following.folded not in listed("the_most"):
        return None
    return GroupNoun(words[at].start, following.end, "plus", f"plus {singular(following.folded)}", True, False)


def _opens_next(label: str, words: tuple[Word, ...], at: int, tags: dict[int, str]) -> bool:
    """« jeunes agriculteurs »: an adjective before the noun of the group, which takes it in."""
    if words[at].folded not in listed("openers") or at + 1 >= len(words) or not joined(label, words[at], words[at + 1]):
        return False
    following = words[at + 1]
    known = heads("fr").get(following.folded)
    if known is None or not known[1] or following.folded in listed("adjective_like"):
        return False
    return tags.get(following.start, "NOUN") in {"NOUN", "PROPN"}


def _participle(words: tuple[Word, ...], at: int) -> bool:
    """« sont élus », « ont été invités »: what happens to somebody, no group."""
    return at > 0 and words[at].folded in _PARTICIPLES and words[at - 1].folded in _AUXILIARIES


_FEMININE = ("ives", "elles", "euses", "ales", "iennes", "antes")
_PARTICIPLES = frozenset("elus elues invites invitees employes employees delegues deleguees exiles exilees".split())
_AUXILIARIES = frozenset("sont etaient ete seront etre furent soient".split())


def _is_noun(label: str, words: tuple[Word, ...], at: int, tags: dict[int, str]) -> bool:
    """Whether an adjective-like head is a noun here; other heads are, unless the parse calls them a verb."""
    word = words[at]
    tag = tags.get(word.start, "")
    after_noun = at > 0 and joined(label, words[at - 1], word) and words[at - 1].folded not in listed("before_noun")
    if tag == "ADJ" and after_noun and not word.inclusive:
        return False
    if word.folded not in listed("adjective_like") or word.inclusive:
        return tag not in {"VERB", "AUX"} or word.folded.endswith(("eurs", "ants", "iens"))
    if at == 0 or not joined(label, words[at - 1], word):
        return tag != "ADJ"
    if tag == "ADJ" and words[at - 1].folded in {"et", "ou"} and word.folded.endswith(_FEMININE):
        return False  # « les tâches administratives (…) et sportives »
    return words[at - 1].folded in listed("before_noun") or (tag == "NOUN" and words[at - 1].text.isdigit())


def _qualified(label: str, words: tuple[Word, ...], end: int, head: str) -> tuple[int, list[str]]:
    """What follows a head and belongs to its name: adjectives, then a complement that names a kind."""
    parts: list[str] = []
    while (
        end < len(words)
        and len(parts) < 2
        and joined(label, words[end - 1], words[end])
        and words[end].folded in qualifiers("fr")
    ):
        parts.append(single(words[end].folded))
        end += 1
        if (
            end + 1 < len(words)
            and words[end].folded in {"et", "ou"}
            and words[end + 1].folded in qualifiers("fr") - set(heads("fr"))
            and joined(label, words[end], words[end + 1])
        ):
            end += 1
    if not parts and _denied(label, words, end):
        parts += ["non", single(words[end + 1].folded)]
        end += 2
    noun = _complement_noun(label, words, end, head, bare=not parts)
    if noun == end:
        return end, parts
    parts.append(single(words[noun].folded))
    return _complement_end(label, words, noun + 1, parts), parts


def _denied(label: str, words: tuple[Word, ...], at: int) -> bool:
    """« mineurs non accompagnés », « commerçants non sédentaires »."""
    if not 0 < at < len(words) - 1 or words[at].folded != "non" or words[at + 1].folded not in listed("denied"):
        return False
    return joined(label, words[at - 1], words[at]) and joined(label, words[at], words[at + 1])


def _complement_noun(label: str, words: tuple[Word, ...], end: int, head: str, *, bare: bool) -> int:
    """Where the noun of a complement that belongs to the name stands; `end` where there is none."""
    weak = head in weak_heads("fr")
    if end >= len(words) or not joined(label, words[end - 1], words[end]) or not _links(words[end].folded, head, weak):
        return end
    index = _behind_articles(label, words, end)
    if index == end:
        return end
    link, noun = words[end].folded, words[index]
    belongs = single(noun.folded) in complements("fr") or noun.folded in complements("fr")
    if index + 1 < len(words) and joined(label, noun, words[index + 1]):
        following = words[index + 1]
        known = single(noun.folded) in complements("fr")
        if not known and f"{noun.folded} {following.folded}" in complements("fr"):
            return index + 1  # « de la petite enfance »
        if known and _is_named(label, words, index + 1):
            return end  # « les enseignants de l’école Jules-Verne »: the body has a name of its own
    wanted = {"a": "after_a", "au": "after_a", "aux": "after_a", "en": "after_en"}.get(link)
    refused = (noun.capital and not noun.upper) or noun.folded in listed("not_complements") or len(noun.text) < 3
    if wanted:
        refused = refused or not (noun.folded in listed(wanted) or (belongs and link == "en"))
    open_head = weak or (head in listed("of_anything") and link in _OF)
    if bare and single(noun.folded) != noun.folded and noun.folded in heads("fr") and _one_person(head, words[end - 1]):
        return end  # « une déléguée de parents d’élèves »: the group is theirs
    return index if not refused and (belongs or (open_head and bare) or link in {"sans", "en"}) else end


def _is_named(label: str, words: tuple[Word, ...], at: int) -> bool:
    """Whether a complement has a name of its own: « de l’école Jules-Verne », « de la rue du Viaduc »."""
    if words[at].folded in _OF:
        at += 1
        if at < len(words) and words[at].folded in _ARTICLES:
            at += 1
    return at < len(words) and words[at].capital and not words[at].upper and joined(label, words[at - 1], words[at])


def _one_person(head: str, word: Word) -> bool:
    return word.folded == head and not word.folded.endswith(("s", "x")) and not word.inclusive


def _links(link: str, head: str, weak: bool) -> bool:
    return link in _OF or (weak and link in _OTHER_LINKS) or (link in {"sans", "en"} and head not in _BODIES_ALONE)


_BODIES_ALONE = frozenset({"commune", "collectivite", "territoire", "ville", "ecole"})


def _complement_end(label: str, words: tuple[Word, ...], end: int, parts: list[str]) -> int:
    """« en situation de précarité sociale », « sans médecin traitant »: up to three words more."""
    steps = 0
    while end < len(words) and steps < 2 and joined(label, words[end - 1], words[end]):
        if words[end].folded in qualifiers("fr") or words[end].folded in {"traitant", "avancee", "fixe", "active"}:
            parts.append(single(words[end].folded))
            end, steps = end + 1, steps + 1
        elif parts[-1] in _LED_ON and words[end].folded in {"de", "d", "du"}:
            noun = _noun_behind(label, words, end)
            if noun == end:
                break
            parts.append(single(words[noun].folded))
            end, steps = noun + 1, steps + 1
        else:
            break
    return end


_LED_ON = frozenset({"situation", "recherche", "perte", "milieu", "petite", "condition"})
_NO_NOUNS = frozenset("un une leur leurs son sa ses notre nos votre vos ce cet cette ces".split())


def _noun_behind(label: str, words: tuple[Word, ...], link: int) -> int:
    """Where the common noun behind « de », « de l’ » stands; `link` where a name or nothing follows."""
    at = _behind_articles(label, words, link)
    return link if words[at].capital or words[at].folded in _NO_NOUNS else at


def _behind_articles(label: str, words: tuple[Word, ...], link: int) -> int:
    """The word that « de », « de l’ » leads to; `link` where it leads to none."""
    at = link + 1
    while at < len(words) and words[at].folded in _ARTICLES and joined(label, words[at - 1], words[at]):
        at += 1
    return at if at < len(words) and joined(label, words[at - 1], words[at]) else link
