"""An explained path as HTML: the chain of things, then one sentence per step with its way to the document."""

from __future__ import annotations

from itertools import pairwise

from graph.model import Hop, Path, Thing
from graph.questions.counted import UNSURE_BELOW
from ontology import load
from views import state
from views.documents import open_source, place, short
from views.escape import html
from views.i18n import language, quoted, t
from views.kinds import glyph, label
from views.quotes import doubt_badge, quote_html

_LABEL = 40


def relation(hop: Hop) -> str:
    """The words of a step, read from the thing on its left (a leading "-": the relation goes the other way)."""
    found = load().relations.get(hop.type.removeprefix("-"))
    if hop.type == "mentions" or found is None:
        return t("links.together")
    return found.name(language(), inverse=hop.type.startswith("-"))


def path_html(number: int, path: Path) -> str:
    """One path as a card."""
    first = " first" if number == 1 else ""
    head = f"<h3>{number}. {html(_by(path))}</h3><span>{html(_summary(path))}</span>"
    steps = "".join(_step_html(n, hop) for n, hop in enumerate(path.hops, 1))
    return (
        f'<section class="path{first}"><div class="path-head">{head}</div>'
        f'<div class="chain">{_chain(path)}</div><ol class="steps">{steps}</ol></section>'
    )


def path_rows(path: Path) -> list[list[object]]:
    """The same, a row per step, for CSV."""
    rows: list[list[object]] = []
    for number, (hop, (left, right)) in enumerate(zip(path.hops, pairwise(path.nodes), strict=True), 1):
        opened = open_source(hop.source)
        said = relation(hop)
        where = place(opened, hop.start, hop.end)
        rows.append([number, left.label, said, right.label, hop.quote, opened.name, where])
    return rows


def _by(path: Path) -> str:
    inner = path.nodes[1:-1]
    if not inner:
        return t("links.direct")
    if len(inner) > 3:
        return t("links.far", n=len(inner))
    return t("links.by", what=_listed([t(f"links.a_{thing.kind}") for thing in inner]))


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {t('links.and')} {parts[-1]}"


def _summary(path: Path) -> str:
    doubtful = sum(hop.confidence < UNSURE_BELOW for hop in path.hops)
    sure = t("links.all_sure", n=len(path.hops)) if not doubtful else t("links.doubtful", n=doubtful)
    return f"{t('links.steps', n=len(path.hops))}, {sure}"


def _chain(path: Path) -> str:
    parts = [_thing(path.nodes[0], end=True)]
    for hop, right in zip(path.hops, path.nodes[1:], strict=True):
        doubt = " doubtful" if hop.confidence < UNSURE_BELOW else ""
        parts.append(f'<span class="hop{doubt}">{html(relation(hop))}</span>')
        parts.append(_thing(right, end=right is path.nodes[-1]))
    return "".join(parts)


def _thing(thing: Thing, *, end: bool) -> str:
    said = short(label(thing), _LABEL)
    weight = " end" if end else ""
    address = html(state.href("reseau", thing=thing.id))
    link = f'<a href="{address}" title="{html(thing.label)}">{html(said)}</a>'
    return f'<span class="link-thing{weight}">{glyph(thing.kind)}{link}</span>'


def _step_html(number: int, hop: Hop) -> str:
    opened = open_source(hop.source)
    doubtful = hop.confidence < UNSURE_BELOW
    address = html(state.href("sources", doc=hop.source, at=hop.start))
    said = quote_html(hop.source, hop.start, hop.end)
    badge = doubt_badge() if doubtful else ""
    where = f"{short(opened.title)}, {t('common.line', n=opened.line(hop.start))}"
    title = html(quoted(opened.title))
    link = f'{glyph("source", 14)}<a href="{address}" title="{title}">{html(where)}</a>'
    marked = " doubtful" if doubtful else ""
    return f'<li class="step{marked}"><i>{number}</i><div>{said}</div><p>{badge}{link}</p></li>'
