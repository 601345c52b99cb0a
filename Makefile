# One recipe for each thing done by hand, and CI runs the same ones. Needs git, make and Python 3.11 or later.

# The first of these that is recent enough.
PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
HOST ?= 127.0.0.1
PORT ?= 8000
# Given to pytest or to the benchmarks, as in: make test ARGS="tests/roles -k publish"
ARGS ?=

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# Outside the environment, uv is told by the lock itself which release of it to use.
UV_VERSION := $(shell sed -n '/^name = "uv"$$/{n;s/version = "\(.*\)"/\1/p;}' uv.lock)
export UV_PYTHON_DOWNLOADS := never
# As pip and curl do: a company that reads its own traffic has its certificate in the system's store.
export UV_SYSTEM_CERTS := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run test check fix bench clean

help: ## List these recipes
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/installed ## Install exactly what uv.lock names into .venv (the other recipes do this by themselves)

.venv/installed: uv.lock pyproject.toml
	@echo "Installing what Rolebook needs into .venv …"
	@test -n "$(PYTHON)" || (echo "Rolebook needs Python 3.11 or later. Name one: make PYTHON=/path/to/python3"; exit 1)
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv sync --locked --quiet
	@touch $@

var/static/staticfiles.json: uv.lock config/settings.py $(shell find static -type f 2>/dev/null) | .venv/installed
	@echo "Collecting and compressing static files …"
	@$(MANAGE) collectstatic --no-input --clear --verbosity 0

# Debug is what allows the demo accounts. With DEBUG=0 this is a production start: the secret comes from the
# environment, static files are collected, and there is no demo.
run: export DEBUG := $(or $(DEBUG),1)
run: export PORT := $(PORT)
ifeq ($(filter 0 false False no off,$(DEBUG)),)
run: DEMO := $(MANAGE) load_demo --if-empty
else
run: DEMO := true
run: var/static/staticfiles.json
endif
run: .venv/installed ## Start the site on port 8000 (or PORT), with demo content the first time
	@# Two servers may share a port without a word, and readers would meet either.
	@$(BIN)/python -c 'import socket; socket.create_server(("$(HOST)", $(PORT)))' 2>/dev/null || \
		(echo "Port $(PORT) is taken. Choose another: make run PORT=$$(($(PORT) + 1))"; exit 1)
	@$(MANAGE) migrate --verbosity 0
	@$(DEMO)
	@echo
	@echo "  Site    http://localhost:$(PORT)/"
	@echo "  Admin   http://localhost:$(PORT)/admin/"
	@echo "  API     http://localhost:$(PORT)/api/v1/roles/    documentation: http://localhost:$(PORT)/api/v1/docs/"
	@echo
	@echo "  Ctrl-C stops it."
	@echo
	@exec $(BIN)/granian --interface wsgi --workers 2 --blocking-threads 1 --log-level warning \
		--host $(HOST) --port $(PORT) config.wsgi:application

test: .venv/installed ## Run all tests on SQLite, then on PostgreSQL where a server is reachable
	@$(BIN)/python tests/on_databases.py $(ARGS)

check: export DEBUG := 1
check: .venv/installed ## Check style, types, imports between apps, migrations, settings, templates and the lock
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	DEBUG=0 SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		SITE_URL=https://roles.example $(MANAGE) check --deploy --fail-level WARNING
	$(BIN)/djlint templates --check --lint
	$(BIN)/uv lock --check

fix: .venv/installed ## Put right what a tool can: order of imports, layout of code and templates
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	-$(BIN)/djlint templates --reformat --quiet

bench: .venv/installed ## Measure the site under the production server (see benchmarks/README.md)
	@$(BIN)/python -m benchmarks $(ARGS)

clean: ## Remove what make made, except the database
	rm -rf .venv var/static .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
