# From a bare checkout: make and python3 (with pip and venv) are all that is needed.
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# Runs what follows beside a PostgreSQL and a Valkey of its own.
WITH_SERVERS := $(BIN)/python -m missingchildren.demo.servers --
# Browser journeys run where there is a Chromium; without a window of its own it needs a quarter less.
CHROMIUM ?= $(shell command -v chromium-headless-shell || command -v chromium \
  || command -v chromium-browser || command -v google-chrome)
export CHROMIUM
# One process a core, each with a database of its own. More arguments for pytest:
# `make test TESTS=tests/cases PROCESSES=1`.
PROCESSES ?= auto
TESTS ?=
TEST_STAMPS := .venv/test.stamp $(if $(CHROMIUM),.venv/browser.stamp)

.DELETE_ON_ERROR:
.PHONY: demo test check bench faults schema lock format \
  check-format check-lint check-types check-imports check-templates check-migrations \
  check-settings check-schema

demo: .venv/demo.stamp
	@exec $(BIN)/python -m missingchildren.demo.serve

test: $(TEST_STAMPS)
	@exec $(BIN)/python -m pytest -n $(PROCESSES) --maxprocesses 4 --dist worksteal $(TESTS)

check: check-format check-lint check-types check-imports check-templates check-migrations \
  check-settings check-schema

check-format: .venv/check.stamp
	$(BIN)/ruff format --check --quiet .

check-lint: .venv/check.stamp
	$(BIN)/ruff check --quiet .

check-types: .venv/check.stamp
	$(BIN)/mypy --no-error-summary .

check-imports: .venv/check.stamp
	$(BIN)/lint-imports

check-templates: .venv/check.stamp
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/djlint --quiet --check templates

# A model without its migration, or two migrations with one parent.
check-migrations: .venv/check.stamp
	$(WITH_SERVERS) $(MANAGE) makemigrations --check --dry-run

# Settings of tests and demonstration, and of production with everything it asks for.
check-settings: .venv/check.stamp
	$(MANAGE) check --settings missingchildren.settings.test --fail-level WARNING
	.ci/production-check $(BIN)/python

check-schema: .venv/check.stamp
	$(MANAGE) spectacular --settings missingchildren.settings.test --validate --fail-on-warn \
	  --file .venv/openapi.yaml
	diff -u docs/openapi.yaml .venv/openapi.yaml

# Write what check-schema compares with.
schema: .venv/check.stamp
	$(MANAGE) spectacular --settings missingchildren.settings.test --validate --fail-on-warn \
	  --file docs/openapi.yaml

# Generates a nation beside servers of its own and times the pages' SQL (docs/performance.md):
# `make bench CHILDREN=20000` for a small one.
CHILDREN ?= 700000
bench: .venv/demo.stamp
	@exec $(BIN)/python -m missingchildren.demo.benching --children $(CHILDREN)

faults: .venv/test.stamp
	@FULL=1 exec $(BIN)/python -m pytest -s -p no:randomly tests/faults $(TESTS)

format: .venv/check.stamp
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format --quiet .
	$(BIN)/djlint --quiet --reformat templates

# Resolve the newest versions that pyproject.toml allows, with hashes.
lock: | $(BIN)/pip
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	requirements/lock

.venv/%.stamp: requirements/%.txt | $(BIN)/pip
	@echo "Installing $<, as it is new or has changed"
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile \
	  --require-hashes -r $<
	@touch $@

$(BIN)/pip:
	@$(PYTHON) -m venv .venv
