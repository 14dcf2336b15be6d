"""What is given for deployment holds together: files that exist, no default password, nothing open by mistake."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from missing import left_out

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "docs" / "deploy"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    try:
        import yaml  # comes with distributed
    except ImportError:
        left_out("no reader of YAML is installed: the file of containers was not looked at")
    return dict(yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8")))


def test_there_is_no_default_password(compose: dict[str, Any]) -> None:
    given = [
        str(value)
        for service in compose["services"].values()
        for name, value in service["environment"].items()
        if "PASSWORD" in name or "AUTH" in name
    ]
    assert len(given) == 3
    for value in given:
        assert re.fullmatch(r"(neo4j/)?\$\{MAILLAGE_NEO4J_PASSWORD:\?[^}]+\}", value)


def test_only_this_machine_reaches_the_application_and_only_the_application_reaches_neo4j(
    compose: dict[str, Any],
) -> None:
    assert "ports" not in compose["services"]["neo4j"]
    assert compose["services"]["neo4j"]["networks"] == ["inside"]
    assert compose["networks"]["inside"] == {"internal": True}
    for served in ("app", "participants"):
        assert all(port.startswith("127.0.0.1:") for port in compose["services"][served]["ports"])
    assert compose["services"]["participants"]["environment"]["MAILLAGE_ROLE"] == "participant"
    assert "MAILLAGE_ROLE" not in compose["services"]["app"]["environment"]


def test_every_service_has_a_health_check_and_what_lasts_has_a_volume(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert service["healthcheck"]["test"]
        assert {mount.split(":")[0] for mount in service["volumes"]} <= set(compose["volumes"])
    assert compose["services"]["app"]["depends_on"]["neo4j"]["condition"] == "service_healthy"


def test_the_names_of_the_environment_are_those_that_the_code_reads(compose: dict[str, Any]) -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "graph" / "store").rglob("*.py"))
    for name in compose["services"]["app"]["environment"]:
        assert f'"{name}"' in code, name


def test_the_image_is_made_of_files_that_exist_and_nothing_it_needs_is_left_out() -> None:
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    copied = [name for line in lines if line.startswith("COPY") for name in line.split()[1:-1]]
    let_in = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    for name in copied:
        assert (ROOT / name).exists(), name
        assert f"!{name}" in let_in, name
    folders = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]["files"]
    assert set(folders) <= set(copied)


def test_the_address_of_the_store_is_one_that_a_store_takes(compose: dict[str, Any]) -> None:
    from graph.store.neo4j.address import parse

    environment = compose["services"]["app"]["environment"]
    address = parse(environment["MAILLAGE_STORE"])
    assert address.place == compose["services"]["neo4j"]["environment"]["NEO4J_server_bolt_advertised__address"]


def test_the_proxy_passes_websockets_and_large_files() -> None:
    from ingest.files import MAX_BYTES

    told = (DEPLOY / "nginx.conf").read_text("utf-8")
    for line in ("proxy_http_version 1.1", "Upgrade $http_upgrade", "Host $host", "auth_basic "):
        assert line in told
    most = re.search(r"client_max_body_size (\d+)m", told)
    assert most is not None
    assert int(most[1]) * 1_000_000 > MAX_BYTES
