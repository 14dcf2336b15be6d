"""The inline marks of Markdown undone in a label that needs no way back to the text: links, emphasis, code, images."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from ingest.html.markup import clean, maybe_html

_TASK = re.compile(r"\[(?P<box>[ xX/-])\][ \t]+")
_FOLD = re.compile(r"<!--[ \t]*markmap:[ \t]*fold(?:All)?[ \t]*-->", re.I)
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->)){0,2000}-->")
_CODE = re.compile(r"(?<!`)(?<!(?<!\\)\\)(?P<ticks>`{1,5})(?!`)(?P<code>[^`]{1,2000})(?P=ticks)(?!`)")
# The address of a link; some programs have `{{…}}` there, Logseq the block `((id))` or the page `[[name]]`.
_TARGET = (
    r"\([ \t]*+<?(?P<url>\{\{[^{}\n]{0,500}\}\}|\(\([^()\s]{1,200}\)\)|\[\[[^\[\]\n]{1,500}\]\]"
    r"|[^()\s<>]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500}){0,4})>?"
    r"(?:[ \t]++(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|\([^()\n]{0,500}\)))?[ \t]*+\)"
)
_IMAGE = re.compile(rf"!\[[^\[\]]{{0,1000}}\](?:{_TARGET}|\[[^\[\]]{{0,200}}\])")
_LINK = re.compile(rf"(?<!\\)\[(?P<label>(?:[^\[\]]|\\[\[\]]){{0,2000}})(?<!\\)\]{_TARGET}")
_REFERENCE = re.compile(r"(?<![\\\]])\[(?P<label>[^\[\]]{1,1000})\]\[(?P<name>[^\[\]]{0,200})\]")
_DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\[\]\n]{1,200})\]:[ \t]*\S", re.M)
_AUTOLINK = re.compile(r"<(?P<url>(?:https?://|mailto:)[^<>\s]{1,2000})>")
_BARE_LINK = re.compile(r"(?<![\w(\"'<])https?://[^\s<>()\"']{1,2000}")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMPHASIS = (
    re.compile(r"\*\*(?=\S)(?P<keep>(?:[^*]|\*(?!\*)){1,3000}?(?<=\S))\*\*"),
    re.compile(r"(?<!\w)__(?=\S)(?P<keep>[^_]{1,3000}(?<=\S)|(?:[^_]|_(?!_)){1,1000}(?<=\S))__(?!\w)"),
    re.compile(r"~~(?=\S)(?P<keep>[^~]{1,3000})(?<=\S)~~"),
    re.compile(r"==(?=\S)(?P<keep>[^=]{1,3000})(?<=\S)=="),
    re.compile(r"(?<![\w*])\*(?=[^\s*])(?P<keep>[^*]{1,3000})(?<=\S)\*(?![\w*])"),
    re.compile(r"(?<!\w)_(?=[^\s_])(?P<keep>[^_]{1,3000})(?<=\S)_(?!\w)"),
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# A label without any of these holds no mark at all.
_MARKS = re.compile("[\\[\\]`*_~=<>&\\\\!\ue000\ue001]|https?://")
_NO_KEPT = {0xE000: None, 0xE001: None}  # the signs around the number of what is kept aside
_TASKS = {" ": "todo", "x": "done", "X": "done", "/": "doing", "-": "cancelled"}
_LONGEST = 20_000  # a longer label is no line that a person wrote: its marks stay as they are


@dataclass(slots=True)
class Inline:
    """A label without its marks, and what the marks said. `task`: "todo", "done", "doing", "cancelled" or ""."""

    text: str
    links: list[str] = field(default_factory=list)
    task: str = ""
    folded: bool = False
    images: int = 0


def reference_names(text: str) -> frozenset[str]:
    """The names, folded, that a text defines for its links: ``[name]: address``."""
    return frozenset(_reference_name(m["name"]) for m in _DEFINITION.finditer(text))


def _reference_name(name: str) -> str:
    return clean(name).casefold()


def inline(label: str, defined: frozenset[str] = frozenset()) -> Inline:
    """The visible text of one line of Markdown. `defined`: the names that ``[label][name]`` may call.

    >>> inline("[x] **Voir** [la carte](https://exemple.org/a_(b)) et `a*b*c`").text
    'Voir la carte et a*b*c'
    """
    if not _MARKS.search(label):
        return Inline(clean(label))
    made = Inline("")
    if box := _TASK.match(label):
        made.task, label = _TASKS[box["box"]], label[box.end() :]
    made.text = clean(label) if len(label) > _LONGEST else _undo(label, made, defined)
    return made


def _undo(label: str, made: Inline, defined: frozenset[str]) -> str:
    """Marks undone; what stands in code or behind a backslash is kept aside meanwhile."""
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"\ue000{len(kept) - 1}\ue001"

    label = label.translate(_NO_KEPT)
    label = _CODE.sub(lambda m: keep(m["code"]), label)
    label, folds = _FOLD.subn("", label)
    made.folded = folds > 0
    label = _COMMENT.sub("", label)
    label, made.images = _IMAGE.subn("", label)
    label = _LINK.sub(lambda m: _linked(m["label"], m["url"], made), label)
    label = _REFERENCE.sub(lambda m: m["label"] if _calls(m, defined) else m[0], label)
    label = _AUTOLINK.sub(lambda m: keep(_linked(m["url"], m["url"], made)), label)
    made.links += [url.rstrip(".,;:!?") for url in _BARE_LINK.findall(label)]
    label = _ESCAPE.sub(lambda m: keep(m[1]), label)
    for pattern in _EMPHASIS:
        label = pattern.sub(lambda m: m["keep"], label)
    label = maybe_html(_ENTITY.sub(lambda m: keep(unescape(m.group()).translate(_NO_KEPT)), label))
    for _ in range(3):  # a label kept aside may hold another
        label = re.sub("\ue000(\\d+)\ue001", lambda m: kept[int(m[1])], label)
    return clean(label)


def _calls(reference: re.Match[str], defined: frozenset[str]) -> bool:
    """Whether a reference names something: two notes side by side, ``[1][3]``, look the same."""
    return _reference_name(reference["name"] or reference["label"]) in defined


def _linked(label: str, url: str, made: Inline) -> str:
    if url:
        made.links.append(url)
    return label
