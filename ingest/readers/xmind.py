"""XMind maps: 2020 and later (content.json) and up to 8 (content.xml), told apart by the entries of the archive."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass

from graph.errors import InputRefused
from ingest.bounds.limits import open_zip, read_member, zip_head, zip_names
from ingest.document import Document, LeftOut, RawFile
from ingest.jsontree import parse_json
from ingest.maps.maptree import MapContent, map_document
from ingest.readers.xmind_json import read_sheets
from ingest.readers.xmind_xml import read_workbook
from ingest.registry import Rank
from ingest.sniff import root_element

_MANIFESTS = ("META-INF/manifest.xml", "manifest.json")
_MANIFEST_SIZE = 1_000_000
_SCHEMA = b"urn:xmind:xmap"


@dataclass(frozen=True)
class XMindReader:
    name: str = "xmind"
    label: str = "XMind (.xmind, 2020+ and 8)"
    extensions: tuple[str, ...] = (".xmind",)
    carries: tuple[str, ...] = (
        "topics", "tree", "sheets", "floating topics", "callouts", "summaries", "notes", "comments", "links",
        "relations", "markers", "labels", "boundaries", "folded state", "positions", "colours", "dates", "authors",
    )  # fmt: skip
    loses: tuple[str, ...] = ("images", "attachments", "themes", "revisions", "sound notes", "encrypted files")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        if not raw.data.startswith(b"PK"):
            return root_element(raw.data)[0].rsplit(":", 1)[-1] == "xmap-content"
        names = set(zip_names(raw))
        if "content.json" in names:
            return True
        heads = (zip_head(raw, n, 4_096) for n in ("content.xml", _MANIFESTS[0]) if n in names)
        return "content.xml" in names and any(_SCHEMA in head.replace(b"\x00", b"") for head in heads)

    def read(self, raw: RawFile) -> Document:
        if not raw.data.startswith(b"PK"):
            return map_document(raw, "xmind", "xmind@2", read_workbook(raw.name, raw.data))
        with open_zip(raw) as archive:
            names = archive.namelist()
            _refuse_secrets(raw, names)
            content = _content(raw, archive, names)
        for what, prefixes in (("attached files", ("attachments/", "resources/")), ("revisions", ("Revisions/",))):
            count = sum(n.startswith(prefixes) and not n.endswith("/") for n in names)
            if count:
                content.ledger.left_out.append(LeftOut(what, prefixes[0], count, "kept in the file, not read"))
        return map_document(raw, "xmind", "xmind@2", content)


def _content(raw: RawFile, archive: zipfile.ZipFile, names: list[str]) -> MapContent:
    if "content.json" in names:
        data = read_member(raw, archive, "content.json")
        return read_sheets(raw.name, parse_json(raw.name, data, "content.json"))
    data = read_member(raw, archive, "content.xml")
    beside, damaged = [], []
    for name in ("styles.xml", "comments.xml"):  # the map can do without
        try:
            beside.append(read_member(raw, archive, name) if name in names else b"")
        except InputRefused as refused:
            beside.append(b"")
            damaged.append(LeftOut(name, "archive", 1, refused.reason[:200]))
    content = read_workbook(raw.name, data, *beside)
    content.ledger.left_out += damaged
    return content


def _refuse_secrets(raw: RawFile, names: list[str]) -> None:
    """Raise InputRefused where the manifest says that the content is encrypted."""
    for manifest in _MANIFESTS:
        if manifest in names and b"encryption-data" in zip_head(raw, manifest, _MANIFEST_SIZE):
            why = "the map is protected by a password: open it in XMind, remove the password and save it again"
            raise InputRefused(raw.name, why, manifest)


READER = XMindReader()
