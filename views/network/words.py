"""The words that every network says, in the language of the interface: its legend, its keys, its counts."""

from __future__ import annotations

from views.i18n import t

GROUPS = ("ideas", "field", "actors", "marks")
_WORDS: tuple[str, ...] = (
    "filter",
    "depth",
    "least",
    "phrase",
    "phrases",
    "zoom_in",
    "zoom_out",
    "fit",
    "canvas",
    "canvas_keys",
)
_WORDS += ("key_enter", "key_choose", "key_space", "key_expand", "copy", "copied", "link_keeps", "png")


def groups() -> list[list[str]]:
    """(key, title) of each part of the legend."""
    return [[group, t(f"explorer.group_{group}")] for group in GROUPS]


def words(shown: str, hidden: str, file: str) -> dict[str, str]:
    """Those of a network: `shown` tells how much of what there is, `hidden` the others, `file` names a saved one."""
    plain = {word: t(f"explorer.{word}", n="{n}") for word in _WORDS}
    return plain | {
        "shown": shown,
        "hidden": hidden,
        "named": t("common.named", name="{name}", said="{said}"),
        "links": t("explorer.said_links", n="{n}"),
        "file": file,
    }
