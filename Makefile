# The verbs of the project. Logic lives in deploy/*.py; this file only names it.
.DEFAULT_GOAL := help
# Hashes and no index: whoever installs says where from. The image does without the local Kafka, the tests take all.
LOCK = .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q

.PHONY: bench-judge eval bench-classifier models help lock setup setup-dev run run-clean test lint fix scenarios bench bench-fetcher soak-fetcher eval-extraction schemas check-compose

FIND_PYTHON = for p in "$$PYTHON" python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  test -n "$$p" && "$$p" -c "import sys; sys.exit(sys.version_info < (3, 6))" >/dev/null 2>&1 && { echo "$$p"; exit; }; done
PY := .venv/bin/python
BOOTSTRAP = p=$$($(FIND_PYTHON)); \
	test -n "$$p" || { echo "setup: there is no Python here; install Python 3.11, 3.12, 3.13 or 3.14" >&2; exit 1; }; \
	"$$p" deploy/bootstrap.py

help: ## list the verbs
	@echo "make run                the whole stack on this machine, with a demo; Ctrl-C stops it"
	@echo "make run FEEDS=feeds.opml CLAIMS=claims.yaml [WEBHOOK=https://...]"
	@echo "                        the same on your own feeds, without the demo"
	@echo "make run-clean          the same from the start: forgets what earlier runs kept"
	@echo "make test               the whole test suite (KAFKA_BOOTSTRAP=host:port: against that cluster)"
	@echo "make scenarios          the scenario book [DIR=...] [LIVE=1] [READER=gold] [OUT=results.json]"
	@echo "make bench              sustained rate and memory of the running stack"
	@echo "make eval-extraction    texts, titles, dates read from pages, beside other extractors DIR=... [OUT=results.json]"
	@echo "make eval               how well the classifier reads, on labelled data DATA=... [PART=...] [OUT=results.json]"
	@echo "make bench-classifier   matcher, classify and the agent at 1,000 to 100,000 claims [WORKLOAD=...] [OUT=...]"
	@echo "make bench-judge        readings judged a second with 100,000 claims, one claim in all the papers [OUT=...] [PLOT=...]"
	@echo "make models             fit the shipped weights anew DATA=..."
	@echo "make soak-fetcher       the fetcher under hostile fire [MINUTES=30] [OUT=soak.json]"
	@echo "make lint | make fix    check style, types and walls between parts | repair what can be repaired"
	@echo "make bench-fetcher      feeds polled a second, beside a naive loop [FEEDS=5000] [OUT=results.json]"
	@echo "make schemas            write the JSON Schema files anew from the models"
	@echo "make lock               resolve the dependencies anew after a change in pyproject.toml"
	@echo "make check-compose      the composed stack, told the demo story, with services killed"
	@echo "make setup              only the environment (.venv); the other verbs do it by themselves"

setup:
	@$(BOOTSTRAP) run

setup-dev:
	@$(BOOTSTRAP) dev

run: setup
	@exec $(PY) -m deploy.run

run-clean: setup
	@exec $(PY) -m deploy.run --clean

test: setup-dev
	@exec $(PY) -m pytest

lint: setup-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

fix: setup-dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

scenarios: setup-dev
	@exec $(PY) -m tests.scenarios $(if $(DIR),--dir "$(DIR)") $(if $(LIVE),--live) $(if $(OUT),--out "$(OUT)") $(if $(READER),--reader "$(READER)")

bench: setup-dev
	@exec $(PY) -m tests.bench

bench-fetcher: setup-dev
	@exec $(PY) -m tests.bench.fetcher $(if $(FEEDS),--feeds $(FEEDS)) $(if $(OUT),--out "$(OUT)")

eval-extraction: setup-dev
	@test -n "$(DIR)" || { echo "eval-extraction: DIR=, the folder of the archives of pages" >&2; exit 2; }
	@exec $(PY) -m tests.bench.extraction "$(DIR)" $(if $(OUT),--json "$(OUT)")

eval: setup-dev
	@exec $(PY) -m tests.eval $(PART) --data "$(or $(DATA),$(firstword $(wildcard data ../data ../*/data)))" $(if $(OUT),--out "$(OUT)")

bench-classifier: setup-dev
	@exec $(PY) -m tests.bench.classifier $(if $(WORKLOAD),--workload "$(WORKLOAD)") $(if $(OUT),--out "$(OUT)")

bench-judge: setup-dev
	@exec $(PY) -m tests.bench.judge $(if $(OUT),--out "$(OUT)") $(if $(PLOT),--plot "$(PLOT)")

models: setup-dev
	@exec $(PY) -m services.classifier.training $(if $(DATA),--data "$(DATA)")

soak-fetcher: setup-dev
	@exec $(PY) -m tests.soak.fetcher --minutes $(or $(MINUTES),30) $(if $(OUT),--out "$(OUT)")

schemas: setup-dev
	@exec $(PY) -m deploy.schema_files

check-compose:
	@exec deploy/check.sh

lock: setup-dev
	@$(PY) -m pip install -q uv
	$(LOCK) --extra local --extra dev -o requirements-dev.lock
	$(LOCK) --extra local -c requirements-dev.lock -o requirements.lock
	$(LOCK) -c requirements-dev.lock -o requirements-services.lock
