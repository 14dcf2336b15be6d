"""Visible text out of HTML and XHTML: tags vanish, blocks separate words or lines, scripts and styles are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from lxml import etree, html

_BLOCKS = frozenset(
    "p div li ul ol br tr td th table h1 h2 h3 h4 h5 h6 pre blockquote hr dt dd dl section article body".split()
)
_HIDDEN = frozenset({"head", "style", "script", "title", "meta"})
_TAGS = """a abbr acronym b big blockquote body br center code dd del div dl dt em font h1 h2 h3 h4 h5 h6 head hr html i
    img ins kbd li mark ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead time title tr
    tt u ul"""
_KNOWN_TAG = re.compile(rf"</?(?:{'|'.join(_TAGS.split())})(?:\s[^<>]*)?/?>", re.I)
_TAG = re.compile(r"<!--|<(?:(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*+)|[!?][A-Za-z])[^<>]*+>")
_VANISHING = frozenset({"head", "style", "script", "title"})
_SPACES = re.compile(r"[\s\u200b\ufeff\u2028\u2029\xa0]+")


def clean(text: str) -> str:
    """White space of every kind collapsed to single spaces."""
    if not text or (text.isprintable() and "  " not in text and text[0] != " " != text[-1]):
        return text or ""  # as nearly every label: a space is the one kind of white space that is printable
    plain = " ".join(text.split())
    if plain.isascii() or ("\u200b" not in plain and "\ufeff" not in plain):
        return plain
    return _SPACES.sub(" ", plain).strip()  # signs of no width, which are no white space to Python


def element_text(element: etree._Element) -> str:
    """The visible text of an element, blocks on lines of their own."""
    out: list[str] = []
    hidden = 0
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        tag = node.tag
        before, hides = _shown_as(tag) if isinstance(tag, str) else ("", False)
        if event == "start":
            hidden += hides
            if not hidden:
                out.append(f"{before}{node.text or ''}")
        else:
            if event == "end":
                hidden -= hides
            if not hidden and node is not element:
                out.append(f"{before}{node.tail or ''}")
    return _lines("".join(out))


@lru_cache(maxsize=1_024)
def _shown_as(tag: str) -> tuple[str, bool]:
    """What parts an element from the text around it, and whether its own is hidden."""
    name = tag.rsplit("}", 1)[-1].lower()
    return "\n" if name in _BLOCKS else "", name in _HIDDEN


def _lines(text: str) -> str:
    return "\n".join(line for line in (clean(x) for x in text.split("\n")) if line)


def html_text(source: str) -> str:
    """The visible text of an HTML string; the string itself where it cannot be parsed."""
    try:
        root = html.fromstring(source)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return clean(source)
    return element_text(root)


def maybe_html(text: str) -> str:
    """The visible text, on one line, of a label that may hold HTML: tags go only where one that HTML knows is there.

    >>> [maybe_html(x) for x in ("<p>Un&nbsp;lieu<br>ouvert</p>", "List<String>", "<https://exemple.org> & co")]
    ['Un lieu ouvert', 'List<String>', '<https://exemple.org> & co']
    """
    if "<" not in text or not _KNOWN_TAG.search(text):
        return clean(text)
    return clean(unescape("".join(_visible_parts(text))))


def _visible_parts(text: str) -> Iterator[str]:
    """What stands between tags, blocks apart; one pass, so that time grows with the length and no faster."""
    lower = text.lower()
    unclosed: set[str] = set()  # searched to the end in vain: not again
    at = 0
    while found := _TAG.search(text, at):
        yield text[at : found.start()]
        name = (found["name"] or "").lower()
        at = found.end()
        closing = "-->" if found.group().startswith("<!--") else f"</{name}>" if name in _VANISHING else ""
        if closing and not found["close"] and closing not in unclosed:
            end = lower.find(closing, found.start() + 2)
            unclosed |= {closing} if end < 0 else set()
            at = at if end < 0 else end + len(closing)
        yield " " if name in _BLOCKS else ""
    yield text[at:]
