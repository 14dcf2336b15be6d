# ruff: noqa: E501 - samples stand on the lines they come on
"""Mind maps from strangers: cut, bloated, nested, knotted; refused by name and reason, or read, in seconds."""

from __future__ import annotations

import io
import json
import plistlib
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import InputRefused
from ingest.document import Document, RawFile
from ingest.registry import read_document
from tests.reading import check

FOLDER = Path(__file__).parent / "variants"
MAPS = """atelier.mm atelier-freemind8.mm atelier.xmind atelier-xmind8.xmind atelier.mmap atelier.xmmap atelier.smmx
    atelier.itmz atelier.mup atelier.wxml atelier-sciareto.mmd atelier.mindnode.zip atelier.km atelier.nm5 atelier.vym
    atelier.mind""".split()
SECONDS = 10.0  # of processor time: the limit of the contract, on a machine that does other work too
ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
)


def read_or_refuse(name: str, data: bytes) -> Document | None:
    """The document, checked, or None where it was refused by name, on one line; in bounded time either way."""
    start = time.process_time()
    document, message = None, ""
    try:
        document = read_document(RawFile(name, data))
    except InputRefused as refused:
        message = str(refused)
    assert time.process_time() - start < SECONDS
    if document is None:
        assert message.startswith(name)
        assert "\n" not in message
    elif len(document.blocks) < 20_000 and len(document.text) < 200_000:
        check(document)
    return document


def packed(member: str, content: str | bytes) -> bytes:
    """Not compressed: a map of equal topics compresses as well as a bomb, and is refused as one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(member, content)
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A variant with its text changed; in archives, each part."""
    data = (FOLDER / name).read_bytes()
    if not data.startswith(b"PK"):
        return change(data)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for member, content in members(data).items():
            made.writestr(member, change(content))
    return out.getvalue()


@pytest.mark.parametrize("name", MAPS)
def test_a_map_cut_at_every_tenth_is_refused_or_read(name: str) -> None:
    whole = (FOLDER / name).read_bytes()
    for tenth in range(10):
        read_or_refuse(name, whole[: len(whole) * tenth // 10])
        read_or_refuse(name, changed(name, lambda data, tenth=tenth: data[: len(data) * tenth // 10]))  # type: ignore[misc]  # mypy infers no default of a lambda


@pytest.mark.parametrize("name", MAPS)
def test_a_map_with_nul_bytes_swapped_ids_or_foreign_bytes_is_refused_or_read(name: str) -> None:
    read_or_refuse(name, changed(name, lambda data: data.replace(b"e", b"\x00")))
    read_or_refuse(name, changed(name, lambda data: data.replace(b"Sauvagnac", b"\x00\xff\xfe")))
    read_or_refuse(name, changed(name, lambda data: data.replace(b"1", b"2").replace(b"0", b"2")))
    read_or_refuse(name, changed(name, lambda data: data.replace(b'"', b"'")))
    read_or_refuse(name, changed(name, lambda data: data * 2))


@pytest.mark.parametrize(
    "name", [n for n in MAPS if n.endswith((".mm", "8.xmind", "map", ".smmx", ".itmz", ".wxml", ".nm5", ".vym"))]
)
def test_a_map_that_declares_entities_is_refused(name: str) -> None:
    def declare(data: bytes) -> bytes:
        text = (
            data.removeprefix(b"\xef\xbb\xbf")
            .replace(b"<!DOCTYPE vymmap>", b"")
            .replace(b"<!DOCTYPE simplemind-mindmaps>", b"")
        )
        at = text.index(b"?>") + 2 if text.startswith(b"<?xml") else 0
        return text[:at] + ENTITIES + text[at:].replace(b"minibus", b"&b;&c;", 1)

    with pytest.raises(InputRefused, match="entities"):
        read_document(RawFile(name, changed(name, declare)))


# Of every XML format: the tags that open and close a topic, the text around it, the part of the archive it stands in.
XML = {
    "a.mm": ('<node TEXT="a" ID="1">', "</node>", '<map version="1.0.1"><node TEXT="r">|</node></map>', ""),
    "a.xmmap": (
        '<Topic OId="1"><Text PlainText="a"/><SubTopics>', "</SubTopics></Topic>",
        '<Map xmlns="http://schemas.mindjet.com/MindManager/Application/2003"><OneTopic><Topic><SubTopics>|</SubTopics></Topic></OneTopic></Map>', "",
    ),
    "a.xmind": (
        '<topic id="1"><title>a</title><children><topics type="attached">', "</topics></children></topic>",
        '<xmap-content xmlns="urn:xmind:xmap:xmlns:content:2.0"><sheet><topic><children><topics>|</topics></children></topic></sheet></xmap-content>', "content.xml",
    ),
    "a.itmz": ('<topic uuid="1" text="a">', "</topic>", "<iThoughts><topics><topic>|</topic></topics></iThoughts>", "mapdata.xml"),
    "a.wxml": ('<topic id="1" text="a">', "</topic>", '<map version="tango"><topic central="true">|</topic></map>', ""),
    "a.nm5": (
        '<topic-node id="1" topic-ref="1"><sub-topics>', "</sub-topics></topic-node>",
        "<document><maps><map><topic-node><sub-topics>|</sub-topics></topic-node></map></maps></document>", "content.xml",
    ),
    "a.vym": ('<branch uuid="1"><heading>a</heading>', "</branch>", "<vymmap><mapcenter>|</mapcenter></vymmap>", ""),
}  # fmt: skip


def xml_map(name: str, inside: Callable[[str, str], str]) -> bytes:
    """A map whose topics are what `inside` makes of the tags that open and close one."""
    opening, closing, around, member = XML[name]
    text = around.replace("|", inside(opening, closing)).encode()
    return packed(member, text) if member else text


@pytest.mark.parametrize("name", XML)
def test_xml_maps_of_a_hundred_thousand_levels_or_thousands_of_siblings_are_refused_or_read(name: str) -> None:
    siblings = 100_000 if name == "a.mm" else 5_000
    assert read_or_refuse(name, xml_map(name, lambda opening, closing: opening * 100_000 + closing * 100_000)) is None
    wide = read_or_refuse(name, xml_map(name, lambda opening, closing: (opening + closing) * siblings))
    assert wide is not None
    assert wide.ledger.kept["topics"] == siblings + 1


@pytest.mark.parametrize("name", ["a.mm", "a.xmind", "a.vym"])
def test_xml_maps_with_a_label_of_five_megabytes_are_refused_or_read(name: str) -> None:
    for label in (
        "mot " * 1_250_000,
        "&lt;b>" * 800_000,
        "&lt;p&gt;a&lt;/p&gt;" * 250_000,
        "&lt;html>" + "&lt;a " * 800_000,
    ):

        def long(opening: str, closing: str, label: str = label) -> str:
            return opening.replace('"a"', f'"{label}"').replace(">a<", f">{label}<") + closing

        read_or_refuse(name, xml_map(name, long))


def json_map(name: str, children: object) -> bytes:
    """A map of one JSON format with these children, as each of them holds children."""
    if name == "a.mindnode":
        node = {"title": {"text": "r"}, "subnodes": children}
        return plistlib.dumps({"canvas": {"mindMaps": [{"mainNode": node}]}}, fmt=plistlib.FMT_BINARY)
    if name == "a.xmind":
        return packed("content.json", json.dumps([{"rootTopic": {"title": "r", "children": {"attached": children}}}]))
    if name == "a.mind":
        return packed("map.json", json.dumps({"root": {"title": "r", "children": children}}))
    if name == "a.km":
        return json.dumps({"root": {"data": {"text": "r"}, "children": children}}).encode()
    return json.dumps({"formatVersion": 2, "title": "r", "ideas": children}).encode()


@pytest.mark.parametrize("name", ["a.xmind", "a.km", "a.mup", "a.mind", "a.mindnode"])
def test_json_and_plist_maps_of_thousands_of_siblings_are_read(name: str) -> None:
    siblings = 100_000 if name == "a.km" else 5_000
    many = [
        {"id": "1", "title": {"text": "a"} if name == "a.mindnode" else "a", "data": {"text": "a"}}
        for _ in range(siblings)
    ]
    wide = read_or_refuse(name, json_map(name, many))
    assert wide is not None
    assert wide.ledger.kept["topics"] == siblings + 1


@pytest.mark.parametrize("name", ["a.xmind", "a.km", "a.mup", "a.mind", "a.mindnode"])
@pytest.mark.parametrize("children", [None, 3, "a", [None, 1, "x", [], {}], {"1": None, "b": [], "-1": {"title": 3, "attr": 4, "ideas": 5}}, [{"title": ["x"], "notes": 1, "markers": {}, "labels": [1], "data": 1, "href": {}, "style": [], "children": "x", "subnodes": 1, "note": [1], "task": 1}]])  # fmt: skip
def test_json_maps_of_another_shape_are_refused_or_read(name: str, children: object) -> None:
    if name != "a.mindnode" or "None" not in repr(children):  # a property list has no null
        read_or_refuse(name, json_map(name, children))


@pytest.mark.parametrize("name", ["a.xmind", "a.km", "a.mup", "a.mind"])
def test_json_maps_nested_without_end_or_with_surrogates_are_refused_or_read(name: str) -> None:
    marks = {"a.xmind": '[{"rootTopic":{"title":"a","children":{"attached":', "a.km": '{"root":{"data":{"text":"a"},"children":[', "a.mup": '{"title":"a","ideas":{"1":', "a.mind": '{"root":{"title":"a","children":['}  # fmt: skip
    text = marks[name] * 100_000
    parts = {"a.xmind": "content.json", "a.mind": "map.json"}
    assert read_or_refuse(name, packed(parts[name], text) if name in parts else text.encode()) is None
    lone = [{"title": "\ud800a", "id": "\udfff", "data": {"text": "\ud800a", "id": "\udfff"}}]
    document = read_or_refuse(name, json_map(name, lone))
    assert document is not None
    document.text.encode("utf-8")
    "".join(b.place for b in document.blocks).encode("utf-8")


def test_a_simplemind_map_of_one_long_chain_or_of_knots_is_refused_or_read() -> None:
    def smmx(topics: str) -> bytes:
        return f"<simplemind-mindmaps><mindmap><topics>{topics}</topics></mindmap></simplemind-mindmaps>".encode()

    chain = "".join(f'<topic id="{n}" parent="{n - 1}" text="a"/>' for n in range(100_000))
    assert read_or_refuse("a.smmx", smmx(chain)) is None
    pairs = "".join(f'<topic id="{n}" parent="{n ^ 1}" text="a"/>' for n in range(50_000))
    knots = read_or_refuse("a.smmx", smmx(pairs))
    assert knots is not None
    assert knots.ledger.kept["topics"] == 50_000
    ring = "".join(f'<topic id="{n}" parent="{(n + 1) % 1_000}" text="a"/>' for n in range(1_000))
    assert read_or_refuse("a.smmx", smmx(ring)) is not None
    same = read_or_refuse(
        "a.smmx", smmx('<topic id="1" parent="-1" text="r"/>' + '<topic id="1" parent="1" text="a"/>' * 1_000)
    )
    assert same is not None
    assert same.ledger.kept["topics"] == 1_001


def test_a_sciareto_map_of_long_lines_and_open_marks_is_refused_or_read() -> None:
    head = "Mind Map\n> __version__=`1.1`\n---\n"
    for body in (
        "# " + "a" * 5_000_000, "#" * 5_000_000, "# a\n" + "> " + "k=" * 1_000_000, "# a\n> " + "a=`" * 1_000_000,
        "# a\n" + "<pre>" * 500_000, "# a\n- NOTE\n" * 60_000, "# a\n```\n" * 60_000, "# " + "\\" * 2_000_000,
        "# " + "<br" * 1_000_000, "# a\n" + "=" * 1_000_000 + " " * 1_000_000, "\n".join("#" * n + " a" for n in range(1, 3_000)),
    ):  # fmt: skip
        read_or_refuse("a.mmd", (head + body).encode())
    read_or_refuse("a.mmd", (("x" * 1_999 + "\n") * 40).encode())


def test_vym_links_along_endless_paths_are_left_out() -> None:
    path = ",".join(["mc:0", *["bo:0"] * 100_000])
    branches = "<branch><heading>a</heading></branch>" * 3
    text = (
        f"<vymmap><mapcenter>{branches}</mapcenter>"
        + f'<xlink beginID="{path}" endID="mc:0,bo:99999999999"/>' * 20
        + "</vymmap>"
    )
    document = read_or_refuse("a.vym", text.encode())
    assert document is not None
    assert document.cross_links == []
