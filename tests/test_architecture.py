"""The shape of the code is a test: who may import what, what resolves where, what is documented, what is tracked."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.registry import readers
from ontology import load
from ontology.page import vocabulary_page

ROOT = Path(__file__).resolve().parent.parent
# Each folder and what it may import of ours: the arrow points from the imported to the importer, never back.
MAY_IMPORT = {
    "ontology": {"ontology"},
    "graph": {"ontology", "graph"},
    "ingest": {"ontology", "graph", "ingest"},
    "views": {"ontology", "graph", "ingest", "views"},
    "app.py": {"ontology", "graph", "ingest", "views"},
}
OURS = {"ontology", "graph", "ingest", "views", "app", "tests"}
# A third-party name and the only places that may import it.
CONFINED = {
    "streamlit": ("app.py", "views/"),
    "pyvis": ("views/network/",),
    "neo4j": ("graph/store/",),
    "sqlite3": ("graph/store/",),
    "spacy": ("ingest/nlp.py",),
    "networkx": (
        "graph/study/measures.py",
        "graph/questions/layout.py",
        "graph/export/",
    ),
    "rdflib": ("graph/study/rdf.py",),
}
# The two doors of the pages are graph/actions.py and ingest/jobs.py; these are what lies behind the second.
BEHIND_THE_DOOR = {"ingest.batch", "ingest.pipeline", "ingest.fragment.build"}
WRITES = {"decide", "undo", "remove", "write", "forget", "set_visibility"}  # of a store
LONGEST_MODULE = 400


def modules() -> list[Path]:
    """Every module of the application."""
    found = [ROOT / "app.py"]
    for folder in MAY_IMPORT:
        found += sorted((ROOT / folder).rglob("*.py"))
    return found


def place(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


def imported(module: Path) -> Iterator[str]:
    """The full names that a module imports, at any depth, `import_module("…")` included."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(module)}: imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant):
                yield str(first.value)


def tops(module: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(module)}


def tracked() -> list[Path]:
    """The files that are in the repository; outside a checkout (an archive), the test that asks is left out."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what is tracked is not known")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("module", modules(), ids=place)
def test_imports_between_our_folders_go_one_way(module: Path) -> None:
    allowed = MAY_IMPORT[place(module).split("/")[0]]
    assert (tops(module) & OURS) <= allowed


@pytest.mark.parametrize("module", modules(), ids=place)
def test_third_party_packages_stay_in_their_place(module: Path) -> None:
    outside = {name for name, places in CONFINED.items() if not place(module).startswith(places)}
    assert not tops(module) & outside


def test_the_model_needs_only_the_standard_library_and_itself() -> None:
    assert tops(ROOT / "graph" / "model.py") - {"graph"} <= sys.stdlib_module_names
    assert not {n for n in imported(ROOT / "graph" / "model.py") if n.startswith("graph.store")}


def test_pages_import_files_only_through_jobs() -> None:
    for module in (ROOT / "views").rglob("*.py"):
        assert not set(imported(module)) & BEHIND_THE_DOOR, f"{place(module)} goes around ingest/jobs.py"


def writes_of_a_store(module: Path) -> Iterator[str]:
    """The calls, by the names of a store's writes, on what is no imported module (or a stream of one)."""
    tree = ast.parse(module.read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {(alias.asname or alias.name).split(".")[0] for node in imports for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            called = ast.unparse(node.func)
            if "(" in called or called.split(".")[0] not in names:
                yield f"{place(module)}:{node.lineno}: {called}"


def test_a_person_changes_a_store_only_through_the_actions() -> None:
    doors = [*(ROOT / "views").rglob("*.py"), *(ROOT / "graph" / "cli").rglob("*.py"), ROOT / "ingest" / "job_state.py"]
    assert [call for module in doors for call in writes_of_a_store(module)] == []
    assert list(writes_of_a_store(ROOT / "graph" / "actions.py"))  # what is looked for is found where it belongs


@pytest.mark.parametrize("name", ["graph", "ingest", "ontology", "views", "app"])
def test_our_names_resolve_inside_the_repository(name: str) -> None:
    """Other distributions own `graph` and `ontology`: one of them in the environment must not win."""
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).is_relative_to(ROOT)


def test_every_folder_of_code_is_a_package_and_tests_and_samples_are_not() -> None:
    for module in modules():
        inside = place(module) != "app.py" and "network_component" not in module.parts
        assert not inside or (module.parent / "__init__.py").is_file(), f"{place(module)}: no __init__.py beside it"
    assert not (ROOT / "tests" / "__init__.py").exists()
    assert not (ROOT / "samples" / "__init__.py").exists()


def test_every_module_with_a_reader_is_found_and_no_name_is_taken_twice() -> None:
    files = {f.stem for f in (ROOT / "ingest" / "readers").glob("*.py") if "\nREADER" in f.read_text("utf-8")}
    found = {type(reader).__module__.rpartition(".")[2] for reader in readers()}
    assert found == files
    assert len({reader.name for reader in readers()}) == len(files)


def test_the_page_of_the_vocabulary_is_up_to_date() -> None:
    assert (ROOT / "docs" / "vocabulary.md").read_text("utf-8") == vocabulary_page(load()), "run `make docs`"


def test_every_kind_and_relation_is_on_the_page_of_the_vocabulary() -> None:
    page = (ROOT / "docs" / "vocabulary.md").read_text("utf-8")
    for key in (*load().kinds, *load().relations):
        assert f"| `{key}` |" in page


def test_no_test_hides_where_pytest_does_not_look() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    for file in tracked():
        if re.fullmatch(r"test_.*\.py|.*_test\.py", file.name):
            assert place(file).split("/")[0] in settings["testpaths"], f"{place(file)} is never collected"
            assert "benchmarks" not in file.parts, f"{place(file)}: benchmarks are not collected"


@pytest.mark.parametrize("module", modules(), ids=place)
def test_no_module_grows_past_what_one_reads_at_once(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= LONGEST_MODULE


# Written so that this file does not hold what it looks for.
MACHINE = re.compile(
    r"(?<![\w.:/-])/(?:work|root|home|Users|opt|tmp)/"
    r"|(?:pypi\.|files\.python|registry\.npm)[a-z]+\.(?:org|com)"
    r"|--(?:extra-)?index[-]url|--find[-]links"
)


def test_no_tracked_file_names_a_machine_path_or_a_package_index() -> None:
    found = []
    for file in tracked():
        if file == Path(__file__).resolve() or b"\0" in (data := file.read_bytes()):
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            if MACHINE.search(line):
                found.append(f"{place(file)}:{number}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def commands(program: str) -> list[str]:
    """The commands that a program's own help lists."""
    asked = [sys.executable, "-m", program, "--help"]
    shown = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return re.findall(r"^[│ ] {1,2}([a-z][a-z-]*)  +[A-Z]", shown.partition("Commands")[2], re.MULTILINE)


@pytest.mark.parametrize(("program", "known"), [("ingest", "add"), ("graph", "search")])
def test_every_command_is_in_the_readme(program: str, known: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    names = commands(program)
    assert known in names
    for name in names:
        assert re.search(rf"python -m {program} {name}\b", readme), f"{program} {name}"


PAGES = sorted(path for folder in ("", "docs", "samples") for path in (ROOT / folder).glob("*.md"))


@pytest.mark.parametrize("document", PAGES, ids=place)
def test_every_local_link_of_a_document_leads_to_a_file(document: Path) -> None:
    text = document.read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target and not target.startswith("#"):
            assert (document.parent / target.split("#")[0]).exists(), f"{place(document)}: {target}"
