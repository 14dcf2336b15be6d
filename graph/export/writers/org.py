"""Org mode: a headline per topic, notes below it, attributes in its drawer."""

from __future__ import annotations

import re
from urllib.parse import quote

from graph.export.fit import Fitting
from graph.export.holds import holds
from graph.export.htmltext import JOINER
from graph.export.registry import MapWriter
from graph.outline import Outline, Topic

_TAG = re.compile(r"[\w@#%]+")
_KEY = re.compile(r"[A-Za-z][\w-]{0,60}", re.ASCII)
_RUNS = re.compile(r"(?:elisp|shell|org-protocol|help|info|file\+emacs|file\+sys):", re.I)
# What Org would read as a keyword, a priority, a mark of a block, a list, a drawer or a table at the start of a line …
_LEADING = re.compile(r"^(?=[*#|:+-]|\d+[.)]\s|[A-Za-z][.)]\s|\[#|\[fn|[A-Z]{3,}\b|COMMENT\b|%%)")
# … and inside it: links, targets, macros, footnotes, LaTeX, inline code, time stamps that call a function.
_INSIDE = re.compile(
    r"(?<=\[)(?=\[)|(?<=\])(?=[\]\[])|(?<=<)(?=[<%])|(?<=\{)(?=\{)|(?<=\\)(?=\S)|(?<=src_)|(?<=call_)"
    r"|(?<=\[)(?=fn:)|(?<=\$)(?=\S)|(?<=@)(?=@)"
)
_TRAILING = re.compile(r"(?:^|\s):[\w@#%:]+:$")


def _adapt(fitting: Fitting) -> None:
    """Tags of letters, attributes with a name Org knows as one, links that run nothing."""
    for topic, _, _ in fitting.outline.walk():
        tags = [tag for tag in topic.tags if _TAG.fullmatch(tag)]
        fitting.leave("tags", "a tag is letters, digits and _@#% here", len(topic.tags) - len(tags))
        named = {k: v for k, v in topic.attributes.items() if _KEY.fullmatch(k) and "\n" not in v and v.strip()}
        fitting.leave("attributes", "a property has a plain name and one line", len(topic.attributes) - len(named))
        links = [link for link in topic.links if not _RUNS.match(link)]
        fitting.leave("links", "an address that runs code is not passed on", len(topic.links) - len(links))
        if links and set("[]") & set(topic.label):
            fitting.leave("links", "its label has brackets: written as an attribute named LINK")
            named, links = {"LINK": links[0], **named}, []
        topic.tags, topic.attributes, topic.links = tags, named, links


def _render(outline: Outline) -> bytes:
    return ("\n".join(line for topic, _, level in outline.walk() for line in _lines(topic, level)) + "\n").encode()


def _lines(topic: Topic, level: int) -> list[str]:
    label = _plain(topic.label)
    if _TRAILING.search(label):
        label += JOINER
    if topic.links:
        label = f"[[{quote(topic.links[0], safe=_SAFE)}][{label.replace(']', ']' + JOINER)}]]"
    tags = f" :{':'.join(topic.tags)}:" if topic.tags else ""
    properties = [f":{key}: {value.strip()}" for key, value in topic.attributes.items()]
    properties += [":VISIBILITY: folded"] if topic.folded else []
    drawer = [":PROPERTIES:", *properties, ":END:"] if properties else []
    return [f"{'*' * level} {label}{tags}", *drawer, *(_plain(line) for line in topic.note.split("\n") if topic.note)]


def _plain(line: str) -> str:
    return _INSIDE.sub(JOINER, _LEADING.sub(JOINER, line.strip()))


# All that an address may hold but blanks, brackets and backslashes, which would end it.
_SAFE = "%/:?#@!$&'()*+,;=~-._|" + "".join(map(chr, range(0xA1, 0x250)))

WRITER = MapWriter(
    "org",
    "Org mode (.org)",
    (".org",),
    holds("notes", "links", "tags", "attributes", "folded state", one_link=True, blank="…"),
    _render,
    _adapt,
)
