"""Prochaine réunion: the topics kept for it, side by side, merged where they are the same, and which stand out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph.course.topics import MOST_READ, Kept, Topic, kept_topics, topics
from graph.model import Thing
from views import ahead, documents, frame, state
from views.correct import say_what_was_done
from views.escape import html
from views.i18n import number, t
from views.kinds import glyph, label
from views.meetings.shared import (
    computed,
    every_meeting,
    first_place,
    meeting_link,
    place_link,
    place_words,
    when,
    words_html,
)
from views.tables import csv_button, more_button, shown

_STEP = 20


def page() -> None:
    say_what_was_done()
    frame.head(t("common.next_meeting"), t("common.participate"), under=t("topics.about"))
    if not documents.infos():
        frame.nothing_imported()
        return
    frame.counted("proposal")
    kept = topics_kept()
    found = ranked_topics()
    st.caption(t("topics.rule"))
    if kept.cut:
        st.caption(t("topics.cut", n=MOST_READ))
    if not found:
        st.info(t("topics.none"))
        with st.container(horizontal=True):
            state.link_to("themes", t("topics.questions"), icon=":material/help:", tab="question")
            state.link_to("themes", t("topics.proposals"), icon=":material/lightbulb:", tab="proposal")
        return
    _lists(found)
    header = [
        t(f"topics.{c}") for c in ("topic", "stands_out", "meetings", "carriers", "sentences", "wordings", "place")
    ]
    csv_button("prochaine-reunion", header, lambda: [_plain(topic) for topic in found], key="csv-topics")


def topics_kept() -> Kept:
    """What is kept for the next meeting under the filters."""
    return computed("kept", lambda: kept_topics(state.store(), state.where()))


def ranked_topics() -> list[Topic]:
    """These topics, those that are the same together, best first by the rule that the page tells."""
    return computed("topics", lambda: topics(state.store(), topics_kept(), every_meeting()))


def _lists(found: Sequence[Topic]) -> None:
    """What stands out on the left, the rest on the right; one column where there is only one of them."""
    best = [topic for topic in found if topic.stands_out]
    rest = [topic for topic in found if not topic.stands_out]
    left, right = st.columns([1.2, 1], gap="large") if best and rest else (st.container(), st.container())
    with left:
        if best:
            st.subheader(t("topics.standing_out", n=len(best)), anchor=False)
            _cards(best, "best")
    with right:
        if rest:
            st.subheader(t("topics.others" if best else "topics.none_stands_out", n=len(rest)), anchor=False)
            _cards(rest, "rest")


def _cards(found: Sequence[Topic], key: str) -> None:
    now = found[: shown(found, key, _STEP)]
    ahead.first_places(thing for topic in now for thing in _wordings(topic))
    st.html("".join(map(_card, now)))
    more_button(len(found), key, _STEP)


def _card(topic: Topic) -> str:
    said = "".join(_said(thing) for thing in _wordings(topic))
    carried = ", ".join(
        f'<a href="{html(state.href("acteurs", thing=a.id))}">{html(label(a))}</a>' for a in topic.carriers
    )
    who = f"<span>{html(t('topics.carried_by'))} {carried}</span>" if carried else ""
    meetings = ", ".join(meeting_link(m, 40) for m in topic.meetings)
    where = f"<span>{glyph('event', 14)} {meetings}</span>" if meetings else ""
    n = f"<span>{html(t('common.sentences', n=topic.sentences))}</span>"
    kind = "topic out" if topic.stands_out else "topic"
    return f'<article class="{kind}">{said}<p class="with">{where}{who}{n}</p></article>'


def _wordings(topic: Topic) -> list[Thing]:
    """What was said in its various words, each once."""
    return list({thing.label.casefold(): thing for thing in topic.said}.values())


def _said(thing: Thing) -> str:
    place = first_place(thing)
    where = f" <small>{place_link(place)}</small>" if place else ""
    return words_html(thing, "proposal", where)


def _plain(topic: Topic) -> list[object]:
    wordings = _wordings(topic)
    places = [place for thing in wordings if (place := first_place(thing))]
    return [
        " | ".join(thing.label for thing in wordings),
        t("topics.yes") if topic.stands_out else t("topics.no"),
        ", ".join(f"{when(m)} {m.name}" for m in topic.meetings) or number(0),
        ", ".join(label(actor) for actor in topic.carriers),
        topic.sentences,
        len(wordings),
        " | ".join(place_words(place) for place in places),
    ]
