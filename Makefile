# make report   the apparatus of the documents in seeds/, written into reports/
# make test     the tests            make lint   style and types
# make test-system   the tests that need a browser (chromium); without it they are skipped
# make coverage     the tests, and which lines they do not reach (trainer included)
# make golden   the golden files of the tests, the pages of the rules and the picture of the architecture, renewed
# make docs     the pages of the library, from its docstrings, written into build/docs/
# make train    weights of the judge from a folder of texts: make train TEXTS=DIR OUT=DIR
# make context the context model from the same texts: make context TEXTS=DIR VECTORS=NAVEC.tar OUT=DIR (needs PyTorch)
# make bilingual   the bilingual model over it: make bilingual TEXTS=DIR OUT=DIR (needs PyTorch)
.POSIX:

PYTHON = python3
VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --quiet --disable-pip-version-check install
PYTEST_FLAGS =
PYTEST = $(BIN)/python -m pytest -n auto --dist worksteal

.PHONY: report test test-system coverage lint golden docs train context bilingual clean
report: $(VENV)/.installed
	@$(BIN)/collation report seeds --out reports --format html,md,json

test: $(VENV)/.installed-dev
	@echo 'The tests take some ten minutes on two free processors, longer on a busy machine.'
	@$(PYTEST) -m 'not system' $(PYTEST_FLAGS)

test-system: $(VENV)/.installed-dev
	@echo 'The tests in a browser take some three minutes on two processors, longer on a busy machine.'
	@$(PYTEST) -m system $(PYTEST_FLAGS)

coverage: $(VENV)/.installed-dev
	@$(PYTEST) -m 'not system' --cov --cov-report=term $(PYTEST_FLAGS)

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary

golden: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest --golden tests/test_writers.py
	@$(BIN)/python -m tools.rule_pages
	@$(BIN)/python -m tools.picture
	@$(BIN)/python -m tools.command_pages

docs: $(VENV)/.installed-dev
	@$(BIN)/python -m tools.api

train: $(VENV)/.installed-dev
	@test -n "$(TEXTS)" && test -n "$(OUT)" || { echo 'Name the texts and a folder for the weights: make train TEXTS=DIR OUT=DIR'; exit 2; }
	@$(BIN)/python -m collation.learning.train "$(TEXTS)" --out "$(OUT)" $(TRAIN_FLAGS)

context: $(VENV)/.installed-dev
	@test -n "$(TEXTS)" && test -n "$(VECTORS)" && test -n "$(OUT)" || { echo 'Name the texts, the vectors of navec and a folder: make context TEXTS=DIR VECTORS=FILE OUT=DIR'; exit 2; }
	@$(BIN)/python -c 'import torch' 2>/dev/null || { echo 'PyTorch is needed: $(PIP) torch'; exit 2; }
	@$(BIN)/python -m collation.learning.context_training "$(TEXTS)" --vectors "$(VECTORS)" --out "$(OUT)/context.npz"

bilingual: $(VENV)/.installed-dev
	@test -n "$(TEXTS)" && test -n "$(OUT)" || { echo 'Name the texts and a folder: make bilingual TEXTS=DIR OUT=DIR'; exit 2; }
	@$(BIN)/python -c 'import torch' 2>/dev/null || { echo 'PyTorch is needed: $(PIP) torch'; exit 2; }
	@$(BIN)/python -m collation.learning.bilingual_training "$(TEXTS)" --out "$(OUT)/bilingual.npz"

clean:
	@rm -rf $(VENV)

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or later is needed; name it: make PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml constraints.txt
	@echo 'Setting up: a minute or two, once.'
	@$(PIP) -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(PIP) -c constraints.txt -e '.[dev]'
	@touch $@
