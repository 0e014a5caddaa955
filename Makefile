# Every target makes its own environment first; the second time that takes no time. Needs Python 3.11 or newer and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: reports test explore check lint lock setup ci

reports: setup  ## demonstration data where data/raw has none, five reports and the comparison
	@$(BIN)/mutasi demo
	@$(BIN)/mutasi report --all

# On every core, up to four: a worker takes 600 MB. Bytecode is kept even where the environment forbids it (many container
# images do), in a cache of the tests' own, so that .venv stays as the environment wants it: the tests start some hundred
# processes, and each would compile pandas, matplotlib and the rest anew.
test: setup  ## every test
	@PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/.pytest_cache/bytecode $(BIN)/pytest -n logical --maxprocesses 4 --dist worksteal

explore: setup  ## the notebooks in JupyterLab
	@$(BIN)/mutasi explore

check: setup  ## every fault of the files in data/raw
	@$(BIN)/mutasi check

lint: setup  ## style, types, import contract
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

lock: setup  ## requirements.lock anew from pyproject.toml; no host name goes into it
	@$(BIN)/uv pip compile pyproject.toml --group dev --all-extras --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade -o requirements.lock

ci: setup
	@.ci/run

setup:
	@$(PYTHON) .ci/setup.py
