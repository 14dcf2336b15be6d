"""The phrase that names what a heading is about, where it is a clause: « Qui porte le projet de collecte ? »."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from ingest.extract.topic.phrases import filters, heading_topic, is_topic_like
from ingest.extract.topic.thesaurus import Token, tokens
from ingest.parse import Parse

MAX_WORDS = 4  # of a phrase
MAX_LABEL = 200  # characters of a heading
MIN_LETTERS = 4
_ASIDE = re.compile(r"\s*(?:\([^()]{1,80}\)|\[[^\[\]]{1,40}\])")
_YEAR = re.compile(r"[\s,–-]*(?:en |in |de |d'|pour )?(?:19|20)\d\d(?:\s?[/-]\s?(?:19|20)?\d\d)?\W*$")
_APART = re.compile(r"\b(?:to|wants?|should|will|could|can)\s+(?:the |a |an )?$", re.IGNORECASE)  # a verb follows
_SPEAKER = re.compile(r"^[A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+)? ?:\s+(?=\S)")
_NOMINAL = frozenset({"NOUN", "ADJ", "PROPN"})
_BETWEEN = frozenset({"de", "d'", "d’", "du", "des", "la", "l'", "l’", "à", "au", "aux", "en"})
_LEADS = frozenset({"sur", "de", "du", "des", "d'", "pour", "les", "le", "la", "l'", "aux", "au"})


def phrase_of(label: str, parse: Parse | None, language: str, often: Callable[[str], int]) -> tuple[int, int] | None:
    """Where a heading names its subject, in label indices; `often`: how many times a word stands in the text.

    The whole heading where it is a phrase, else the noun phrase whose words come again most often.
    """
    if len(label) > MAX_LABEL:
        return None
    whole = heading_topic(_YEAR.sub("", _ASIDE.sub("", label)).rstrip(" .:"), language)
    if whole and is_topic_like(whole, language) and (at := label.casefold().find(whole.casefold())) >= 0:
        return (at, at + len(whole)) if _comes_again(whole, often) else None
    aside = [m.span() for m in _ASIDE.finditer(label)]
    phrases = _nominal(label, parse, language) if parse is not None else _pairs(label, language)
    found = [f for f in phrases if _comes_again(label[slice(*f)], often) and not any(a <= f[0] < b for a, b in aside)]
    if not found:
        return None
    return max(found, key=lambda f: (_weight(label[slice(*f)], language, often), -f[0]))


def _comes_again(phrase: str, often: Callable[[str], int]) -> bool:
    """Whether the text names it outside of its heading, by one of its words."""
    return any(often(t.word) > 1 for t in tokens(phrase))


def _weight(phrase: str, language: str, often: Callable[[str], int]) -> float:
    words = [t.word for t in tokens(phrase) if t.word not in filters(language).light]
    return sum(min(3, often(w)) for w in words) / max(1, len(words)) + 0.1 * len(words)


def _nominal(label: str, parse: Parse, language: str) -> Iterator[tuple[int, int]]:
    """Runs of nouns, adjectives and names, with « de » between; a lone noun only behind a light one."""
    run: list[int] = []
    for word, tag in enumerate([*parse.tags, ""]):
        text = parse.text(word).lower() if tag else ""
        inside = tag in _NOMINAL or (run and text in _BETWEEN)
        if inside:
            run.append(word)
            continue
        yield from _kept(label, parse, run, language)
        run = []


def _kept(label: str, parse: Parse, run: list[int], language: str) -> Iterator[tuple[int, int]]:
    while run and parse.tags[run[-1]] not in _NOMINAL:
        run = run[:-1]
    while run and (parse.tags[run[0]] not in {"NOUN", "PROPN"} or _is_light(parse.text(run[0]), language)):
        run = run[1:]
    content = [w for w in run if parse.tags[w] in _NOMINAL]
    if not content or len(content) > MAX_WORDS or not any(parse.tags[w] == "NOUN" for w in content):
        return
    first, last = parse.starts[run[0]], parse.ends[run[-1]]
    if (len(content) > 1 or _is_led(label[:first], language)) and is_topic_like(label[first:last], language):
        yield first, last


def _is_light(word: str, language: str) -> bool:
    return any(t.word in filters(language).light for t in tokens(word))


def _is_led(before: str, language: str) -> bool:
    """« Réflexion sur les … »: a noun that says nothing of its own stands before."""
    words = re.findall(r"[\w]+['’]?", before.lower())
    while words and words[-1].replace("’", "'") in _LEADS:
        words.pop()
    return bool(words) and _is_light(words[-1], language)


def _pairs(label: str, language: str) -> Iterator[tuple[int, int]]:
    """Without a parse: two telling words in a row."""
    lead = _SPEAKER.match(label)
    found = [t for t in tokens(label) if not lead or t.start >= lead.end()]
    for first, second in pairwise(found):
        apart = _APART.search(label[: first.start]) or " and " in label[first.end : second.start]
        if second.bound and not apart and _tells(first, language) and _tells(second, language):
            yield first.start, second.end


def _tells(token: Token, language: str) -> bool:
    words = filters(language)
    return len(token.word) >= MIN_LETTERS and token.word not in words.not_topics and token.word not in words.stop
