# Comity: `make` lists what there is. Everything is installed into this folder (.venv, node_modules, .cache); system packages only by `make system`.

SHELL := /bin/bash
PYTHON ?= python3.11
ARGS ?=
BIN := .venv/bin
# uv does not read pip's configuration and wants the system's certificates named.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export SSL_CERT_FILE ?= /etc/ssl/certs/ca-certificates.crt
endif
export UV_SYSTEM_CERTS ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev system demo test check lint types contract format bench soak docs screenshots lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: .cache/run.done .cache/front.done .cache/words.done ## install everything the program needs; then it is .venv/bin/comity

demo: setup ## start three offices on this machine and play two matters through them (ARGS=--exit ends after the story)
	@$(BIN)/comity demo $(ARGS)

test: setup-dev system ## every test, real parts included; ends with pytest's summary
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: setup-dev lint types contract ## lint, types, import contract and the fast tests, in under three minutes
	@$(BIN)/python -m pytest -n 2 --dist worksteal -q -m "not slow" $(ARGS)

lint: setup-dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: setup-dev ## put the code into its form
	@$(BIN)/ruff check --fix-only -q . ; $(BIN)/ruff format -q .

types: setup-dev
	@$(BIN)/mypy

contract: setup-dev
	@$(BIN)/lint-imports

bench: setup-dev system ## measure; figures are compared within one run and written to artefacts/
	@$(BIN)/python -m bench $(ARGS)

docs: setup-dev ## write the generated pages of docs/ anew
	@$(BIN)/python -m scripts.reference

system: ## install Chromium, PostgreSQL and fonts for the tests, where this user may
	@bash .ci/system

lock: ## resolve the dependencies anew; the locks name no host
	@for set in run dev; do \
	  groups=$$([ $$set = dev ] && echo "--group test --group quality --group build" || echo "--group build"); \
	  .cache/tools/bin/uv pip compile -q pyproject.toml $$groups --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements/$$set.txt || exit 1; \
	done
	@npm run --silent lock

clean: ## remove what was built and installed here
	@rm -rf .venv .cache node_modules build dist artefacts comity/desk/static/built comity/documents/fonts *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} + ; find comity/locale -name '*.mo' -delete

setup-dev: setup .cache/dev.done

.cache/tools/bin/python:
	@mkdir -p .cache
	@bash scripts/venv $(PYTHON) .cache/tools
	@.cache/tools/bin/pip install -q --require-hashes -r requirements/tools.txt || echo "uv could not be had; pip does its work, more slowly"

.venv/bin/python:
	@bash scripts/venv $(PYTHON) .venv

.cache/run.done: requirements/run.txt pyproject.toml | .cache/tools/bin/python .venv/bin/python
	@echo "installing the libraries …"
	@bash scripts/install requirements/run.txt
	@bash scripts/install --project
	@touch $@

.cache/dev.done: requirements/dev.txt .cache/run.done
	@echo "installing what the tests need …"
	@bash scripts/install requirements/dev.txt
	@touch $@

.cache/front.done: package.json package-lock.json $(shell find comity/desk/look -type f 2>/dev/null) | .cache/run.done
	@echo "building the look of the desk …"
	@bash scripts/front
	@touch $@

.cache/words.done: $(wildcard comity/locale/*/parts/*.po) | .cache/run.done
	@$(BIN)/python -m comity.words compile
	@touch $@
