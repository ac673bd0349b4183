# `make run` opens the dashboard, `make demo` shows the sample to a room, `make room` lets one vote, `make test` checks everything that must hold.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run demo room test long bench pictures schemas sample clean

run: .venv/run
	$(BIN)/streamlit run app.py

demo: .venv/run
	$(BIN)/dashboard demo

room: .venv/run
	$(BIN)/dashboard room

test: .venv/test
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/everything.py

long: .venv/test
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.long

bench: .venv/test
	$(BIN)/python -m benchmarks.run

pictures: .venv/test
	$(BIN)/python docs/pictures/make_pictures.py

schemas: .venv/run
	$(BIN)/python -m dashboard.loading.schema

sample: .venv/run
	$(BIN)/python data/make_sample.py

.venv/run: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/test: .venv/run tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

clean:
	rm -rf .venv
