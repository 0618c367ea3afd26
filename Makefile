# Two commands do everything on a fresh machine: make run, make test. CONTRIBUTING.md explains the others.
SHELL := /bin/sh
BIN := .venv/bin
# Stamps carry the checkout's path: a moved checkout builds its .venv again, since scripts in it name their interpreter.
HERE := $(shell printf '%s' "$(CURDIR)" | cksum | cut -d' ' -f1)
$(shell [ -x $(BIN)/python ] || rm -f .venv/.parts-* .venv/.tools-*)
PARTS := .venv/.parts-$(HERE)
TOOLS := .venv/.tools-$(HERE)
WORDS := $(wildcard src/placewide/*/locale/*/LC_MESSAGES/*.po)
BUILT := src/placewide/ui/static/built
ASSETS := $(shell find src/placewide/ui/assets -type f 2>/dev/null) $(wildcard scripts/build_assets.py)

.PHONY: run setup test check look bench mutants soak lock docs show wheel clean
.DELETE_ON_ERROR:

run: $(PARTS) $(BUILT)/manifest.json .venv/.words
	@PLACEWIDE_DEMO=$${PLACEWIDE_DEMO-1} exec $(BIN)/placewide run --until-parent-ends $(if $(PORT),--port $(PORT))

setup: $(TOOLS) node_modules/.all $(BUILT)/manifest.json .venv/.words

# WHOLE=1: nothing left out and nothing skipped; DATABASE=sqlite or postgresql
test: setup
	@$(BIN)/pytest -n auto --dist worksteal $(if $(WHOLE),-m "not soak" --nothing-skipped,-m "not slow and not soak") \
		$(if $(DATABASE),--database=$(DATABASE))

check: setup
	@BIN=$(BIN) sh scripts/check

look: setup
	@$(BIN)/python scripts/look.py

bench: setup
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.sharing

# Small changes to the rules of sharing: at least nine in ten must make a test fail.
mutants: setup
	@$(BIN)/python scripts/mutants.py

soak: setup
	@$(BIN)/pytest -n auto --dist worksteal -m soak

# make show PROMISE=A7
show: setup
	@$(BIN)/python scripts/promises.py show "$(PROMISE)"

docs: setup
	@$(BIN)/python scripts/write_docs.py

wheel: setup
	@$(BIN)/python -m pip wheel -q --no-deps --no-build-isolation -w dist .

lock:
	@sh scripts/lock

clean:
	rm -rf .venv node_modules $(BUILT) dist

$(PARTS): requirements/build.txt pyproject.toml
	@sh scripts/setup python build
	@touch $@

$(TOOLS): requirements/dev.txt pyproject.toml | $(PARTS)
	@sh scripts/setup python dev
	@touch $@

node_modules/.run: package-lock.json | $(PARTS)
	@sh scripts/setup node run
	@touch $@

node_modules/.all: package-lock.json | $(PARTS)
	@sh scripts/setup node all
	@touch $@ node_modules/.run

$(BUILT)/manifest.json: $(ASSETS) package-lock.json $(PARTS) | node_modules/.run
	@sh scripts/setup assets
	@mkdir -p $(BUILT)
	@touch $@

.venv/.words: $(WORDS) $(PARTS)
	@sh scripts/setup words
	@touch $@
