"""Freeplane maps, in the dialect that FreeMind opens too: what it does not know, it passes over."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, datetime

from graph.export.fit import Fitting
from graph.export.holds import holds
from graph.export.registry import MapWriter
from graph.export.xmltext import start, text, visits
from graph.outline import CrossLink, Outline, Topic

_SAFE_ID = re.compile(r"[A-Za-z_][\w.-]{0,80}", re.ASCII)
_DATES = {"created": "CREATED", "modified": "MODIFIED"}
_HOOKS = {"floating": "FreeNode", "summary": "SummaryNode"}
_ARROWS = {
    "none": ("NONE", "NONE"), "forward": ("NONE", "DEFAULT"), "backward": ("DEFAULT", "NONE"),
    "both": ("DEFAULT", "DEFAULT"),
}  # fmt: skip
_GUARD = "\u200b"  # before a sign that Freeplane would calculate from, or a word that it would take for LaTeX
_CALCULATED = ("=", "\\latex", "\\unparsedlatex")


def _id(native: str, number: int) -> str:
    return native if _SAFE_ID.fullmatch(native) else f"ID_{number}"


def _adapt(fitting: Fitting) -> None:
    """Only the two dates that a node has, and only where they are dates."""
    for topic, _, _ in fitting.outline.walk():
        kept = {key: day for key, day in topic.dates.items() if key in _DATES and milliseconds(day) is not None}
        fitting.leave("dates", "only when a topic was made and changed is kept", len(topic.dates) - len(kept))
        topic.dates = kept


def milliseconds(day: str) -> int | None:
    """An ISO date and time (UTC where it names no zone) since 1970; None where it is none."""
    try:
        when = datetime.fromisoformat(day)
        return round((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None


def _render(outline: Outline) -> bytes:
    links: dict[str, list[CrossLink]] = defaultdict(list)
    for link in outline.cross_links:
        links[link.from_id].append(link)
    out = ['<map version="freeplane 1.9.13">\n']
    for topic, _, opening in visits(outline.roots):
        out.append(_opening(topic, links[topic.id]) if opening else "</node>\n")
    out.append("</map>\n")
    return "".join(out).encode()


def _opening(topic: Topic, links: list[CrossLink]) -> str:
    rich = topic.label[:5].lower() == "<html"
    attributes: dict[str, object] = {
        "TEXT": topic.label, "ID": topic.id, "POSITION": topic.position, "FOLDED": "true" if topic.folded else None,
        "LINK": topic.links[0] if topic.links else None, "TAGS": "\n".join(topic.tags),
        "COLOR": topic.style.get("text"), "BACKGROUND_COLOR": topic.style.get("background"),
        "STYLE": topic.style.get("shape"), "FORMAT": "NO_FORMAT" if topic.label.startswith(_CALCULATED) else None,
    }  # fmt: skip
    attributes |= {_DATES[key]: milliseconds(day) for key, day in topic.dates.items()}
    if rich:
        del attributes["TEXT"]
    parts = [start("node", attributes)]
    parts += [_rich("NODE", topic.label)] if rich else []
    parts += [_rich(kind, said) for kind, said in (("DETAILS", topic.details), ("NOTE", topic.note)) if said]
    parts += [start("hook", {"NAME": _HOOKS[topic.kind]}, empty=True)] if topic.kind in _HOOKS else []
    parts += [start("edge", {"COLOR": topic.style["edge"]}, empty=True)] if "edge" in topic.style else []
    parts += [_arrow(link) for link in links]
    parts += [start("icon", {"BUILTIN": icon}, empty=True) for icon in topic.icons]
    parts += [start("attribute", {"NAME": k, "VALUE": _guarded(v)}, empty=True) for k, v in topic.attributes.items()]
    return "\n".join(parts) + "\n"


def _arrow(link: CrossLink) -> str:
    begin, end = _ARROWS.get(link.direction, _ARROWS["forward"])
    ends = {"DESTINATION": link.to_id, "MIDDLE_LABEL": link.label, "STARTARROW": begin, "ENDARROW": end}
    return start("arrowlink", ends, empty=True)


def _rich(kind: str, said: str) -> str:
    lines = "".join(f"<p>{text(_guarded(line))}</p>" for line in said.split("\n"))
    return f'<richcontent TYPE="{kind}"><html><head/><body>{lines}</body></html></richcontent>'


def _guarded(value: str) -> str:
    return _GUARD + value if value.startswith(_CALCULATED) else value


WRITER = MapWriter(
    "freemind",
    "FreeMind, Freeplane (.mm)",
    (".mm",),
    holds(
        "notes", "details", "links", "icons", "tags", "attributes", "floating topics", "summaries", "folded state",
        "sides", "colours", "dates", "relations", "relation labels", "relation directions",
        styles=frozenset({"background", "text", "edge", "shape"}), one_root=True, one_link=True, ids=_id,
    ),
    _render,
    _adapt,
)  # fmt: skip
