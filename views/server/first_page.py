"""The HTML that a browser receives first: Streamlit's own, with the language of the interface and what to load early.

Streamlit loads the script of a widget when the widget arrives, and ours when the component is drawn: round trip after
round trip. Named in the first page, they load while Streamlit starts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape

from views.i18n import DEFAULT, catalogue
from views.network.component import MAP, NAME
from views.server.assets import STATIC, address_of, chunks, component_files, page_script, style

COMMON = ("Html", "ButtonGroup", "Button", "PageLink")
WIDGETS: Mapping[str, tuple[str, ...]] = {
    "reseau": (*COMMON, "BidiComponent", "TextInput", "DownloadButton"),
    "liens": (*COMMON, "Selectbox", "DownloadButton"),
    "themes": (*COMMON, "TextInput", "DownloadButton"),
    "acteurs": (*COMMON, "TextInput", "DownloadButton"),
    "sources": (*COMMON, "TextInput", "DownloadButton"),
    "importer": (*COMMON, "FileUploader", "TextArea"),
    "decisions": (*COMMON, "DownloadButton"),
    "carte": (*COMMON, "BidiComponent", "TextInput", "Selectbox", "DownloadButton"),
}
DRAWN = {"reseau": NAME, "carte": MAP}  # the component of a page
# Streamlit reads this before it starts. Told where its server is, it opens the connection at once, without asking the
# two addresses of a server's health first (twice on a page that is not the first). What they say is still read, later.
# A narrow window opens the network on its outline, unless the address says otherwise.
_BOOT = """<script>
if (innerWidth < 640 && /\\/reseau$/.test(location.pathname) && !/[?&]v=/.test(location.search))
  history.replaceState(null, "", location.pathname + (location.search ? location.search + "&" : "?") + "v=plan");
window.__streamlit = window.__streamlit || {{ BACKEND_BASE_URL: location.origin + "{base}", HOST_CONFIG: {{
  allowedOrigins: [location.origin], useExternalAuthToken: false, enableCustomParentMessages: false,
  metricsUrl: "" }} }};
</script>"""
# The drawing library is made ready while the browser waits for the server, not when the picture has arrived.
_READY = """<script>
window.addEventListener("load", () => (window.requestIdleCallback || setTimeout)(() => import("{entry}")));
</script>"""
# Without a script, in the colours that the visitor's system asks for.
_LOST = """<!doctype html><html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title><style>
:root {{ color-scheme: light dark; }} body {{ font: 1.05rem/1.55 system-ui, sans-serif; margin: 4rem auto;
max-width: 38rem; padding: 0 1.25rem; }} h1 {{ font-size: 1.6rem; }} a {{ display: inline-block; padding: .6rem 0; }}
</style></head><body><main><h1>{title}</h1><p>{what}</p><p><a href="{home}">{words}</a></p></main></body></html>"""
_LANG = re.compile(r'<html lang="[^"]*"')
_SCRIPT = re.compile(r'(?=<script type="module")')


@cache
def first_page(page: str, language: str, base: str = "") -> bytes:
    """The HTML of a page (its url_path, "" at the root) in a language; `base` is the path the app is served under.

    Kept: only pages and languages that there are may be asked for.
    """
    text = _LANG.sub(f'<html lang="{language}"', (STATIC / "index.html").read_text("utf-8"), count=1)
    text = _SCRIPT.sub(lambda _: _BOOT.format(base=escape(base)), text, count=1)
    script = f'<script defer src="{escape(base + address_of(page_script()))}"></script>'
    text = text.replace("</head>", f"{script}{_early(page, text, base)}</head>", 1)
    # In the body, so that our rules come after those that Streamlit writes into the head while it runs.
    sheet = f'<link rel="stylesheet" href="{escape(base + address_of(style()))}">'
    return text.replace("<body>", f"<body>{sheet}", 1).encode()


@cache
def lost_page(language: str, base: str = "") -> bytes:
    """What is told at an address that no page has, in a language that there is, with the way to the first page."""
    t = catalogue(language).__getitem__
    said = {"title": t("common.lost"), "what": t("common.lost_what"), "words": t("common.lost_home")}
    home = f"{base}/" if language == DEFAULT else f"{base}/?lang={language}"
    return _LOST.format(language=language, home=escape(home), **{k: escape(str(v)) for k, v in said.items()}).encode()


def _early(page: str, text: str, base: str) -> str:
    """The links that make a browser load scripts before they are asked for; those it is told of already left out."""
    drawn = component_files(DRAWN[page]) if page in DRAWN else []
    wanted = chunks(WIDGETS.get(page, COMMON)) + drawn
    entry = next((base + address for address in drawn if address.endswith(("/network.js", "/map.js"))), "")
    links = "".join(_link(base + address) for address in wanted if f".{address}" not in text)
    return links + (_READY.format(entry=escape(entry)) if entry else "")


def _link(address: str) -> str:
    if address.endswith(".css"):
        return f'<link rel="preload" as="style" href="{escape(address)}">'
    return f'<link rel="modulepreload" crossorigin href="{escape(address)}">'
