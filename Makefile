# Everything runs in a virtual environment that this file makes: nothing else on the machine changes.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
WITH_SPARK := $(VENV)/.installed-spark

recommend: $(INSTALLED)  ## set up and answer a first request
	@$(BIN)/coprod-match recommend --role council --need toolkit

test: $(INSTALLED)  ## set up and run the tests
	@$(BIN)/python -m pytest

check: $(INSTALLED)  ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

coverage: $(INSTALLED)  ## the tests, with the lines of src/ that none of them reaches
	$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered --cov-fail-under=95

bench: $(INSTALLED)  ## measure speed beside other programs, about 15 minutes; writes docs/performance.md
	@$(BIN)/python -m pip install --quiet --group bench
	@$(BIN)/python benchmarks/speed/run.py
	@$(BIN)/python benchmarks/speed/report.py --plots

spark: $(WITH_SPARK)  ## set up, with Spark (some 500 MB)

schemas: $(INSTALLED)  ## write the JSON Schemas that editors use
	$(BIN)/python -m coprod_match.files.schemas schemas

clean:  ## remove what this file made
	rm -rf $(VENV)

$(INSTALLED): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up in $(VENV) (once, one to three minutes) ..." >&2
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --editable ".[batch,evaluate,large,notebooks,web]" --group dev
	@$(BIN)/python -m compileall -q src/coprod_match || true  # for machines where Python may not write bytecode itself
	@$(BIN)/coprod-match index build > /dev/null || true  # both make the first answer quick; nothing else needs them
	@touch $@

$(WITH_SPARK): $(INSTALLED)
	@$(BIN)/python -m pip install --quiet --editable ".[spark]"
	@touch $@

.PHONY: recommend test check coverage bench spark schemas clean
