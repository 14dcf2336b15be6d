"""OPML 2.0, with `_note` as outliners write it."""

from __future__ import annotations

from graph.export.fit import Fitting
from graph.export.holds import holds
from graph.export.htmltext import as_html
from graph.export.registry import MapWriter
from graph.export.xmltext import PROLOGUE, start, text, visits
from graph.outline import Outline, Topic


def _adapt(fitting: Fitting) -> None:
    """Tags are the categories of OPML, which commas part."""
    for topic, _, _ in fitting.outline.walk():
        kept = [tag for tag in topic.tags if "," not in tag]
        fitting.leave("tags", "a category cannot hold a comma", len(topic.tags) - len(kept))
        topic.tags = kept


def _render(outline: Outline) -> bytes:
    out = [PROLOGUE, f'<opml version="2.0">\n<head><title>{text(outline.title)}</title></head>\n<body>\n']
    for topic, _, opening in visits(outline.roots):
        if opening:
            out.append(start("outline", _attributes(topic), empty=not topic.children) + "\n")
        elif topic.children:
            out.append("</outline>\n")
    out.append("</body>\n</opml>\n")
    return "".join(out).encode()


def _attributes(topic: Topic) -> dict[str, object]:
    return {
        "text": as_html(topic.label), "_note": "\n".join(map(as_html, topic.note.split("\n"))),
        "url": topic.links[0] if topic.links else "", "category": ",".join(topic.tags),
        "collapsed": "true" if topic.folded else "",
    }  # fmt: skip


WRITER = MapWriter(
    "opml",
    "OPML (.opml)",
    (".opml",),
    holds("notes", "links", "tags", "folded state", one_link=True),
    _render,
    _adapt,
)
