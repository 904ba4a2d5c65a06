# Golden Thread: everything is two commands, `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
.DEFAULT_GOAL := help
.PHONY: help run test check format lock bench assets assurance clean

help:  ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Golden Thread needs Python 3.11 or later; set PYTHON=path/to/python3"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@test -e .venv/.dev || $(BIN)/python -m pip install --quiet --progress-bar on --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt requirements/run.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --progress-bar on --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@ .venv/.run

build/.assets: package.json package-lock.json $(wildcard assets/*) | .venv/.run
	$(BIN)/python assets/build.py
	@touch $@

assets: build/.assets  ## Build the style sheet and scripts from their packages

run: .venv/.run build/.assets  ## Set up, load the demonstration authority, publish its report, serve
	$(BIN)/goldenthread run

test: .venv/.dev build/.assets  ## Everything that CI needs
	$(BIN)/python -m tests $(ARGS)

check: .venv/.dev build/.assets  ## Format, lint, types, import contracts, templates, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint goldenthread --check --quiet
	$(BIN)/djlint goldenthread --lint --quiet
	$(BIN)/python -m django makemigrations --check --dry-run --settings goldenthread.config.settings

format: .venv/.dev  ## Put code and templates in the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/djlint goldenthread --reformat --quiet || true

bench: .venv/.dev build/.assets  ## Measure speed as ratios; rewrites the table in bench/README.md
	$(BIN)/python -m bench

assurance: .venv/.dev build/.assets  ## Try to see, lose, double and falsify, with full counts; rewrites docs/assurance.md
	$(BIN)/python -m assurance $(ARGS)

lock: .venv/.dev  ## Renew the hash-pinned requirements
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header requirements/run.in -o requirements/run.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header requirements/dev.in -o requirements/dev.txt

clean:  ## Remove what was built (never var/, where the data is)
	rm -rf .venv build node_modules out
