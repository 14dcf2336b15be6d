"""What the pages of review say of a doubt, a thing and its sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from graph.model import Mention, Thing
from graph.review.doubts import Doubt
from ontology import load
from views import documents, state
from views.escape import html
from views.i18n import catalogue, day, language, number, t
from views.kinds import glyph, name

EVIDENCE = 200  # looked at for the number of meetings


def kind_mark(doubt: Doubt) -> str:
    """The glyph of what a doubt is about."""
    if doubt.suggestion:
        return glyph(doubt.suggestion.a.kind, 16)
    if doubt.thing:
        return glyph(doubt.thing.kind, 16)
    kind = str(doubt.decision.anchor.get("kind") or "passage") if doubt.decision else "passage"
    return glyph(kind, 16)


def reach_words(doubt: Doubt) -> str:
    """What hangs on a doubt."""
    if doubt.source:
        return documents.title(doubt.source)
    return t("common.sentences", n=doubt.reach)


def reason_words(reason: str) -> str:
    """A reason of a suggestion in the language of the session."""
    key = f"review.reason_{reason.replace(' ', '_')}"
    return t(key) if key in catalogue(language()) else reason


def facts(thing: Thing, mentions: Sequence[Mention]) -> list[tuple[str, str]]:
    """What is known of a thing, as (word, value)."""
    infos = documents.infos()
    meetings = {infos[m.source].meeting for m in mentions if m.source in infos} - {""}
    rows = [(t("review.kind"), name(thing.kind)), (t("review.also"), ", ".join(thing.aliases[:4]))]
    told = ((k, day(str(v)) if k == "date" else str(v)) for k, v in thing.attributes.items() if _is_told(k, v))
    rows += [(t(f"explorer.attribute_{k}").capitalize(), v) for k, v in told]
    said = t("common.sentences", n=thing.evidence_count)
    rows += [
        (t("review.said"), f"{said}, {t('common.documents', n=thing.source_count)}"),
        (t("review.meetings"), number(len(meetings))),
    ]
    return [(word, value or "–") for word, value in rows]


def _is_told(key: str, value: object) -> bool:
    return bool(value) and f"explorer.attribute_{key}" in catalogue(language())


def facts_html(rows: Sequence[tuple[str, str]], same: Sequence[tuple[str, str]] = ()) -> str:
    """The facts as a list; those that the other side has too are marked."""
    alike = {row for row in same if row[1] != "–"}
    out = "".join(
        f"<dt>{html(word)}</dt><dd{' class=alike' if (word, value) in alike else ''}>{html(value)}</dd>"
        for word, value in rows
    )
    return f'<dl class="facts">{out}</dl>'


def same_role(kind: str) -> list[str]:
    """The kinds that a thing of this kind may become."""
    known = load().kinds
    return [k for k, spec in known.items() if spec.role == known[kind].role]


def walk_button(words: str, icon: str, shortcut: str, key: str, to: Mapping[str, str]) -> None:
    """A step to another case without deciding: `to` is what the address then holds; without it, there is no step."""
    st.button(
        words,
        icon=f":material/{icon}:",
        key=key,
        type="tertiary",
        shortcut=shortcut,
        disabled=not to,
        on_click=partial(state.set_query, **to),
    )


def said(thing: Thing) -> list[Mention]:
    return state.store().evidence(thing.id, limit=EVIDENCE)
