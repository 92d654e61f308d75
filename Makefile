# Everything one does to this project. `make demo PORT=9000` and `make setup PYTHON=python3.12` work.

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: setup demo test check bench bench-import

setup: .venv/product.installed

demo: setup
	@$(BIN)/python manage.py demo

test: .venv/tools.installed
	$(BIN)/pytest

# Times the product on a base of SIZE clients, kept in .data/bench-SIZE; `make bench SIZE=1000000`.
SIZE ?= 200000

bench: .venv/tools.installed
	@$(BIN)/python -m tests.load --size $(SIZE)

# Times an import of SIZE clients against INSERT … SELECT of the same rows, in .data/bench-import-SIZE.
bench-import: SIZE := $(if $(filter command line,$(origin SIZE)),$(SIZE),100000)
bench-import: .venv/tools.installed
	@$(BIN)/python -m tests.load.bring_in --size $(SIZE)

check: .venv/tools.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run
	PUBLIC_URL=https://arm.example.com $(BIN)/python manage.py check --deploy --fail-level WARNING

.venv/made:
	@$(PYTHON) -c 'import sys; sys.version_info < (3, 11) and sys.exit("This is Python %d.%d; 3.11 or newer is needed: make $(MAKECMDGOALS) PYTHON=/path/to/python3" % sys.version_info[:2])'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/product.installed: requirements.lock .venv/made
	$(INSTALL) -r requirements.lock
	@touch $@

.venv/tools.installed: requirements-dev.lock .venv/made
	$(INSTALL) -r requirements-dev.lock
	@touch $@
