# make run and make test are all that one needs; both set up .venv by themselves.
# Needs Python 3.11 or newer with venv, and nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

# Where the environment forbids bytecode, every server that a test starts would compile the whole
# program anew: more than a second of two.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help install dev run test check lint types directions format bench soak lock licences audit axe pictures

help:
	@echo 'make run      start the assistant on this machine and say where to click'
	@echo 'make test     run the tests'
	@echo 'make check    lint, formatting, types, directions of imports'
	@echo 'make bench    measure speed against a bare handler'
	@echo 'make soak     an hour under load: whether memory, handles, tasks or latency grow'
	@echo 'make axe      fetch axe-core, with which tests look for what hinders people; needs npm'
	@echo 'make pictures make the pictures of the guides anew'
	@echo 'make audit    known holes in what the lock installs; needs the public index'
	@echo 'make licences write the licences of what the lock installs into deploy/licences.md'
	@echo 'make lock     write the locks anew from pyproject.toml (UPGRADE=1: newest versions)'

install: $(VENV)/.installed

dev: $(VENV)/.installed-dev

run: install
	$(BIN)/zhixing serve

# A module goes to one worker, so what it shares is made once; those that take long, with a browser
# and servers, come first. Many tests mostly wait for a server, so there are two workers a core.
test: dev
	$(BIN)/pytest -n $$(( 2 * $$(nproc) )) --dist loadfile --no-loadscope-reorder

check: lint types directions

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: dev
	$(BIN)/mypy

directions: dev
	$(BIN)/lint-imports

format: dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# In its lock the name, the version and the hash, and no address: npm asks the index it is set to.
AXE := tests/acceptance/axe

axe: $(AXE)/node_modules/.package-lock.json

$(AXE)/node_modules/.package-lock.json: $(AXE)/package-lock.json
	npm ci --prefix $(AXE) --ignore-scripts --no-audit --no-fund --loglevel error

pictures: dev
	ZHIXING_PICTURES=$(CURDIR)/docs/图 $(BIN)/pytest -q -n 0 \
		tests/acceptance/test_console.py tests/acceptance/test_console_pages.py \
		tests/acceptance/test_console_knowledge.py -k sqlite

bench: dev
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.peers

MINUTES ?= 60
RATE ?= 100

soak: dev
	$(BIN)/python -m benchmarks.soak --minutes $(MINUTES) --rate $(RATE)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo 'Installing what the assistant needs into $(VENV) …'
	$(PIP_INSTALL) --require-hashes -r requirements.lock
	$(PIP_INSTALL) --no-build-isolation -e .
	touch $@

# The lock for developers holds the other one whole, so it serves for both.
$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo 'Installing what the tests and checks need into $(VENV) …'
	$(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	$(PIP_INSTALL) --no-build-isolation -e .
	touch $(VENV)/.installed $@

# Public packages only, whatever this machine's pip is configured for; no address in the locks.
LOCK_TOOLS := build/lock
COMPILE := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= PIP_EXTRA_INDEX_URL= CUSTOM_COMPILE_COMMAND='make lock' \
	$(LOCK_TOOLS)/bin/pip-compile --quiet $(if $(UPGRADE),--upgrade) --generate-hashes --strip-extras \
	--allow-unsafe --build-deps-for editable --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links

lock: $(LOCK_TOOLS)/bin/pip-compile
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	! grep -nE '://|(^|[^#]) -[a-z] /|via -r /' requirements.lock requirements-dev.lock

$(LOCK_TOOLS)/bin/pip-compile:
	$(PYTHON) -m venv $(LOCK_TOOLS)
	$(LOCK_TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check pip-tools

licences: dev
	$(BIN)/python -m tests.deploy.licences

# Elsewhere than in .venv, which holds what is locked and nothing else. Where the index cannot be
# reached: docs/部署.md says how to do it by hand.
AUDIT_TOOLS := build/audit

audit: $(AUDIT_TOOLS)/bin/pip-audit
	$(AUDIT_TOOLS)/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off \
		--requirement requirements.lock

$(AUDIT_TOOLS)/bin/pip-audit:
	$(PYTHON) -m venv $(AUDIT_TOOLS)
	$(AUDIT_TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
