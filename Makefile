# `make run` opens the dashboard, `make demo` shows the sample to a room, `make room` lets one vote, `make check` tests what was changed, `make test` checks everything that guards figures, data and privacy.
SHELL := bash
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check
DOTS := awk '/^Collecting/ { printf "." } /^Installing collected/ { printf " unpacking" } { fflush() } END { print "" }'
export NO_PYTHON := The dashboard needs Python 3.11 or newer. $(PYTHON) is older or missing. Choose another one: make run PYTHON=python3.12

.PHONY: run demo room check test ci long bench accept pictures schemas records sample lock release clean

run: .venv/run
	$(BIN)/streamlit run app.py

demo: .venv/run
	$(BIN)/dashboard demo

room: .venv/run
	$(BIN)/dashboard room

# For use while working: no browser, no other process, nothing slow.
check: .venv/test
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/everything.py check

test: .venv/test
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/everything.py test

# What a submission must pass: `make test`, and in the same session what is thorough.
ci: .venv/test
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/everything.py ci

long: .venv/test .venv/spark
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/everything.py long
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.long

bench: .venv/test
	$(BIN)/python -m benchmarks.run

# Accepts the charts as they look now; CHARTS="heatmap 'risk map'" accepts only those.
accept: .venv/test
	$(BIN)/python -m tests.charts.pictures --accept $(CHARTS)

pictures: .venv/test
	$(BIN)/python docs/pictures/make_pictures.py

schemas: .venv/run
	$(BIN)/python -m dashboard.loading.frameworks

# After a change of `model/records.yaml`, `model/guidance.py` or of a sentence on a problem or on what a grade needs:
# `schema.sql`, the tables of `docs/data-format.md`, `docs/method.md` and `frameworks/README.md`, and the schemas.
records: .venv/test
	$(BIN)/python -m tests.records.write
	$(BIN)/python -m dashboard.loading.frameworks

sample: .venv/run
	$(BIN)/python -m data.sample

# The lock is cut off where the part for servers begins.
.venv/run: requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "$$NO_PYTHON" >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@sed '/for servers:/,$$d' requirements.lock > .venv/run.lock
	@echo "Installing $$(grep -c == .venv/run.lock) packages into .venv. This takes about a minute and happens once."
	@set -o pipefail; $(INSTALL) --require-hashes -r .venv/run.lock | $(DOTS)
	@$(INSTALL) --quiet --no-deps --no-build-isolation -e .
	@echo "Installed. The dashboard needs no internet from now on."
	@touch $@

.venv/test: .venv/run requirements.lock
	@echo "Installing what the tests need in addition."
	@set -o pipefail; $(INSTALL) --require-hashes -r requirements.lock | $(DOTS)
	@touch $@

# Spark itself, beside its client, which has the same name: for the test of every engine, which needs Java 17 too.
.venv/spark: requirements.lock
	@$(PYTHON) -m venv $@
	@echo "Installing Spark into $@: 400 MB, once."
	@$@/bin/python -m pip install --quiet --disable-pip-version-check "$$(grep -o '^pyspark-client==[0-9.]*' requirements.lock | sed 's/-client//')" && touch $@ || \
	{ rm -rf $@; echo "Spark could not be installed: its test is skipped." >&2; }

# With UPGRADE=--upgrade, the newest compatible versions; otherwise only what a changed requirement needs.
lock:
	$(PYTHON) -m venv .venv/lock
	.venv/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(PYTHON) tests/make_lock.py .venv/lock/bin/uv $(UPGRADE)

# From the last commit: wheel, sources, lock, list of parts and digests, in dist.
release: .venv/run
	$(PYTHON) -m venv .venv/release
	.venv/release/bin/python -m pip install --quiet --disable-pip-version-check cyclonedx-bom==7.5.0
	$(BIN)/python deploy/make_release.py .venv/release/bin/cyclonedx-py

clean:
	rm -rf .venv dist
