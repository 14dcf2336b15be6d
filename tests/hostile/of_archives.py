# ruff: noqa: E501 - samples stand on the lines they come on
"""Hostile archives, packed parts, property lists and PDF files."""

from __future__ import annotations

import base64
import io
import json
import plistlib
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

_HERE = Path(__file__).parents[1]
SHEET = json.dumps([{"rootTopic": {"title": "a"}}]).encode()
BILLION = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def zipped(members: list[tuple[str, bytes]], *, stored: bool = False, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else method) as made:
        warnings.simplefilter("ignore")  # of names that stand twice
        for name, content in members:
            made.writestr(name, content)
    return out.getvalue()


def word(body: str, *more: tuple[str, str], head: str = "") -> bytes:
    text = f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped([("word/document.xml", text.encode()), *((n, t.encode()) for n, t in more)])


def overlapping(copies: int) -> bytes:
    """An archive whose entries all lead to the same packed bytes, as the known bomb without nesting has it."""
    data = zipped([("content.json", SHEET + b" " * 900_000)])
    end = data.rindex(b"PK\x05\x06")
    start = struct.unpack("<I", data[end + 16 : end + 20])[0]
    entry = data[start:end]
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, copies, copies, len(entry) * copies, start, 0)
    return data[:start] + entry * copies + tail


def flagged(data: bytes, bit: int) -> bytes:
    """Every entry with a flag set: 1 is "encrypted"."""
    out = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            out[at + offset] |= bit
            at = data.find(mark, at + 4)
    return bytes(out)


def symlinked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        link = zipfile.ZipInfo("content.json")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        made.writestr(link, "/etc/hostname")
    return out.getvalue()


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with its table."""
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    return (
        out + table + b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, root, len(out))
    )


def page(content: bytes, *, packed: int = 0, box: bytes = b"0 0 600 800", times: int = 1) -> bytes:
    """A page with this content, deflated so many times over, repeated in the tree so many times."""
    for _ in range(packed):
        content = zlib.compress(content, 9)
    filters = b"/Filter [%s]" % (b"/FlateDecode " * packed) if packed else b""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids [%s]>>" % (times, b"3 0 R " * times),
        b"<</Type/Page/Parent 2 0 R/MediaBox [%s]/Contents 4 0 R/Resources <</Font <</F 5 0 R>>>>>>" % box,
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )  # fmt: skip


TEXT = b"BT /F 12 Tf 50 700 Td (Le comite propose un marche aux fleurs) Tj ET\n"


def loop_of_objects(count: int) -> bytes:
    """A binary property list whose one array holds itself."""
    entries = [b"\xd1\x01\x02", b"\x5bmindMap" + b"xxxx", b"\xa1\x02"]
    body = b"bplist00" + b"".join(entries)
    offsets = [8, 8 + len(entries[0]), 8 + len(entries[0]) + len(entries[1])]
    return body + bytes(offsets) + struct.pack(">6xBBQQQ", 1, 1, count, 0, len(body))


def shared_arrays(levels: int) -> bytes:
    """A binary property list whose arrays each hold the next one twice: 2 ** levels leaves for whoever walks them all."""
    entries = [b"\xa2" + bytes([n + 1, n + 1]) for n in range(levels)] + [b"\x51a"]
    offsets, at = [], 8
    for entry in entries:
        offsets.append(at)
        at += len(entry)
    return (
        b"bplist00"
        + b"".join(entries)
        + struct.pack(f">{len(offsets)}H", *offsets)
        + struct.pack(">6xBBQQQ", 2, 1, len(entries), 0, at)
    )


def mindnode(nodes: object) -> bytes:
    return plistlib.dumps({"canvas": {"mindMaps": [{"mainNode": nodes}]}}, fmt=plistlib.FMT_BINARY)


def drawio(text: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"<mxfile><diagram>" + base64.b64encode(packer.compress(text) + packer.flush()) + b"</diagram></mxfile>"


def png(keyword: bytes, content: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"zTXt", keyword + b"\0\0" + zlib.compress(content, 9))
        + chunk(b"IEND", b"")
    )


def archives(canary: str) -> dict[str, Callable[[], bytes]]:
    """Hostile files by "what.extension"; `canary` is the path of a file that none may read."""
    return {**zips(canary), **office_files(canary), **packed_drawings(), **property_lists(), **pdfs()}


def zips(canary: str) -> dict[str, Callable[[], bytes]]:
    """Zip archives whose entries lie, repeat, climb or unpack to too much."""
    inner = zipped([("content.json", b"[" + b" " * 10_000_000 + b"]")])
    return {
        "ratio bomb.xmind": lambda: zipped([("content.json", b"[" + b" " * 45_000_000 + b"]")]),
        "just under the ratio.xmind": lambda: zipped([(f"{n}", b" " * 999_000) for n in range(150)] + [("content.json", b"[" + b" " * 990_000 + b"]")]),
        "nested archives.zip": lambda: zipped([(f"{n}.zip", inner) for n in range(100)]),
        "nested archives.xmind": lambda: zipped([("content.json", inner)]),
        "overlapping entries.xmind": lambda: overlapping(4_000),
        "too many entries.xmind": lambda: zipped([(f"{n}", b"") for n in range(20_000)] + [("content.json", SHEET)]),
        "absolute name.xmind": lambda: zipped([("/etc/content.json", SHEET), ("content.json", SHEET)]),
        "climbing name.xmind": lambda: zipped([("../../content.json", SHEET)]),
        "climbing names.zip": lambda: zipped([("../../a.txt", b"Bonjour a tous."), ("C:\\a.txt", b"Bonjour.")]),
        "duplicate entries.xmind": lambda: zipped([("content.json", SHEET), ("content.json", b"[{}]")]),
        "names in two cases.smmx": lambda: zipped([("document/mindmap.xml", b"<a/>"), ("Document/Mindmap.xml", b"<b/>")]),
        "encrypted entry.xmind": lambda: flagged(zipped([("content.json", SHEET)]), 1),
        "symbolic link.xmind": symlinked,
        "LZMA.xmind": lambda: zipped([("content.json", SHEET)], method=zipfile.ZIP_LZMA),
        "BZ2.xmind": lambda: zipped([("content.json", b"[" + b" " * 45_000_000 + b"]")], method=zipfile.ZIP_BZIP2),
        "size that lies.xmind": lambda: zipped([("content.json", SHEET + b" " * 500_000)]).replace(struct.pack("<I", len(SHEET) + 500_000), struct.pack("<I", 30)),
        "cut in the middle.xmind": lambda: zipped([("content.json", SHEET * 500)])[:-40],
        "newline in a name.xmind": lambda: zipped([("content.json", b"{"), ("a\nb\x1b[31m", b"")]),
        "file entity.xmind": lambda: zipped([("content.xml", f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{canary}">]><xmap-content><sheet><topic><title>&x;</title></topic></sheet></xmap-content>'.encode())]),
        "label of 5 MB.xmind": lambda: zipped([("content.json", json.dumps([{"rootTopic": {"title": "mot " * 1_250_000}}]).encode())], stored=True),
        "100,000 siblings.xmind": lambda: zipped([("content.json", json.dumps([{"rootTopic": {"title": "r", "children": {"attached": [{"title": "une idée"}] * 100_000}}}]).encode())], stored=True),
    }  # fmt: skip


def office_files(canary: str) -> dict[str, Callable[[], bytes]]:
    """Office files that lead elsewhere, nest or grow."""
    external = '<Relationship Id="r1" Type="http://x/attachedTemplate" Target="{}" TargetMode="External"/>'
    return {
        "ratio bomb.docx": lambda: zipped([("word/document.xml", b"<a>" + b" " * 45_000_000 + b"</a>")]),
        "encrypted entry.docx": lambda: flagged(word("<w:p><w:r><w:t>a</w:t></w:r></w:p>"), 1),
        "billion laughs.docx": lambda: word("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", head=BILLION.decode()),
        "external template.docx": lambda: word("<w:p><w:r><w:t>Un texte assez long.</w:t></w:r></w:p>", ("word/_rels/settings.xml.rels", RELS.format(external.format("http://127.0.0.1:9/t.dotm"))), ("word/settings.xml", f'<w:settings {W}/>')),
        "macros.docx": lambda: word("<w:p><w:r><w:t>Un texte assez long.</w:t></w:r></w:p>", ("word/vbaProject.bin", "Sub AutoOpen()")),
        "picture of another file.docx": lambda: word("<w:p><w:r><w:t>Un texte assez long.</w:t></w:r></w:p>", ("word/_rels/document.xml.rels", RELS.format(f'<Relationship Id="r1" Type="http://x/image" Target="file://{canary}" TargetMode="External"/>'))),
        "100,000 paragraphs.docx": lambda: word("<w:p><w:r><w:t>Un texte.</w:t></w:r></w:p>" * 100_000),
        "tables in tables.docx": lambda: word("<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000),
        "column span without end.docx": lambda: word('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'),
        "old binary.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000),
    }  # fmt: skip


def packed_drawings() -> dict[str, Callable[[], bytes]]:
    """Drawings packed in base64, pictures and LZ-string."""
    return {
        "packed bomb.drawio": lambda: drawio(b"<mxGraphModel>" + b" " * 60_000_000),
        "packed twice.drawio": lambda: drawio(drawio(b"<a/>" * 100_000)),
        "packed entities.drawio": lambda: drawio(b'%3C!DOCTYPE%20x%20%5B%3C!ENTITY%20a%20%22b%22%3E%5D%3E%3CmxGraphModel%2F%3E'),
        "packed bomb.png": lambda: png(b"mxfile", b"<mxfile>" + b" " * 60_000_000),
        "LZ bomb.excalidraw.md": lambda: b"---\nexcalidraw-plugin: parsed\n---\n# Excalidraw Data\n## Drawing\n```compressed-json\n" + b"A" * 5_000_000 + b"\n```\n",
        "LZ noise.excalidraw.md": lambda: b"---\nexcalidraw-plugin: parsed\n---\n## Drawing\n```compressed-json\n" + base64.b64encode(bytes(range(256)) * 8_000) + b"\n```\n",
    }  # fmt: skip


def property_lists() -> dict[str, Callable[[], bytes]]:
    """Property lists."""
    return {
        "property list in itself.mindnode": lambda: loop_of_objects(3),
        "property list of shared arrays.mindnode": lambda: shared_arrays(200),
        "property list that announces much.mindnode": lambda: b"bplist00\xaf\x13" + b"\xff" * 8 + b"\x08" + struct.pack(">6xBBQQQ", 1, 1, 1, 0, 18),
        "property list of huge objects.mindnode": lambda: b"bplist00" + b"\x08" * 4 + struct.pack(">6xBBQQQ", 1, 1, 2**62, 0, 8),
        "property list with entities.mindnode": lambda: BILLION.replace(b"d [", b"plist [") + b"<plist><dict><key>canvas</key><string>&b;</string></dict></plist>",
        "property list 100,000 deep.mindnode": lambda: b"<plist>" + b"<array>" * 100_000 + b"</array>" * 100_000 + b"</plist>",
        "100,000 siblings.mindnode": lambda: mindnode({"title": {"text": "r"}, "subnodes": [{"title": {"text": f"a{n}"}} for n in range(100_000)]}),
    }  # fmt: skip


def pdfs() -> dict[str, Callable[[], bytes]]:
    """PDF files."""
    return {
        "flate bomb.pdf": lambda: page(b" " * 400_000_000, packed=1),
        "flate bomb in a flate bomb.pdf": lambda: page(b" " * 400_000_000, packed=3),
        "page of endless text.pdf": lambda: page(TEXT * 60_000, packed=1),
        "page of endless lines.pdf": lambda: page(b"0 0 m 1 1 l S\n" * 500_000, packed=1),
        "page of endless brackets.pdf": lambda: page(b"[" * 3_000_000 + b"<<" * 1_000_000, packed=1),
        "pages in a ring.pdf": lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids [2 0 R 2 0 R]>>"),
        "one stroke thousands of times.pdf": lambda: page(b"BT /F 9 Tf 50 700 Td (un) Tj 50 0 Td (deux) Tj 90 0 Td (trois) Tj 90 0 Td (quatre) Tj ET\n" + b"100 400 m 300 400 l S\n" * 7_900, packed=1),
        "tree of pages in a ring.pdf": lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 3/Kids [3 0 R]>>", b"<</Type/Pages/Count 3/Parent 2 0 R/Kids [2 0 R 3 0 R]>>"),
        "pages without end.pdf": lambda: page(TEXT, times=100_000),
        "huge media box.pdf": lambda: page(TEXT, box=b"-1e38 -1e38 1e38 1e38"),
        "tables that call themselves.pdf": lambda: page(TEXT).replace(b"trailer\n<<", b"trailer\n<</Prev 15"),
        "object streams that unpack to much.pdf": lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/ObjStm/N 9999999/First 0/Filter/FlateDecode/Length 50000>>stream\n" + zlib.compress(b"1 0 " * 12_000_000, 9) + b"\nendstream"),
        "form that draws itself.pdf": lambda: page(b"/X Do\n" * 10).replace(b"/Font <<", b"/XObject <</X 4 0 R>>/Font <<").replace(b"<</Length", b"<</Type/XObject/Subtype/Form/Resources <</XObject <</X 4 0 R>>>>/BBox [0 0 9 9]/Length"),
        "nested arrays.pdf": lambda: pdf(b"[" * 100_000),
        "launches a program.pdf": lambda: page(TEXT * 3).replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction <</S/Launch/F (calc.exe)>>"),
        "nothing but a head.pdf": lambda: b"%PDF-1.7\n" + b"obj " * 1_000_000,
    }  # fmt: skip
