# Two commands matter: `make run` opens the window, `make test` runs the tests.
# Each installs what it needs into .venv first, and starts at once the second time.

.DEFAULT_GOAL := run
.PHONY: run test lint bench install lock clean

# Looked up when it is used: the system's step may have installed it a moment before.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
	>/dev/null 2>&1 && { echo $$python; break; }; done)
BIN := .venv/bin
# Processes that share the tests; each takes about half a gigabyte.
WORKERS ?= 2

run: .venv/.installed
	@$(BIN)/playground

test: .venv/.installed .venv/.system-test
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal

lint: .venv/.installed
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

bench: .venv/.installed
	@$(BIN)/python -m tests.bench

install: .venv/.installed

# Asked again next time when something could not be installed; the rest goes on without it.
.venv/.system: scripts/system-packages
	@mkdir -p .venv && if scripts/system-packages; then touch $@; fi

.venv/.system-test: scripts/system-packages
	@mkdir -p .venv && if scripts/system-packages test; then touch $@; fi

.venv/.installed: requirements.lock pyproject.toml playground/__init__.py | .venv/.system
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer with its venv module is needed."; exit 1; fi
	@echo "Making the environment in .venv; the first time this takes a minute."
	@[ -x $(BIN)/python ] && $(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Resolves anew within the ranges of pyproject.toml, in an environment that is thrown away.
lock:
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder" \
	&& "$$folder/bin/pip" install --quiet --disable-pip-version-check uv \
	&& "$$folder/bin/uv" pip compile --quiet --no-config --universal --python-version 3.11 --upgrade \
		--extra test --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--no-emit-find-links --output-file "$$folder/lock" pyproject.toml \
	&& { echo '# Exact versions with hashes, for every platform. Written by `make lock`; do not edit.'; \
		cat "$$folder/lock"; } > requirements.lock \
	&& echo "requirements.lock is written."

clean:
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
