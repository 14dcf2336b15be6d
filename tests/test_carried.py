"""What a small file says once and gives to hundreds of topics is refused in one line, or shared, never multiplied."""

from __future__ import annotations

import json

import pytest

from graph.errors import InputRefused
from ingest.document import RawFile
from ingest.maps.outline import outline_json
from ingest.registry import read_document
from tests.map_reading import archive

LONG = ("mot " * 50_000).strip()
NAME = LONG[:3_999]
SIGNS = r"\G" * 50  # each the name of the graph
NODES = "".join(f"n{i};" for i in range(400))


def thoughts(kind: int, *, typed: str = "") -> str:
    about = {"Id": "t", "Name": LONG, "Kind": kind}
    return "\n".join(
        json.dumps(t) for t in (about, *({"Id": f"a{i}", "Name": "A", "TypeId": typed} for i in range(400)))
    )


def novamind(text: str, count: int) -> bytes:
    nodes = '<topic-node topic-ref="t"/>' * count
    maps = f'<maps><map><topic-node topic-ref="r"><sub-topics>{nodes}</sub-topics></topic-node></map></maps>'
    return archive({"content.xml": f'<document>{maps}<topics><topic id="t">{text}</topic></topics></document>'})


def concepts(count: int) -> str:
    made = "".join(f'<concept id="c{i}" label="a"/>' for i in range(count))
    ends = "".join(f'<connection from-id="p" to-id="c{i}"/>' for i in range(count))
    phrase = f'<linking-phrase id="p" label="{LONG}"/><connection from-id="c0" to-id="p"/>'
    return f'<cmap xmlns="http://cmap.ihmc.us/xml/cmap/"><map>{made}{phrase}{ends}</map></cmap>'


def arrows(count: int) -> str:
    drawn = '<arrowlink DESTINATION="x"/>' * count
    return f'<map version="1.0.1"><node TEXT="R"><node ID="x" TEXT="{LONG}"/>{drawn}</node></map>'


REPEATED: dict[str, tuple[str, str | bytes, str]] = {
    "the name of a type": ("a.zip", archive({"thoughts.json": thoughts(2, typed="t")}), "of attributes"),
    "the phrase between concepts": ("a.cxl", concepts(120), "of labels of relations"),
    "a label by default": ("a.dot", f'digraph {{ node [label="{LONG}"]; {NODES} }}', "in its topics"),
    "a colour by default": ("a.dot", f'digraph {{ node [fillcolor="{LONG}"]; {NODES} }}', "of style"),
    "the attribute of a list": ("a.dot", f'digraph {{ {NODES[:-1].replace(";", ",")} [b="{LONG}"] }}', "of attributes"),
    "the name of a graph": ("a.dot", f'digraph a {{ b }} digraph "{LONG}" {{ {NODES} }}', "of titles of sheets"),
    "names in labels": ("a.dot", f'digraph "{NAME}" {{ node [label="{SIGNS}"]; {NODES} }}', "in its topics"),
    "the id at the end of an edge": ("a.dot", f'digraph {{ "{LONG}" -> {{ {NODES} }} }}', "at the ends"),
    "the label at the end of an arrow": ("a.mm", arrows(400), "at the ends"),
    "a note": ("a.nm5", novamind(f"<notes>{LONG}</notes>", 400), "in its topics"),
    "thousands of links": ("a.nm5", novamind('<links>' + '<link url="u"/>' * 5_000 + "</links>", 300), "links"),
}  # fmt: skip


@pytest.mark.parametrize("what", list(REPEATED))
def test_what_one_place_of_a_file_gives_to_hundreds_is_refused_in_one_line(what: str) -> None:
    name, content, told = REPEATED[what]
    with pytest.raises(InputRefused, match=rf"^{name}: .*more than [\d,]+ .*{told}") as refused:
        read_document(RawFile(name, content if isinstance(content, bytes) else content.encode()))
    assert "\n" not in str(refused.value)


def test_topics_with_one_text_have_all_of_it_each() -> None:
    data = novamind(
        '<notes>Une note</notes><links><link url="https://a.example"/></links><tags><item>t</item></tags>', 2
    )
    top = outline_json(read_document(RawFile("a.nm5", data)))["roots"][0]
    assert [(x["note"], x["links"], x["tags"]) for x in top["children"]] == [
        ("Une note", ["https://a.example"], ["t"])
    ] * 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.gexf",
            f'<gexf><graph><attributes class="node"><attribute id="1" title="{LONG}"/></attributes><nodes><node id="1">'
            '<attvalues><attvalue for="1" value="x"/></attvalues></node></nodes></graph></gexf>',
        ),
        (
            "a.graphml",
            f'<graphml><key id="d" attr.name="{LONG}"/><graph><node id="1"><data key="d">x</data></node></graph>'
            "</graphml>",
        ),
    ],
)
def test_the_endless_name_of_an_attribute_is_cut_and_told(name: str, content: str) -> None:
    found = outline_json(read_document(RawFile(name, content.encode())))
    assert found["roots"][0]["attributes"] == {LONG[:1_000]: "x"}
    assert [x["what"] for x in found["ledger"]["left_out"]] == ["names of attributes"]


def test_the_name_of_a_node_asked_thousands_of_times_in_its_label_stays_a_sign() -> None:
    escapes = r"\N" * 400
    document = read_document(
        RawFile("a.dot", f'digraph {{ "{LONG}" [label="{escapes}"]; b [label="\\N \\N"] }}'.encode())
    )
    assert [block.label for block in document.blocks] == [escapes, "b b"]
