"""The files a browser will ask for: Streamlit's scripts and ours, read once, compressed once, kept in memory.

Streamlit reads a file from the disk at each request, through five layers of Python, in the process that also runs the
pages: a first visit asks for a hundred of them.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import streamlit

from views.network.component import MAP, NAME
from views.network.install import ASSETS, build

STATIC = Path(streamlit.__file__).parent / "static"
VIEWS = Path(__file__).parent.parent
COMPONENT = "/_stcore/bidi-components"
# What each page of a component imports, directly or not; the folder holds the files of both.
_FILES = {
    NAME: ("network.js", "network.css", "vis-network.min.js", "draw.js", "controls.js", "palette.js", "picture.js"),
    MAP: ("map.js", "map.css", "mapview.js", "ground.js", "cluster.js", "controls.js", "palette.js"),
}
YEAR = "public, max-age=31536000, immutable"  # the names carry a digest of the content
_WORTH_PACKING = 1024  # bytes
_PACKED_ALREADY = (".woff2", ".woff", ".png", ".gif", ".ico")
# `from "./x.js"`, `import "./x.js"` and, with Streamlit's bundler, the same between backquotes; not `import(…)`.
_IMPORTED = re.compile(r"""(?:from|import)\s*["'`]\./([\w.+-]+\.js)["'`]""")


@dataclass(frozen=True)
class Asset:
    """What never changes under its name: one file, or several one after the other."""

    files: tuple[Path, ...]

    @property
    def file(self) -> Path:
        return self.files[0]

    @cached_property
    def body(self) -> bytes:
        return b"\n".join(file.read_bytes() for file in self.files)

    @cached_property
    def packed(self) -> bytes:
        """The gzip form, or nothing where it is not worth it."""
        if self.file.suffix in _PACKED_ALREADY or len(self.body) < _WORTH_PACKING:
            return b""
        return gzip.compress(self.body, 6, mtime=0)

    @property
    def content_type(self) -> str:
        # Not left to the machine: some registries say text/plain for .js, which browsers then refuse to run.
        known = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
        return known.get(self.file.suffix) or mimetypes.guess_type(self.file.name)[0] or "application/octet-stream"


@cache
def assets() -> dict[str, Asset]:
    """Every file served from memory, by its address: a name that is not here is Streamlit's matter."""
    found = {f"/{file.relative_to(STATIC).as_posix()}": Asset((file,)) for file in (STATIC / "static").rglob("*.*")}
    folder = ASSETS / build()
    for name, files in _FILES.items():
        found |= {f"{COMPONENT}/{name}/{folder.name}/{file}": Asset((folder / file,)) for file in files}
    return found | {address_of(own): own for own in (style(), page_script())}


@cache
def style() -> Asset:
    """The rules of style of every page."""
    return Asset(tuple(VIEWS / f"{name}.css" for name in ("style", "explorer", "study", "meetings", "initiatives")))


@cache
def page_script() -> Asset:
    """The script of every page."""
    return Asset((VIEWS / "assets" / "page.js",))


def address_of(own: Asset) -> str:
    """The address of one of our own files, with a digest so that a browser may keep it."""
    digest = hashlib.blake2b(own.body, digest_size=8).hexdigest()
    return f"/maillage/{own.file.stem}.{digest}{own.file.suffix}"


# --- what a page will need --------------------------------------------------------------------------------------------


def chunks(widgets: Iterable[str]) -> list[str]:
    """Addresses of the scripts of these widgets of Streamlit ("Button", "Html"), with all that they import.

    The names carry a digest that changes with each version of Streamlit; a widget that is not found is left out.
    """
    wanted = [file for widget in widgets for file in (STATIC / "static" / "js").glob(f"{widget}.*.js")]
    return [f"/static/js/{name}" for name in dict.fromkeys(_with_imports(wanted))]


def _with_imports(files: Iterable[Path]) -> Iterator[str]:
    waiting, seen = list(files), set[str]()
    while waiting:
        file = waiting.pop(0)
        if file.name in seen or not file.is_file():
            continue
        seen.add(file.name)
        yield file.name
        waiting += [file.with_name(name) for name in _IMPORTED.findall(_text(file))]


@cache
def _text(file: Path) -> str:
    return file.read_text("utf-8", errors="replace")


def component_files(name: str) -> list[str]:
    """Addresses of the scripts and the style of a component."""
    return [address for address in assets() if address.startswith(f"{COMPONENT}/{name}/")]
