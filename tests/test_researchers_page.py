"""docs/researchers.md: its example runs as it stands on the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.store import open_store
from tests.test_dataset import fill

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "researchers.md").read_text("utf-8")
STORE = "sqlite:///data/maillage.db"


def test_the_example_runs_from_its_first_line_to_its_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 4
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = fill(open_store(url))
    store.close()
    program = "\n".join(blocks)
    assert STORE in program
    monkeypatch.chdir(tmp_path)
    exec(compile(program.replace(STORE, url), "researchers.md", "exec"), {})
    told = capsys.readouterr().out
    assert "[mobilité]" in told
    assert (tmp_path / "corpus" / "codebook.fr.md").is_file()
