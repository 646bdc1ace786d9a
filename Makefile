# `make build` and `make test` set up what they need by themselves; see README.md.
PYTHON ?= python3
VENV := .venv
JUDGES := .venv-judges
NODE := tests/node/node_modules
RUN := $(VENV)/bin/python
PIP := -m pip install --quiet --disable-pip-version-check
PYTEST ?= -n auto

.PHONY: build test offline lint bench deep mutants rules matrix lock clean system judges anew
.DELETE_ON_ERROR:

build: $(VENV)/.product
	$(VENV)/bin/packc build

test: $(VENV)/.dev system judges
	$(RUN) -m pytest $(PYTEST)

# The whole suite where no network is but the loopback.
offline: $(VENV)/.dev system judges
	tests/without-network $(RUN) -m pytest $(PYTEST)

lint: $(VENV)/.dev
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo

bench: $(VENV)/.dev
	$(RUN) -m tests.bench.bench $(if $(FULL),--full) $(if $(BASELINE),--baseline)

# What has a small budget in the suite, at its full size: a thousand kills, fifty times eight builds at once,
# and the property tests with far larger budgets and fresh seeds.
deep: $(VENV)/.dev system judges
	TEST_DEEP=1 $(RUN) -m pytest $(PYTEST) tests/unit/build/test_kill.py tests/unit/build/test_kill_build.py \
		tests/unit/build/test_together.py tests/targets/anki/test_releases.py \
		tests/targets/anki/test_looks.py tests/targets/gift/test_readback.py tests/targets/moodle/test_readback.py \
		tests/targets/moodle/test_generated_imports.py tests/unit/importers/test_gift.py \
		tests/unit/importers/test_moodle.py tests/targets/qti/test_validator.py tests/targets/qti/test_readback.py \
		tests/targets/html/test_generated.py tests/targets/html/test_printed_packs.py \
		tests/targets/pdf/test_generated.py
	$(RUN) -m pytest $(PYTEST) -p tests.support.deep

# Breaks the code in small ways, one at a time; at least 85 of 100 such mutants have to make a test fail.
mutants: $(VENV)/.dev judges
	$(RUN) -m tests.support.mutate

# An environment remembers its place: in a folder that was moved or copied it is made anew.
ifneq "$(shell test -x $(VENV)/bin/python && cat $(VENV)/.place 2>/dev/null)" "$(CURDIR)"
$(VENV)/.product: anew
endif

$(VENV)/.product: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("packc needs CPython 3.11 or later; name one: make PYTHON=python3.12")'
	@test "$$(cat $(VENV)/.place 2>/dev/null)" = "$(CURDIR)" && $(RUN) -m pip --version >/dev/null 2>&1 \
		|| $(PYTHON) -m venv --clear $(VENV)
	$(RUN) $(PIP) --require-hashes --requirement requirements/run.txt
	$(RUN) $(PIP) --no-index --no-deps --no-build-isolation --editable .
	@printf '%s' "$(CURDIR)" > $(VENV)/.place
	@touch $@

$(VENV)/.dev: $(VENV)/.product requirements/dev.txt
	$(RUN) $(PIP) --require-hashes --requirement requirements/dev.txt
	@touch $@

# Programs that Debian has and the registries lack. Says what is missing where it may not install it.
system:
	@tests/system-packages

# The importers that the tests ask. On CI none may be missing; elsewhere their tests skip and say so.
judges: $(JUDGES)/.done $(NODE)/.done

$(JUDGES)/.done: requirements/judges.txt
	@{ $(PYTHON) -m venv --clear $(JUDGES) \
		&& $(JUDGES)/bin/python $(PIP) --require-hashes --requirement requirements/judges.txt && touch $@; } \
		|| { rm -rf $(JUDGES); echo "Anki's backend could not be installed: its tests will skip" >&2; test -z "$$CI"; }

$(NODE)/.done: tests/node/package-lock.json | system
	@{ npm ci --prefix tests/node --ignore-scripts --no-audit --no-fund --loglevel=error && touch $@; } \
		|| { rm -rf $(NODE); echo "The Node judges could not be installed: their tests will skip" >&2; test -z "$$CI"; }

# The pages of docs/rules/, from the docstrings of the rules.
rules: $(VENV)/.dev
	$(RUN) -m tests.support.rule_pages

# The page of what each target carries, from what the targets declare.
matrix: $(VENV)/.dev
	$(RUN) -m tests.support.target_matrix

# uv resolves for every platform and Python at once; the files it writes name no index.
COMPILE = .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate $(UPGRADE)
lock:
	test -x .venv-lock/bin/uv || { $(PYTHON) -m venv .venv-lock && .venv-lock/bin/python $(PIP) uv; }
	$(COMPILE) pyproject.toml --all-extras --group build --group lint --group test --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --group build --constraint requirements/dev.txt --output-file requirements/run.txt
	$(COMPILE) --group judges --output-file requirements/judges.txt

clean:
	rm -rf $(VENV) $(JUDGES) .venv-lock $(NODE) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find dist -mindepth 1 ! -name .gitignore -delete
