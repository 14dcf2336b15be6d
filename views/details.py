"""One theme or one stakeholder: its head, what it is linked to by kind, and the cards beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from graph.course.figures import stated_origin
from graph.model import Link, Thing
from graph.questions.surest import surest
from graph.review.trust import linked_by_kind, share_around
from views import frame, state
from views.correct import correct_button, say_what_was_done
from views.escape import html
from views.export import around_button
from views.i18n import number, quoted, t
from views.kinds import ACTORS, IDEAS, glyph, label, name, picture
from views.quotes import places, sentences_csv, show_all
from views.statements import STEP, rows
from views.tables import Listed, asked, csv_button, more_button
from views.tabs import tabs

CARD, _MORE = 6, 30  # of a card at first, and more at a time
_SENTENCES = 10


def one_or_all(one: Callable[[Thing], None], everything: Callable[[], None]) -> None:
    """The page of the thing that the address names, else the list; a name that answers to nothing is said."""
    say_what_was_done()
    asked = state.query("thing")
    thing = state.known(asked)
    if thing:
        one(thing)
        return
    if asked:
        st.warning(t("common.unknown_thing"))
    everything()


def head(thing: Thing, section: str, under: str = "") -> None:
    """Title, other names, counts; correct and network on the right."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        frame.head(label(thing), section, name(thing.kind), kind=thing.kind, under=_under(thing, under))
    with right, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        state.link_to("reseau", t("common.see_network"), icon=":material/hub:", thing=thing.id)
        around_button(thing, key="head")
        correct_button(thing, key="head", label=True)


def _under(thing: Thing, first: str) -> str:
    said = t("details.said", n=thing.evidence_count, docs=t("common.documents", n=thing.source_count))
    names = [a for a in thing.aliases if a != thing.label][:3]
    also = t("details.also", names=", ".join(quoted(a) for a in names)) if names else ""
    return " ".join(p for p in (first, also, said) if p)


def linked(thing: Thing, kind: str, most: int) -> list[Thing]:
    """What a thing is linked to of one kind, the surest first."""
    links = surest(state.store(), thing.id, [kind], state.where(), limit=most)
    found = state.store().things(link.b for link in links)
    return [found[link.b] for link in links if link.b in found]


def kind_tabs(thing: Thing, kinds: Sequence[str] = IDEAS) -> None:
    """Its statements in tabs by kind with their counts, and every sentence that names it."""
    counts = linked_by_kind(state.store(), thing.id, state.where())
    frame.counted_here(share_around(state.store(), thing.id, kinds, state.where()))
    by_kind = {kind: counts[kind].number for kind in kinds if kind in counts}
    labels = {k: f"{picture(k)} {name(k, plural=n > 1)} **{number(n)}**" for k, n in by_kind.items()}
    labels["said"] = f"{picture('passage')} {t('details.sentences')} **{number(thing.evidence_count)}**"
    chosen, box = tabs(labels)
    with box:
        if chosen == "said":
            sentences(thing)
        else:
            total, now = by_kind[chosen], linked(thing, chosen, asked(chosen, STEP))
            rows(Listed(now, total, lambda: linked(thing, chosen, total)), key=chosen)


def sentences(thing: Thing) -> None:
    """Where a thing is said, each sentence in its context."""
    most = asked("said", _SENTENCES)
    mentions = state.store().evidence(thing.id, state.where(), limit=most + 1)
    show_all(places(mentions[:most]))
    more_button(thing.evidence_count if len(mentions) > most else len(mentions), "said", _SENTENCES)
    sentences_csv(lambda most: state.store().evidence(thing.id, state.where(), limit=most), key="said-csv")


# --- cards ----------------------------------------------------------------------------------------------------------


def figures_card(thing: Thing) -> None:
    """Key figures of a theme, big."""
    figures = linked(thing, "figure", 3)
    if not figures:
        return
    items = "".join(figure_html(figure) for figure in figures)
    card(t("details.figures"), f'<div class="figures">{items}</div>', "figures")


def figure_html(figure: Thing) -> str:
    """A key figure, its value big, its sentence and origin beside."""
    values = figure.attributes
    value = str(values.get("value") or figure.label)
    origin = stated_origin(figure)
    address = html(state.href("reseau", thing=figure.id))
    small = f"<small>{html(origin)}</small>" if origin else ""
    said = html(str(values.get("statement") or figure.label))
    return f'<div><b>{html(value)}</b><span><a href="{address}">{said}</a>{small}</span></div>'


def themes_card(thing: Thing) -> None:
    """Linked themes with a bar for the sentences in common."""
    _linked_card(thing, ["theme"], "themes", _bar, t("details.themes_unit"))


def who_card(thing: Thing) -> None:
    """Who is named beside a theme, and how often."""
    _linked_card(thing, ACTORS, "who", _who)


def _linked_card(
    thing: Thing, kinds: Sequence[str], key: str, row: Callable[[Thing, Link, int], str], small: str = ""
) -> None:
    """What a thing is most linked to, how many there are, the way to the others, and all of them as a file.

    `row` is given the other thing, the link and the most sentences that a link of the list rests on.
    """
    counted = linked_by_kind(state.store(), thing.id, state.where())
    total, list_ = sum(of_kind.number for kind, of_kind in counted.items() if kind in kinds), f"card-{key}"
    now = _with_links(thing, kinds, asked(list_, CARD))
    if not now:
        return
    most = max(link.passages for _, link in now) or 1
    items = "".join(row(other, link, most) for other, link in now)
    title = t(f"details.{key}")
    with card(f"{title} ({number(total)})", f'<ul class="bars {key}">{items}</ul>', key, small):
        more_button(total, list_, CARD, by=_MORE)
        header = [title, t("details.kind"), t("ideas.sentences")]
        csv_button(key, header, lambda: _plain(_with_links(thing, kinds, total)), key=f"csv-{list_}")


def _with_links(thing: Thing, kinds: Sequence[str], most: int) -> list[tuple[Thing, Link]]:
    """What a thing is linked to and each link, strongest first."""
    links = state.store().neighbours(thing.id, kinds, state.where(), limit=most)
    found = state.store().things(link.b for link in links)
    return [(found[link.b], link) for link in links if link.b in found]


def _plain(found: Sequence[tuple[Thing, Link]]) -> list[list[object]]:
    return [[label(other), name(other.kind), link.passages] for other, link in found]


def _bar(other: Thing, link: Link, most: int) -> str:
    address = html(state.href("themes", thing=other.id))
    width = round(100 * link.passages / most)
    name_ = f'{glyph("theme", 14)}<a href="{address}">{html(label(other))}</a>'
    return f'<li><span>{name_}</span><i><i style="width:{width}%"></i></i><b>{number(link.passages)}</b></li>'


def _who(actor: Thing, link: Link, _most: int) -> str:
    address = html(state.href("acteurs", thing=actor.id))
    said = html(t("common.sentences", n=link.passages))
    named = f'<a href="{address}">{html(label(actor))}</a>'
    return f"<li><span>{glyph(actor.kind, 15)}{named}</span><small>{said}</small></li>"


def card(title: str, body: str, key: str, small: str = "") -> DeltaGenerator:
    """A card beside what a page shows; `title` and `small` are plain text, `body` is HTML already escaped.

    Gives the card, for what stands under that.
    """
    unit = f" <small>{html(small)}</small>" if small else ""
    box = st.container(border=True, key=f"card-{key}")
    box.html(f"<h3>{html(title)}{unit}</h3>{body}")
    return box
