# ruff: noqa: E501, PLW0108 - samples stand on the lines they come on, each made when it is asked for
"""Hostile maps in XML: entities, foreign documents, endless nesting and width, odd encodings, knots of ids."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

CANARY = "canari-que-nul-ne-doit-lire"  # what a file beside the map holds, and no reading may show

# Of each format: what comes before a topic, the topic with `{}` for its label and `{in}` for those below it, what comes after.
SHAPES = {
    "mm": ('<map version="1.0.1">', '<node ID="1" TEXT="{}">{in}</node>', "</map>"),
    "opml": ('<opml version="2.0"><head/><body>', '<outline text="{}">{in}</outline>', "</body></opml>"),
    "wxml": ('<map version="tango"><topic central="true" text="r" id="0">', '<topic id="1" text="{}">{in}</topic>', "</topic></map>"),
    "vym": ("<vymmap><mapcenter>", "<branch><heading>{}</heading>{in}</branch>", "</mapcenter></vymmap>"),
    "xmmap": ('<Map xmlns="http://schemas.mindjet.com/MindManager/Application/2003"><OneTopic>', '<Topic OId="1"><Text PlainText="{}"/><SubTopics>{in}</SubTopics></Topic>', "</OneTopic></Map>"),
    "graphml": ('<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="d" for="node" attr.name="label"/><graph edgedefault="directed">', '<node id="1"><data key="d">{}</data>{in}</node>', "</graph></graphml>"),
    "gexf": ('<gexf xmlns="http://gexf.net/1.3"><graph><nodes>', '<node id="1" label="{}">{in}</node>', "</nodes></graph></gexf>"),
    "cxl": ('<cmap xmlns="http://cmap.ihmc.us/xml/cmap/"><map><concept-list>', '<concept id="1" label="{}">{in}</concept>', "</concept-list></map></cmap>"),
    "drawio": ('<mxfile><diagram name="p"><mxGraphModel><root><mxCell id="0"/>', '<mxCell id="1" vertex="1" value="{}">{in}</mxCell>', "</root></mxGraphModel></diagram></mxfile>"),
}  # fmt: skip
DTDS = {
    "local entity": '<!DOCTYPE {} [<!ENTITY x "texte">]>',
    "file entity": '<!DOCTYPE {} [<!ENTITY x SYSTEM "file://CANARY">]>',
    "network entity": '<!DOCTYPE {} [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
    "parameter entity": '<!DOCTYPE {} [<!ENTITY % p SYSTEM "file://CANARY"> %p;]>',
    "late parameter entity": "<!-- " + "é" * 70_000 + ' --><!DOCTYPE {} [<!ENTITY % p SYSTEM "file://CANARY"> %p;]>',
    "billion laughs": '<!DOCTYPE {} [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghx", strict=True)) + "]>",
    "quadratic entity": '<!DOCTYPE {} [<!ENTITY x "' + "a" * 100_000 + '">]>',
    "external DTD": '<!DOCTYPE {} SYSTEM "file://CANARY">',
    "network DTD": '<!DOCTYPE {} PUBLIC "-//x//y" "http://127.0.0.1:9/x.dtd">',
}  # fmt: skip


def tree(form: str, label: str = "a", count: int = 1, *, below: str = "") -> str:
    before, topic, after = SHAPES[form]
    return before + topic.replace("{in}", below).replace("{}", label) * count + after


def nested(form: str, levels: int) -> str:
    before, topic, after = SHAPES[form]
    opening, closing = topic.replace("{}", "a").split("{in}")
    return before + opening * levels + closing * levels + after


def declared(form: str, dtd: str, canary: str) -> str:
    """A map that declares what `dtd` says and uses it a thousand times."""
    root = SHAPES[form][0][1:].split(">")[0].split()[0]
    use = "&x;" if "ENTITY x" in dtd else "a"
    return dtd.replace("{}", root).replace("file://CANARY", f"file://{canary}") + tree(form, use, 1_000)


def encoded(make: Callable[..., str], *given: object, encoding: str = "utf-8") -> bytes:
    return make(*given).encode(encoding)


def cases(canary: str) -> dict[str, Callable[[], bytes]]:
    """Hostile maps by "what.extension"; `canary` is the path of a file that none may read."""
    return {**shapes(canary), **doctypes(canary), **encodings(), **masses(), **ids_and_values(), **drawn_graphs()}


def shapes(canary: str) -> dict[str, Callable[[], bytes]]:
    """What every format can be made to hold."""
    made: dict[str, Callable[[], bytes]] = {}
    for form in SHAPES:
        made[f"100,000 levels.{form}"] = partial(encoded, nested, form, 100_000)
        made[f"100,000 siblings.{form}"] = partial(encoded, tree, form, "une idée", 100_000)
        made[f"label of 5 MB.{form}"] = partial(encoded, tree, form, "mot " * 1_250_000)
        for name in ("billion laughs", "file entity"):
            made[f"{name}.{form}"] = partial(encoded, declared, form, DTDS[name], canary)
    return made


def doctypes(canary: str) -> dict[str, Callable[[], bytes]]:
    """Document types, entities, inclusions, stylesheets and schemas."""
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{canary}" parse="text"/>'
    schema = f'xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:noNamespaceSchemaLocation="file://{canary}"'
    made: dict[str, Callable[[], bytes]] = {
        "XInclude.mm": lambda: tree("mm", "a", below=include).encode(),
        "XInclude.opml": lambda: tree("opml", "a", below=include).encode(),
        "stylesheet.mm": lambda: (f'<?xml-stylesheet href="file://{canary}"?>' + tree("mm")).encode(),
        "schema.mm": lambda: tree("mm").replace("<map", f"<map {schema}").encode(),
    }
    for name, dtd in DTDS.items():
        made[f"{name}, map.mm"] = partial(encoded, declared, "mm", dtd, canary)
        made[f"{name}, UTF-16.mm"] = partial(encoded, declared, "mm", dtd, canary, encoding="utf-16")
        made[f"{name}, outline.opml"] = partial(encoded, declared, "opml", dtd, canary)
    return made


def encodings() -> dict[str, Callable[[], bytes]]:
    """Maps in other encodings than they say, or in none."""
    return {
        "UTF-7.mm": lambda: ('<?xml version="1.0" encoding="UTF-7"?>' + tree("mm")).encode("utf-7"),
        "UTF-32.mm": lambda: ('<?xml version="1.0" encoding="UTF-32"?>' + tree("mm")).encode("utf-32"),
        "unknown encoding.mm": lambda: ('<?xml version="1.0" encoding="x-inconnu"?>' + tree("mm", "é")).encode(),
        "encoding of Python's own.mm": lambda: (
            '<?xml version="1.0" encoding="unicode_escape"?>' + tree("mm", "\\ud800 é")
        ).encode("latin-1"),
        "codec that is no encoding.mm": lambda: (
            '<?xml version="1.0" encoding="zlib_codec"?>' + tree("mm", "&nbsp;")
        ).encode(),
        "mixed encodings.mm": lambda: (
            tree("mm", "é").encode().replace(b"</map>", tree("mm", "é")[21:].encode("latin-1"))
        ),
        "lone surrogates.mm": lambda: tree("mm", "a\ud800&#xD800;&#0;").encode("utf-8", "surrogatepass"),
        "NUL everywhere.mm": lambda: tree("mm", "a\0b" * 1_000).encode(),
    }


def masses() -> dict[str, Callable[[], bytes]]:
    """Parts of XML without end."""
    return {
        "attributes without end.mm": lambda: (
            "<map><node " + " ".join(f'a{n}="1"' for n in range(300_000)) + "/></map>"
        ).encode(),
        "one attribute twice.mm": lambda: b'<map><node TEXT="a" TEXT="b"/></map>',
        "elements without end.mm": lambda: b"<map><node TEXT='a'>" + b"<icon/>" * 4_000_000 + b"</node></map>",
        "comments without end.mm": lambda: b"<map><node TEXT='a'>" + b"<!-- -->" * 2_000_000 + b"</node></map>",
        "comments never closed.mm": lambda: b"<!--" * 1_000_000 + b"<map/>",
        "namespaces without end.mm": lambda: (
            "<map>" + "".join(f'<node xmlns:n{n}="u{n}" TEXT="a"/>' for n in range(50_000)) + "</map>"
        ).encode(),
        "arrows to itself.mm": lambda: tree("mm", below='<arrowlink DESTINATION="1"/>' * 50_000).encode(),
    }


def ids_and_values() -> dict[str, Callable[[], bytes]]:
    """Ids in knots, labels that are programs, numbers beyond measure."""
    return {
        "ids all equal.mm": lambda: tree("mm", "a", 50_000).encode(),
        "ids that imitate the reader's.mm": lambda: (
            "<map>" + "".join(f'<node ID="1{"~2" * (n % 40)}" TEXT="a"/>' for n in range(20_000)) + "</map>"
        ).encode(),
        "clones in a ring.mm": lambda: (
            b'<map><node ID="1" TREE_ID="2"/><node ID="2" TREE_ID="1"/><node ID="3" TREE_ID="3"/></map>'
        ),
        "HTML bomb in a label.mm": lambda: tree(
            "mm", "&lt;html&gt;" + "&lt;p&gt;&lt;b&gt;&lt;table&gt;" * 60_000
        ).encode(),
        "script in labels.mm": lambda: tree(
            "mm", "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;", 100
        ).encode(),
        "links that run.mm": lambda: tree("mm", '" LINK="javascript:alert(1)').encode(),
        "dates beyond time.mm": lambda: tree(
            "mm", '" CREATED="99999999999999999999" MODIFIED="-99999999999999'
        ).encode(),
        "number of a million digits.mm": lambda: tree("mm", '" CREATED="' + "9" * 1_000_000).encode(),
    }


def drawn_graphs() -> dict[str, Callable[[], bytes]]:
    """Graphs and drawings."""
    return {
        "edges to nowhere.graphml": lambda: (
            tree("graphml").replace("</graph>", '<edge source="1" target="x"/>' * 60_000 + "</graph>").encode()
        ),
        "nested graphs.graphml": lambda: (
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
            + '<graph edgedefault="directed"><node id="1">' * 30_000
            + "</node></graph>" * 30_000
            + "</graphml>"
        ).encode(),
        "packed garbage.drawio": lambda: b"<mxfile><diagram>7V1bc6LAEv41" + b"A" * 1_000_000 + b"</diagram></mxfile>",
        "parents in a ring.drawio": lambda: (
            "<mxfile><diagram><mxGraphModel><root>"
            + "".join(f'<mxCell id="{n}" parent="{(n + 1) % 20_000}" vertex="1" value="a"/>' for n in range(20_000))
            + "</root></mxGraphModel></diagram></mxfile>"
        ).encode(),
        "picture of a map.svg": lambda: (
            b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/"/><script>alert(1)</script></svg>'
        ),
    }
