"""Set-up of the network component: `python -m views.network.install`, standard library only, nothing fetched.

Streamlit serves a component's files when an installed distribution declares them. This writes such a distribution into
the environment, pointing at ``views/network_component`` (as an editable installation does), and gathers its JavaScript:
ours, and vis-network copied from the installed pyvis. The folder's name is a digest of its content, so that a browser
never keeps an old one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import sysconfig
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent / "network_component"
PACKAGE = ROOT / "maillage_network"
SOURCES = PACKAGE / "src"
ASSETS = PACKAGE / "assets"
VIS = Path("lib", "vis-9.1.2", "vis-network.min.js")


def vis_file() -> Path:
    """vis-network as pyvis ships it. Raises FileNotFoundError when pyvis is not installed or holds another version."""
    spec = importlib.util.find_spec("pyvis")
    file = Path(spec.origin or "").parent / VIS if spec else VIS
    if not file.is_file():
        raise FileNotFoundError(f"{VIS.name} is looked for in the pyvis package ({VIS.parent}) and is not there")
    return file


def _contents() -> dict[str, bytes]:
    contents = {file.name: file.read_bytes() for file in sorted(SOURCES.iterdir()) if file.suffix in {".js", ".css"}}
    return contents | {"vis-network.min.js": vis_file().read_bytes()}


def build() -> str:
    """Gather the assets if they are not there yet; returns their folder's name inside `ASSETS`."""
    contents = _contents()
    digest = hashlib.blake2b(digest_size=8)
    for name, data in contents.items():
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    folder = ASSETS / digest.hexdigest()
    if not folder.is_dir():
        _write(folder, contents)
    return folder.name


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write beside, then rename: a second process that starts at the same moment never serves half a file."""
    ASSETS.mkdir(parents=True, exist_ok=True)
    draft = ASSETS / f".{folder.name}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    for name, data in contents.items():
        (draft / name).write_bytes(data)
    if folder.is_dir():
        shutil.rmtree(draft)
    else:
        draft.rename(folder)


def project() -> Mapping[str, str]:
    """Name, version and description of the component's package."""
    found: Mapping[str, str] = tomllib.loads((PACKAGE / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def declare(site: Path) -> Path:
    """Write the distribution that makes Streamlit find the component; writing it again changes nothing."""
    about = project()
    module = PACKAGE.name
    info = site / f"{module}-{about['version']}.dist-info"
    for old in site.glob(f"{module}-*.dist-info"):
        shutil.rmtree(old)
    info.mkdir()
    files = {
        site / f"{module}.pth": f"{ROOT.resolve()}\n",
        info / "METADATA": f"Metadata-Version: 2.1\nName: {about['name']}\nVersion: {about['version']}\n"
        f"Summary: {about['description']}\nRequires-Dist: streamlit\n",
        info / "INSTALLER": "maillage\n",
    }
    for file, text in files.items():
        file.write_text(text, "utf-8")
    names = [file.relative_to(site).as_posix() for file in (*files, info / "RECORD")]
    (info / "RECORD").write_text("".join(f"{name},,\n" for name in names), "utf-8")
    return info


def main() -> None:
    """Build and declare in the environment that runs this."""
    build()
    declare(Path(sysconfig.get_path("purelib")))


if __name__ == "__main__":
    main()
