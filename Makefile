# Everything one can do with the source. Each target sets up what it needs; `make` lists them.
.DEFAULT_GOAL := help
.PHONY: help run demo test test-fast lint style types layers texts bench soak reliability format lock clean

BIN := .venv/bin
READY := .venv/ready
COMPILED := .venv/compiled
WORKERS ?= auto
# Without bytecode each process of the tests compiles every module, and its asserts, anew.
unexport PYTHONDONTWRITEBYTECODE
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --maxprocesses=4 --dist=worksteal

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' \
	  | awk -F'\t' '{ printf "  make %-11s %s\n", $$1, $$2 }'

$(READY): requirements.lock pyproject.toml tools/venv.sh
	@sh tools/venv.sh

$(COMPILED): $(READY) $(wildcard locales/*/LC_MESSAGES/*.po)
	@$(BIN)/python -m tools.compile_catalogues && touch $@

run: $(COMPILED) ## start the interface, the customers' pages and the worker
	@$(BIN)/campaigns up

demo: $(COMPILED) ## do the whole job once on examples/, without a browser
	@$(BIN)/campaigns demo

test: $(COMPILED) ## run every test, PostgreSQL and Chromium included
	@$(BIN)/python -m tools.setup_tests
	@$(PYTEST)

test-fast: $(COMPILED) ## run the tests that need neither patience nor a browser
	@$(BIN)/python -m tools.setup_tests --without-browser
	@$(PYTEST) -m "not slow and not e2e"

lint: style types layers texts ## check style, types, layers and catalogues

style: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

layers: $(READY)
	@$(BIN)/lint-imports

texts: $(READY)
	@$(BIN)/python -m tools.catalogues

bench: $(READY) ## measure intake, letters, events, sending and grammar against the naive way, in one run
	@$(BIN)/python -m bench.inflection
	@$(BIN)/python -m bench.intake
	@$(BIN)/python -m bench.rendering
	@$(BIN)/python -m bench.events
	@$(BIN)/python -m bench.delivery --workers

soak: $(READY) ## compare COUNT mails made in bulk with the letter itself: a million by default
	@$(BIN)/python -m bench.soak $(COUNT)

reliability: $(READY) ## kill workers, database and disk while letters leave, and count them: KILLS=20 by default
	@$(BIN)/python -m bench.reliability --kills $(or $(KILLS),20) $(ARGS)

format: $(READY) ## lay out the code and mend what can be mended by machine
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

lock: $(READY) ## choose versions anew: requirements.lock from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --quiet --output-file requirements.lock

clean: ## remove the environment and every cache; data stay
	@find . -name __pycache__ -prune -exec rm -rf {} +
	@rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
