"""The two-way component that draws the network: declared once, called with what to draw, answers with what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.components.v2 import component
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from views.network.install import ASSETS, PACKAGE, build, project

NAME = "maillage-network.graph"


def _declared() -> str:
    """Make sure that Streamlit serves the assets; returns the folder of the current ones.

    The set-up (`views.network.install`) declares the component for Streamlit to find at its start. Where it was not
    run, the same declaration is made here, so that a plain `streamlit run app.py` works.
    """
    folder = build()
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(NAME) != ASSETS.resolve():
        about = project()
        parts = [ComponentConfig(name="graph", asset_dir=ASSETS.name)]
        manager.register_from_manifest(ComponentManifest(about["name"], about["version"], parts), PACKAGE)
    return folder


@st.cache_resource(show_spinner=False)
def _component(folder: str) -> Callable[..., Any]:
    return component(NAME, js=f"{folder}/network.js", css=f"{folder}/network.css")


def network(data: Mapping[str, Any], *, key: str, on_act: Callable[[str, Any], None]) -> None:
    """Draw `data` (see `views.network.payload`) and call ``on_act(what, value)`` for what the reader does.

    `what` is select (id, "" for none), edge ([a, b]), expand (id), hide (kinds), depth, least or more (numbers). The
    values come from a browser: they are checked by whoever acts on them.
    """

    def acted() -> None:
        act = st.session_state[key].get("act")
        if isinstance(act, Mapping):
            on_act(str(act.get("what", "")), act.get("value"))

    _component(_declared())(key=key, data=dict(data), width="stretch", height="content", on_act_change=acted)
