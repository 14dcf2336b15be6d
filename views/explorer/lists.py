"""The same selection as an outline and as a table: for keyboards, screen readers, and whoever prefers to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from graph.model import Thing
from views import state
from views.escape import html
from views.explorer.card import here, short
from views.i18n import language, t
from views.kinds import glyph, label, name
from views.network.payload import Picture, relation_words
from views.tables import count, table, to_csv


def _entry(thing: Thing, chosen: str, view: Mapping[str, str], *, strong: bool = False) -> str:
    words = html(short(label(thing), 120))
    if thing.id == chosen:
        words = f'<mark aria-current="true">{words}</mark>'
    link = f'<a href="{html(state.href("reseau", **view, s=thing.id))}">{words}</a>'
    return f"{glyph(thing.kind, 16)} {f'<strong>{link}</strong>' if strong else link}"


# --- outline ----------------------------------------------------------------------------------------------------------


def outline(picture: Picture, chosen: str) -> str:
    """Each theme with what is linked to it, as nested lists; what has no theme comes under its kind."""
    things = {thing.id: thing for thing in picture.things}
    own = _gathered(picture, things)
    heads = [thing for thing in picture.things if thing.kind == "theme" or thing.id in picture.centres]
    parts = [_branch(head, own.get(head.id, []), chosen) for head in heads]
    loose = own.get("", [])
    parts += [f"<li>{html(t('explorer.without_theme'))}{_leaves(loose, chosen)}</li>"] if loose else []
    return f'<nav class="tree" aria-label="{html(t("explorer.view_plan"))}"><ul>{"".join(parts)}</ul></nav>'


def _gathered(picture: Picture, things: Mapping[str, Thing]) -> dict[str, list[tuple[Thing, str]]]:
    """Per theme, the things most strongly linked to it, with the words of the link."""
    best: dict[str, tuple[int, str, str]] = {}
    for link in picture.links:
        for one, other in ((link.a, link.b), (link.b, link.a)):
            is_head = things[other].kind == "theme" or other in picture.centres
            if is_head and things[one].kind != "theme" and one not in picture.centres:
                best[one] = max(best.get(one, (0, "", "")), (link.passages, other, relation_words(link, language())))
    own: dict[str, list[tuple[Thing, str]]] = defaultdict(list)
    for thing in picture.things:
        if thing.kind != "theme" and thing.id not in picture.centres:
            _, head, words = best.get(thing.id, (0, "", ""))
            own[head].append((thing, words))
    return own


def _branch(head: Thing, leaves: Sequence[tuple[Thing, str]], chosen: str) -> str:
    return f"<li>{_entry(head, chosen, here(), strong=True)}{_leaves(leaves, chosen)}</li>"


def _leaves(leaves: Sequence[tuple[Thing, str]], chosen: str) -> str:
    view = here()
    ordered = sorted(leaves, key=lambda leaf: (leaf[0].kind, leaf[0].label.casefold()))
    items = "".join(f"<li>{_entry(thing, chosen, view)}</li>" for thing, _ in ordered)
    return f"<ul>{items}</ul>" if items else ""


# --- table ------------------------------------------------------------------------------------------------------------


def header() -> list[str]:
    return [t(f"explorer.column_{c}") for c in ("thing", "kind", "links", "sentences", "sources")]


def draw_table(picture: Picture, chosen: str) -> None:
    """One row per thing, those with most sentences first."""
    view = here()
    rows = [
        [
            _entry(thing, chosen, view),
            f'<span style="white-space: nowrap">{html(name(thing.kind))}</span>',
            count(picture.degrees.get(thing.id, 0)),
            count(thing.evidence_count),
            count(thing.source_count),
        ]
        for thing in sorted(picture.things, key=lambda x: (-x.evidence_count, x.label.casefold(), x.id))
    ]
    table(header(), rows, numeric=(2, 3, 4), caption=t("common.elements", n=len(rows)))


def things_csv(picture: Picture) -> bytes:
    """What is shown, one line per thing, then one per link: what a spreadsheet opens."""
    names = {thing.id: thing.label for thing in picture.things}
    rows: list[list[object]] = [
        [
            name(x.kind),
            x.label,
            "",
            "",
            picture.degrees.get(x.id, 0),
            x.evidence_count,
            x.source_count,
            round(x.confidence, 2),
            x.id,
        ]
        for x in picture.things
    ]
    rows += [
        [
            t("explorer.link"),
            names[link.a],
            relation_words(link, language()) or t("explorer.same_sentence"),
            names[link.b],
            "",
            link.passages,
            "",
            round(link.confidence, 2),
            f"{link.a} {link.b}",
        ]
        for link in picture.links
        if link.a in names and link.b in names
    ]
    columns = ("kind", "thing", "relation", "other", "links", "sentences", "sources", "confidence", "id")
    return to_csv([t(f"explorer.column_{c}") for c in columns], rows)
