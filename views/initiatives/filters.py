"""The filters above the map: a place, words, commune, structure, distance, types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from graph.initiatives.catalogue import NONE
from graph.initiatives.place import Precision
from ingest import geocoder
from views import state
from views.escape import html, md
from views.i18n import number, quoted, t
from views.initiatives import asked as asking
from views.initiatives.asked import RADII, Asked
from views.initiatives.words import icon, names_of_types, precision
from views.tables import link


def draw(asked: Asked) -> None:
    with st.container(key="map-filters"):
        place, reach, words, commune, structure = st.columns([1.9, 1.2, 1.6, 1.5, 1.6], vertical_alignment="bottom")
        with place:
            _text("near", t("initiatives.near"), t("initiatives.near_example"), ":material/home_pin:")
        with reach:
            _reach()
        with words:
            _text("q", t("initiatives.find"), t("initiatives.find_example"), ":material/search:")
        with commune:
            _select("commune", asked.all.communes, t("initiatives.all_communes"))
        with structure:
            _select("structure", asked.all.structures, t("initiatives.all_structures"))
        _types(asked)
    warn()
    _told(asked)


def warn() -> None:
    """Where a geocoding service is configured: what is typed leaves the machine."""
    if geocoder.service():
        st.caption(t("initiatives.leaves", service=md(geocoder.service())))


def _text(name: str, label: str, example: str, icon: str) -> None:
    key = f"map-{name}"
    st.session_state[key] = state.query(name)
    st.text_input(
        label, key=key, placeholder=example, icon=icon, max_chars=200,
        on_change=lambda: asking.change(**{name: st.session_state[key].strip()}),
    )  # fmt: skip


def _select(name: str, offered: Mapping[str, str], everything: str) -> None:
    key = f"map-{name}"
    asked = state.query(name)
    st.session_state[key] = asked if asked in offered else ""
    st.selectbox(
        t(f"initiatives.{name}"), ["", *offered], key=key, format_func=lambda k: offered.get(k, everything),
        on_change=lambda: asking.change(**{name: st.session_state[key]}),
    )  # fmt: skip


def _reach() -> None:
    st.session_state["map-km"] = int(asking.radius())
    st.selectbox(
        t("initiatives.within"), [0, *RADII], key="map-km",
        format_func=lambda km: t("initiatives.km", n=km) if km else t("initiatives.anywhere"),
        on_change=lambda: asking.change(km=st.session_state["map-km"] or None),
    )  # fmt: skip


def _types(asked: Asked) -> None:
    """One pill per type with how many there are within the other filters; none pressed: all are shown."""
    within = Counter(x.entry.type for x in asked.all.matching(asking.only(asked, types=frozenset())))
    names = names_of_types(asked.all)
    pictures = {kind: icon(asked.all.vocabulary.get(kind)) for kind in names}
    listed = [kind for kind in names if asked.all.types[kind] or not kind.startswith("own:")]
    listed = [kind for kind in listed if kind != NONE or asked.all.types[kind]]
    st.session_state["map-types"] = [kind for kind in listed if kind in asked.wanted.types]
    st.pills(
        t("initiatives.types"), listed, selection_mode="multi", key="map-types", label_visibility="collapsed",
        format_func=lambda kind: f"![]({pictures[kind]}) {md(names[kind])} **{number(within[kind])}**",
        on_change=lambda: asking.change(types=",".join(st.session_state["map-types"])),
    )  # fmt: skip


def _told(asked: Asked) -> None:
    """What was understood of the place that was typed, what is not held, what has no place, what is to be checked."""
    if asked.gone:
        st.warning(md(t("initiatives.gone", n=len(asked.gone), what=", ".join(map(quoted, asked.gone)))))
    if asked.near:
        _place(asked)
    elif asking.radius():
        st.caption(t("initiatives.within_needs"))
    lines = [html(t("initiatives.not_on_map", n=n))] if (n := asking.without_place(asked.shown)) else []
    doubtful = sum(each.entry.place.told for each in asked.shown)
    if doubtful and not asked.check:
        address = state.href("carte", **{**asking.kept(), "check": "1", "p": "", "thing": ""})
        lines.append(link(address, t("initiatives.to_check", n=doubtful)))
    if lines:
        st.html(f'<p class="muted">{" ".join(lines)}</p>')
    if asked.all.left_out:
        st.warning(t("initiatives.too_many", n=asked.all.left_out))


def _place(asked: Asked) -> None:
    origin = asked.origin
    if origin is None or origin.point is None:
        wrong = t("initiatives.no_coordinates") if origin and origin.doubt else t("initiatives.unknown_place")
        st.warning(f"{md(t('initiatives.near_is', what=asked.near))} {md(wrong)}")
        return
    if origin.doubt:
        st.warning(md(t("initiatives.swapped_asked", what=asked.near)))
    elif origin.precision is Precision.EXACT:
        st.caption(md(t("initiatives.from_exact", what=origin.by or asked.near)))
    else:
        st.caption(md(t("initiatives.from_place", what=asked.near, where=precision(origin))))
