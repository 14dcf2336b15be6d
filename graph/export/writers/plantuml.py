"""PlantUML mind maps: a star per level. What its preprocessor or Creole would read is written by number."""

from __future__ import annotations

import re

from graph.export.holds import holds
from graph.export.registry import MapWriter
from graph.outline import Outline, Topic

# Tags, links, calls (%date(), $name), escapes, entities, and doubled marks (bold, italic, rules) anywhere …
_SIGNS = re.compile(r"[<>%$~\\!@`]|\[(?=\[)|\](?=\])|&(?=#?\w+;)|([*/_\"'=-])(?=\1)|;$")
# … and what would make a line something else than a label.
_LEADING = re.compile(r"^(?:[:_=*#|+.;-]|\{(?=\{))")


def escaped(label: str) -> str:
    """A label in which PlantUML finds no mark.

    >>> escaped("a * b"), escaped("!include x"), escaped("**a**")
    ('a * b', '<U+0021>include x', '<U+002A>*a<U+002A>*')
    """
    return _LEADING.sub(_by_number, _SIGNS.sub(_by_number, label))


def _by_number(sign: re.Match[str]) -> str:
    return f"<U+{ord(sign[0][0]):04X}>{sign[0][1:]}"


def _render(outline: Outline) -> bytes:
    lines = [_line(topic, level) for topic, _, level in outline.walk()]
    return "\n".join(("@startmindmap", *lines, "@endmindmap", "")).encode()


def _line(topic: Topic, level: int) -> str:
    colour = f"[{topic.style['background']}]" if "background" in topic.style else ""
    return f"{'*' * level}{colour} {escaped(topic.label)}"


WRITER = MapWriter(
    "plantuml",
    "PlantUML (.puml)",
    (".puml", ".plantuml"),
    holds("colours", styles=frozenset({"background"}), blank="…"),
    _render,
)
