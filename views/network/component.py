"""The two-way components, network and map: declared once, called with what to draw, answer with what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.components.v2 import component
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from views.network.install import ASSETS, PACKAGE, build, project

NAME, MAP = "maillage-network.graph", "maillage-network.map"
PARTS = {name: name.rpartition(".")[2] for name in (NAME, MAP)}


def _declared() -> str:
    """Make sure that Streamlit serves the assets; returns the folder of the current ones.

    The set-up (`views.network.install`) declares the components for Streamlit to find at its start. Where it was not
    run, the same declaration is made here, so that a plain `streamlit run app.py` works.
    """
    folder = build()
    manager = get_bidi_component_manager()
    if any(manager.get_component_asset_root(name) != ASSETS.resolve() for name in PARTS):
        about = project()
        parts = [ComponentConfig(name=part, asset_dir=ASSETS.name) for part in PARTS.values()]
        manager.register_from_manifest(ComponentManifest(about["name"], about["version"], parts), PACKAGE)
    return folder


@st.cache_resource(show_spinner=False)
def _component(name: str, folder: str, files: str) -> Callable[..., Any]:
    return component(name, js=f"{folder}/{files}.js", css=f"{folder}/{files}.css")


def draw(name: str, files: str, data: Mapping[str, Any], *, key: str, on_act: Callable[[str, Any], None]) -> None:
    """Draw `data` with a component and call ``on_act(what, value)`` for what the reader does.

    The values come from a browser: they are checked by whoever acts on them.
    """

    def acted() -> None:
        act = st.session_state[key].get("act")
        number = str(act.get("number", "")) if isinstance(act, Mapping) else ""
        if isinstance(act, Mapping) and (not number or st.session_state.get(f"{key}-act") != number):
            st.session_state[f"{key}-act"] = number
            if "pins" in act:  # said with every act: of acts that come together only the last one is heard
                on_act("pins", act["pins"])
            on_act(str(act.get("what", "")), act.get("value"))

    made = _component(name, _declared(), files)
    made(key=key, data=dict(data), width="stretch", height="content", on_act_change=acted)


def network(data: Mapping[str, Any], *, key: str, on_act: Callable[[str, Any], None]) -> None:
    """Draw a network (see `views.network.payload`).

    What is done is select (id, "" for none), edge ([a, b]), expand (id), hide (kinds), depth, least or more (numbers),
    pins (what was dragged, with its place: [[id, x, y], …]).
    """
    draw(NAME, "network", data, key=key, on_act=on_act)
