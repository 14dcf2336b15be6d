# ruff: noqa: E501, PLW0108 - samples stand on the lines they come on, each made when it is asked for
"""Small files that ask for much: repeated counts, one part used thousands of times, products, rings, odd counts."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.of_archives import word
from tests.hostile.of_graphs import drawings, graphs
from tests.hostile.of_mails import lists, mails
from tests.hostile.of_offices import sheets, styled, texts_of_offices
from tests.hostile.of_pdfs import pdfs


def cases() -> dict[str, Callable[[], bytes]]:
    """Hostile files by "what.extension"."""
    return {**sheets(), **texts_of_offices(), **graphs(), **mails(), **drawings(), **pdfs(), **lists()}


def odd_values() -> dict[str, Callable[[], bytes]]:
    """Values of another kind than a format has: signs that are called digits and are none, lists in place of words."""
    paragraph = "<w:p><w:pPr>{}</w:pPr><w:r><w:t>Un texte.</w:t></w:r></w:p>"
    level = '<w:outlineLvl w:val="{}"/>'
    style = '<w:style w:type="paragraph" w:styleId="a"><w:pPr>{}</w:pPr></w:style>'
    return {
        "a level of another script.docx": lambda: word(paragraph.format(level.format("²"))),
        "a level of thousands of digits.docx": lambda: word(paragraph.format(level.format("9" * 5_000))),
        "a level of a style.docx": lambda: styled(style.format(level.format("²")), paragraph.format('<w:pStyle w:val="a"/>')),
        "signs of this program.md": lambda: "# a &#xE000;99&#xE001;\n- b \ue0007\ue001 &#57344;0&#57345;\n".encode(),
        "numbers of another script.txt": lambda: "Thème\n² axes\n  ² idées\n   ² autres\n".encode(),
        "a face of thousands of digits.graphml": lambda: ('<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml"><graph><node id="1"><data key="d"><y:ProxyAutoBoundsNode><y:Realizers active="' + "9" * 5_000 + '"><y:GroupNode><y:NodeLabel>a</y:NodeLabel></y:GroupNode></y:Realizers></y:ProxyAutoBoundsNode></data></node></graph></graphml>').encode(),
        "a kind that is a list.canvas": lambda: b'{"nodes":[{"type":[],"x":1,"id":"a"}],"edges":[]}',
        "a version that is a list.mup": lambda: b'{"formatVersion":[],"id":1,"title":"a","ideas":{"1":{"title":"b"}},"links":[{"attr":{"style":{"arrow":[[]]}}}]}',
        "a kind that is a list.excalidraw": lambda: b'{"type":"excalidraw","elements":[{"id":"a","type":[]},{"id":"b","type":"text","containerId":"a","text":"b"}]}',
    }  # fmt: skip


SHARES = 4  # of the files by this module, the one in so many that every run takes, but for those that take a second
HEAVY = (
    "links of one cell.xlsx", "groups in knots.xlsx", "merged all over.xlsx", "styles in a chain.docx", "values without end.gexf",
    "one edge without end.graphml", "each its own parent.smmx", "crossing cells.drawio", "hundreds of packed pages.drawio",
    "sheets without end.xmind", "subgraphs of one name.dot", "attributes without end.dot", "strings in pieces.dot",
    "a long text in base64.eml", "quotes in quotes.eml", "pieces of a file name.eml", "cues of others.vtt", "a cue of 5 MB.vtt",
    "links in a ring.kumu.json", "one place thousands of times.geojson", "footnotes without end.md", "links to links.md", "bullets in bullets.md", "tabs beyond measure.txt",
    "a text never closed.mermaid", "maps in one file.puml", "lines of one topic.puml", *(name for name in pdfs() if "ring" not in name),
    "references in a ring.pdf",
)  # fmt: skip
