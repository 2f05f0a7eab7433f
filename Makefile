# What people do here. `make demo` and `make test` set everything up by themselves.
PYTHON ?= python3
PORT ?= 8000
SEED ?= 7
# Where Linux finds torch's CPU build; the package index itself has only the CUDA one.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
export TORCH_INDEX

BIN := .venv/bin

.PHONY: demo test check install install-dev widget widget-check evals bench faults clean

demo: install  ## Load the demo shop, answer three questions, serve it on PORT.
	@exec $(BIN)/okienko demo --port $(PORT)

test: install-dev  ## Run the tests, on all cores.
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

check: install-dev  ## Lint, types, and whether the built widget is fresh.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(MAKE) --no-print-directory widget-check

install:
	@$(PYTHON) install.py

install-dev:
	@$(PYTHON) install.py --dev

widget: install-dev  ## Build widget/dist/okienko.js and its types.
	@cd widget && npm ci --silent --no-audit --no-fund
	@$(BIN)/python widget/generate_types.py
	@cd widget && npm run --silent check && npm test --silent && npm run --silent build

widget-check: install-dev  ## Fail if the committed widget is not what its sources build.
	@cd widget && npm ci --silent --no-audit --no-fund
	@$(BIN)/python widget/generate_types.py --check
	@cd widget && npm run --silent check && npm test --silent && npm run --silent build -- --check

EVAL_DATA ?= $(or $(OKIENKO_EVAL_DATA),../shared/data)

evals: install-dev  ## Measure retrieval on EVAL_DATA.
	@for set in allegro_faq ecommerce_faq_en; do \
	  $(BIN)/okienko evals retrieval --corpus $(EVAL_DATA)/$$set/corpus.jsonl \
	    --queries $(EVAL_DATA)/$$set/queries.jsonl --qrels $(EVAL_DATA)/$$set/qrels.jsonl || exit 1; \
	done

bench: install-dev  ## Time a cold start to the first answer, and finding by number of passages.
	@$(BIN)/okienko bench start
	@$(BIN)/okienko bench retrieval

faults: install-dev  ## Kill, cut and stop servers by a SEED, and catch those that are broken on purpose.
	@$(BIN)/python -m tests.faults --broken --messages 300 --kills 60
	@$(BIN)/python -m tests.faults --messages 2000 --kills 40 --reconnects 400 --seed $(SEED)

clean:  ## Remove what the set-up made; the shop's data stays.
	rm -rf .venv build *.egg-info widget/node_modules .mypy_cache .ruff_cache .pytest_cache
