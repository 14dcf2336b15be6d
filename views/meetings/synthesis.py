"""Synthèse: choose what it is about, read it, edit it in place, take it away as Markdown, Word or PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from graph.model import Thing
from graph.synthesis.build import Scope, synthesis
from graph.synthesis.kept import Kept, kept
from graph.synthesis.lines import Line, Mark, Place, from_text, is_reference, marked, numbered, places_told
from graph.synthesis.paper import Paper, docx, markdown
from graph.synthesis.printed import Card, cards, pdf, poster, unwritten
from views import documents, frame, state
from views.correct import may_correct, say_what_was_done
from views.escape import html, md
from views.i18n import clock, day, language, quoted, t
from views.kinds import label, name
from views.meetings import synthesis_edit
from views.meetings.choose import chosen_scope, proposals_of
from views.meetings.shared import computed, first_place, place_words
from views.statements import carriers
from views.tables import later
from views.tabs import tabs

_TAGS = {
    Mark.TITLE: "h2",
    Mark.SECTION: "h3",
    Mark.PART: "h4",
    Mark.ITEM: "p",
    Mark.QUOTE: "blockquote",
    Mark.TEXT: "p",
}
_MIME = {
    "md": "text/markdown",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_MOST_CARDS = 100


def page() -> None:
    say_what_was_done()
    frame.head(t("common.synthesis"), t("common.participate"), under=t("synthesis.about"))
    if not documents.infos():
        frame.nothing_imported()
        return
    scope, key = chosen_scope()
    if scope is None:
        if state.query("m") or state.query("thing"):
            st.warning(t("common.unknown_thing"))
        st.info(t("synthesis.choose"))
        return
    key = f"{key}|{language()}"
    made = computed("synthesis", lambda: synthesis(state.store(), scope, _say), key)
    edit = kept(state.store(), key)
    lines = marked(from_text(edit.text), made, edit.given) if edit else made
    labels = {"read": t("synthesis.read")}
    if may_correct():
        labels["edit"] = t("synthesis.edit")
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover(t("synthesis.take"), icon=":material/download:", key="take"):
            _files(scope, lines, _note(lines, edit), key)
        _offer_selection(scope)
    chosen, box = tabs(labels, param="view")
    with box:
        if chosen == "edit":
            synthesis_edit.draw(key, made, edit, [info.id for info in scope.meeting.sources] if scope.meeting else ())
        else:
            _read(lines, edit, places_told(lines, made))


def _say(key: str, /, **values: object) -> str:
    """The words of a synthesis in the language of the page."""
    if key == "day":
        return day(str(values["iso"]))
    if key == "quoted":
        return quoted(str(values["text"]))
    return t("common.line", **values) if key == "line" else t(f"synthesis.{key}", **values)


def _note(lines: Sequence[Line], edit: Kept | None) -> str:
    """« Les lignes suivies d'un astérisque … », for the end of a file."""
    n = sum(line.by_hand for line in lines)
    return t("synthesis.by_hand", n=n, who=edit.actor, when=clock(edit.at)) if edit and n else ""


def _read(lines: Sequence[Line], edit: Kept | None, places: Mapping[str, Place]) -> None:
    if edit:
        n = sum(line.by_hand for line in lines)
        st.caption(md(t("synthesis.edited", n=n, who=edit.actor, when=clock(edit.at))))
        if former := sum(line.former for line in lines):
            st.caption(md(t("synthesis.former_lines", n=former)))
    body = "".join(_html(line, places) for line in lines)
    st.html(f'<article class="synthesis">{body}</article>')


def _html(line: Line, places: Mapping[str, Place]) -> str:
    tag = _TAGS[line.mark]
    told = t("synthesis.hand") if line.by_hand else t("synthesis.former") if line.former else ""
    hand = f' <span class="badge">{html(told)}</span>' if told else ""
    kind = ' class="quote"' if line.mark == Mark.QUOTE else ' class="item"' if line.mark == Mark.ITEM else ""
    return f"<{tag}{kind}>{_linked(line, places)}{hand}</{tag}>"


def _linked(line: Line, places: Mapping[str, Place]) -> str:
    """A line as HTML: each number of a reference opens the document at its place, and so does the reference itself."""
    said, numbers = numbered(line)
    if not numbers:
        return html(line.text)
    if is_reference(line):
        return f"[{numbers[0]}] {_to(places.get(numbers[0]), said)}"
    return f"{html(said)} {' '.join(_to(places.get(n), f'[{n}]') for n in numbers)}"


def _to(place: Place | None, words: str) -> str:
    """These words, as a link where the place is known: a reference that a person wrote leads nowhere."""
    if place is None:
        return html(words)
    return f'<a href="{html(state.href("sources", doc=place[0], at=place[1]))}">{html(words)}</a>'


# --- files -----------------------------------------------------------------------------------------------------------


def _files(scope: Scope, lines: list[Line], note: str, key: str) -> None:
    stem = "".join(c if c.isalnum() or c in " -_" else "-" for c in scope.title)[:60].strip(" -") or "synthese"
    _download("docx", f"{stem}.docx", lambda: docx(lines, note))
    _download("pdf", f"{stem}.pdf", lambda: pdf(lines, note))
    _download("md", f"{stem}.md", lambda: markdown(lines, note))
    _download("pdf", f"{stem}-A3.pdf", lambda: poster(lines, note), "poster")
    lost = computed("unwritten", lambda: unwritten(lines, note), key, note, tuple(lines))
    if lost:
        st.caption(t("synthesis.replaced", n=lost))
    proposals = [line for line in lines if line.mark == Mark.QUOTE]
    if scope.chosen and proposals:
        _download("pdf", f"{stem}-A6.pdf", lambda: cards([_card(x) for x in scope.chosen[:_MOST_CARDS]]), "cards")
    else:
        st.caption(t("synthesis.cards_from_selection"))


def _offer_selection(scope: Scope) -> None:
    """The way to a selection that begins with the proposals of this meeting or theme."""
    found = proposals_of(scope)
    if found:
        picked = ",".join(thing.id for thing in found)
        words = t("synthesis.select_these", n=len(found))
        state.link_to("synthese", words, icon=":material/playlist_add_check:", by="selection", pick=picked)


def _download(kind: str, file: str, make: Callable[[], Paper], what: str = "") -> None:
    """A file that is made when somebody wants it: a PDF takes longer than the page."""
    st.download_button(
        t(f"synthesis.file_{what or kind}"),
        later(lambda: make().data),
        file_name=file,
        mime=_MIME[kind],
        width="stretch",
        icon=":material/download:",
        on_click="ignore",
        key=f"take-{what or kind}",
    )


def _card(thing: Thing) -> Card:
    place = first_place(thing)
    by = ", ".join(label(actor) for actor in carriers(thing)[0])
    quote = " ".join(place.quote.split()) if place else thing.label
    return Card(name(thing.kind), quoted(quote), by, place_words(place) if place else "")
