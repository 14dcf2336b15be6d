"""Web addresses in a text: whole, with www, or the bare name of a site. Never an e-mail address, never a file name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.memory import remembered

# Endings of names that no French word in inclusive writing takes (« élus.es », « professionnel.le.s »).
_ENDINGS = "fr|org|com|net|eu|info|coop|bzh|corsica|alsace|paris|bio|io|uk|ch|be|ca|example|gouv|asso|wiki"
_CHARS = r"[^\s<>\"«»|\\^`{}│┃]"
_WHOLE = rf"https?://{_CHARS}+"
_WWW = rf"(?<![\w@./-])www\.[\w-]+\.{_CHARS}+"
_BARE = rf"(?<![\w@./:%=&?-])(?:[a-zA-Z0-9][\w-]*\.)+(?:{_ENDINGS})(?![\w@-]|\.\w)(?:/{_CHARS}*)?"
_PATTERN = re.compile(f"(?=[a-zA-Z0-9])(?:{_WHOLE}|{_WWW}|{_BARE})")  # each begins so; most characters do not
_WRAPPED = re.compile(rf"(?<=[-/_=&?%])\n(?!https?://|www\.)([\w%~._-]+[/=&?_-]{_CHARS}*|[\w%-]+\.(?:pdf|html?|php)\b)")
MAX_URL = 2_000


@dataclass(frozen=True, slots=True)
class FoundUrl:
    """An address at ``text[start:end]``; `url` is as written, a wrap at a line's end undone."""

    start: int
    end: int
    url: str


@remembered
def find_urls(text: str) -> tuple[FoundUrl, ...]:
    """The addresses of a text in order.

    >>> [u.url for u in find_urls("Voir https://a.fr/x_(y)), ou www.b.org/c. Site : mairie-c.fr ; e@d.fr")]
    ['https://a.fr/x_(y)', 'www.b.org/c', 'mairie-c.fr']
    """
    found: list[FoundUrl] = []
    for match in _PATTERN.finditer(text):
        if found and match.start() < found[-1].end:
            continue
        end = match.start() + len(_trimmed(match.group()[:MAX_URL]))
        url = text[match.start() : end]
        if end == match.end() and (more := _WRAPPED.match(text, end)):
            tail = _trimmed(more[1][:MAX_URL])
            end, url = more.start(1) + len(tail), url + tail
        if len(url) > 4:
            found.append(FoundUrl(match.start(), end, url))
    return tuple(found)


def _trimmed(url: str) -> str:
    """Without the punctuation of the sentence around it; a bracket stays where it was opened inside."""
    while url:
        last = url[-1]
        opener = {")": "(", "]": "["}.get(last)
        if last in ".,;:!?'’*_…>" or (opener and url.count(last) > url.count(opener)):
            url = url[:-1]
        elif last == "]" or "](" in url:
            url = url.split("](")[0].rstrip("]")
        else:
            break
    return url
