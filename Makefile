# make demo   an environment of its own, install, code the sample pages, show the events
# make islands   bundle the scripts of the web pages anew (needs node; the bundles are committed)
# make test   the same environment with the development tools: ruff, mypy, pytest
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: demo islands test check serve clean

demo: $(VENV)/.installed
	$(BIN)/dragoman demo

test: $(VENV)/.dev
	$(BIN)/ruff check src tests training benchmarks
	$(BIN)/mypy
	$(BIN)/pytest -n auto

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dragoman needs Python 3.11 or newer; set PYTHON=…")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

islands:
	cd islands && npm ci --no-fund --no-audit && npm run build

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache build dist
