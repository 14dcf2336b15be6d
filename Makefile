# The commands that a person types. `make run` and `make test` set themselves up; PYTHON=python3.12 chooses another Python.
PYTHON ?= python3
IN_VENV = .venv/bin/python -m
COMPILE = $(IN_VENV) uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --custom-compile-command "make lock"

.PHONY: run test check soak lock docs setup chromium screenshot format clean neo4j

run:  ## serve the application (PORT=… STORE=… ROLE=…)
	@$(PYTHON) -m ingest up

test: setup chromium neo4j  ## every test but the long campaigns
	$(IN_VENV) pytest -n 2 --dist loadgroup

check: setup  ## format, lint, types, generated pages
	$(IN_VENV) ruff format --check .
	$(IN_VENV) ruff check .
	$(IN_VENV) mypy
	$(IN_VENV) ontology --check

soak: setup chromium neo4j  ## long campaigns
	$(IN_VENV) pytest -m soak

lock: setup  ## write the three locks anew from pyproject.toml
	$(COMPILE) --upgrade pyproject.toml -o requirements.lock
	$(COMPILE) --upgrade --group pyproject.toml:model -c requirements.lock -o requirements-model.lock
	$(COMPILE) --upgrade --group pyproject.toml:dev -c requirements.lock -o requirements-dev.lock

docs: setup  ## write the pages that are generated from the vocabulary
	$(IN_VENV) ontology --write

screenshot: setup chromium  ## take the picture of the README again
	PYTHONPATH=. .venv/bin/python tests/tools/screenshot.py

format: setup
	$(IN_VENV) ruff format .
	$(IN_VENV) ruff check --fix .

setup:
	@$(PYTHON) -m ingest.up --setup dev

chromium:
	@.venv/bin/python tests/tools/chromium.py --install

neo4j:
	@.venv/bin/python tests/tools/neo4j_server.py --fetch

clean:  ## caches only: the environment and the store stay
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
