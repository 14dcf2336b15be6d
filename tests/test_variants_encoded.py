"""The workshop's map as texts of other systems: UTF-16 both ways, line ends of an old Mac; the same, told alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.export.jsontext import deep_json
from ingest.document import RawFile
from ingest.maps.outline import outline_json
from ingest.registry import choose

FOLDER = Path(__file__).parent / "variants"
TEXTS = (
    "atelier-sciareto.mmd", "atelier.mmd", "atelier.org", "atelier.puml", "atelier.dot", "atelier.excalidraw.md",
    "atelier-logseq.md", "atelier-tabulations.txt", "atelier.canvas", "atelier.km",
)  # fmt: skip
WAYS: dict[str, Callable[[str], bytes]] = {
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16, high byte first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "line ends of an old Mac": lambda text: text.replace("\r\n", "\n").replace("\n", "\r").encode(),
    "Windows, with a mark": lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8-sig"),
}  # fmt: skip


def told(name: str, data: bytes) -> tuple[str, str]:
    """The reader chosen, and all that the outline says but for the file itself."""
    raw = RawFile(name, data)
    reader = choose(raw)
    shown = outline_json(reader.read(raw))
    del shown["source"]
    return reader.name, deep_json(shown)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["atelier.canvas", "atelier.km", "atelier.kumu.json", "atelier.mup"])
def test_json_in_utf_16_without_a_mark_is_the_same_map(name: str, encoding: str) -> None:
    data = (FOLDER / name).read_bytes()
    assert told(name, data.decode().encode(encoding)) == told(name, data)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_map_in_another_encoding_is_the_same_map(name: str, way: str) -> None:
    data = (FOLDER / name).read_bytes()
    assert told(name, WAYS[way](data.decode("utf-8-sig"))) == told(name, data)
