# Everything that a person or a machine does with the project. `make help` lists it.

PYTHON_VERSION := 3.13
VENV := .venv
BIN := $(VENV)/bin
RUN_DIR ?= .run
# Any Python 3.13 will do, in the PATH or named here; where there is none, uv fetches one.
PYTHON ?=
TEST_WORKERS ?= 3
CODE := app.py chalicelib infra tests
# Each verb of the service is one of `jellyfin-images`; make adds the names of its variables.
CLI = $(BIN)/python -m infra.cli
AT = $(if $(STAGE),--stage $(STAGE))

export RUN_DIR
# Every verb and each worker of the tests would compile all modules again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: emulator permissions audit sbom screenshots vendor openapi help venv lock up down run status reset local logs test test-deployed test-disruptive test-api test-units check format lint types imports template bench bench-peers bench-service bench-growth seeded gallery fuzz corpus deploy import soak endure sweep queue dead-letters redrive purge report popular web

help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.installed: requirements-dev.txt infra/setup/venv.sh infra/setup/uv-requirements.txt
	@infra/setup/venv.sh $(VENV) $(PYTHON)
	@touch $@

# The JavaScript clients that the tests drive; Node itself comes from PyPI, with the development packages.
CLIENTS := tests/clients/node_modules/.package-lock.json
$(CLIENTS): tests/clients/package-lock.json $(VENV)/.installed
	cd tests/clients && PATH="$(abspath $(BIN)):$$PATH" npm ci --silent --no-audit --no-fund
	@touch $@

BROWSER := tests/browser/node_modules/.package-lock.json
$(BROWSER): tests/browser/package-lock.json $(VENV)/.installed
	cd tests/browser && PATH="$(abspath $(BIN)):$$PATH" npm ci --silent --no-audit --no-fund
	@touch $@

venv: $(VENV)/.installed ## Install what development needs into .venv

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version $(PYTHON_VERSION) --no-header --generate-hashes
FUNCTION_LOCK := infra/deployment/function-requirements.txt
# The functions take libspng out of pyspng and never import it, so they need no NumPy.
# For every machine at once, since cykooz.resizer is left out where it has no wheel.
lock: venv ## Pin the dependencies of pyproject.toml anew, with hashes: make lock [UPGRADE=1]
	$(LOCK) $(if $(UPGRADE),--upgrade) --group function --no-emit-package numpy -o $(FUNCTION_LOCK)
	$(LOCK) $(if $(UPGRADE),--upgrade) --group chalice -c $(FUNCTION_LOCK) -o requirements.txt
	$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --all-extras --group dev -c requirements.txt -o requirements-dev.txt
	echo uv | $(LOCK) - -c requirements-dev.txt -o infra/setup/uv-requirements.txt

format: venv ## Format the code
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

lint: venv
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)

# CI checks once, so mypy writes no cache there.
types: venv
	$(BIN)/mypy $(if $(CI),--no-incremental)

imports: venv
	$(BIN)/lint-imports

template: venv ## Check the CloudFormation template, expanded as AWS expands it
	$(BIN)/python -m infra.deployment.lint

# Four runs beside each other: two over fakes, of which one has the API and the pictures, one over an emulated cloud, and one
# of what kills parts of a cloud, which has its own. Over fakes seven thousand tests cost xdist more than it would win.
TESTS := .run/tests
test: venv emulator $(CLIENTS) $(BROWSER) ## Run every test, in two instances of the service of their own
	@rm -rf $(TESTS)
	@$(MAKE) --no-print-directory -j 4 test-deployed test-disruptive test-api test-units
	@$(BIN)/coverage combine --quiet $(TESTS)
	@$(BIN)/coverage report

RUN_TESTS = mkdir -p $(TESTS); COVERAGE_FILE=$(TESTS)/.coverage.$@ $(BIN)/pytest --durations 20 --durations-min 5
TO_FILE = > $(TESTS)/$@.txt 2>&1; status=$$?; cat $(TESTS)/$@.txt; exit $$status
# What `make test` reports when all is done.
COUNTED := --cov --cov-report= --cov-fail-under 0
OVER_FAKES := -m "not emulator and not disruptive and not long"

test-deployed: venv $(CLIENTS) $(BROWSER)
	@$(RUN_TESTS) $(COUNTED) -m "emulator and not disruptive and not long" -n $(TEST_WORKERS) --no-loadscope-reorder \
		$(addprefix tests/,browser clients contracts e2e localstack)

test-disruptive: venv $(CLIENTS) $(BROWSER)
	@export TEST_RUN_DIR="$(abspath .run/disruptive)" TEST_WITHOUT_DEMO=1; $(RUN_TESTS) -m disruptive tests/e2e $(TO_FILE)

test-api: venv
	@$(RUN_TESTS) $(COUNTED) $(OVER_FAKES) tests/api tests/contracts tests/browser tests/unit/imaging $(TO_FILE)

test-units: venv
	@$(RUN_TESTS) $(COUNTED) $(OVER_FAKES) $(addprefix --ignore tests/,api contracts browser clients e2e localstack unit/imaging) $(TO_FILE)

audit: venv ## Ask the registries for known vulnerabilities in all that is locked
	$(BIN)/python -m infra.deployment.audit

sbom: venv ## Write the software bill of materials, CycloneDX, into .run/build
	@mkdir -p "$(RUN_DIR)/build"
	$(BIN)/python -m infra.deployment.bill_of_materials "$(RUN_DIR)/build/jellyfin-images.cdx.json"
	@echo "$(RUN_DIR)/build/jellyfin-images.cdx.json"

permissions: venv ## Show which test needs each permission of the functions: docs/permissions.md
	$(BIN)/python -m tests.tools.permissions record
	$(BIN)/python -m tests.tools.permissions prove

soak: venv ## Run the large form of tests that `make test` runs small; it takes the better part of an hour
	IMPORT_PICTURES=2000 SURVIVAL_PICTURES=2000 FIRST_PICTURES=50 MADE_UP=5000 SOAK_UPLOADS=$(or $(UPLOADS),1000) $(BIN)/pytest -m "emulator or disruptive or long" -s \
		--timeout 7200 tests/e2e/test_importer.py tests/e2e/test_soak.py tests/e2e/test_faults.py tests/e2e/test_survival.py \
		tests/e2e/test_outage.py tests/e2e/test_upstream.py

endure: venv ## Send mixed requests to the running service and watch the emulator: make endure COUNT=100000
	$(BIN)/python -m tests.tools.endurance $(COUNT)

check: venv ## Do all that a change must pass: format, lint, types, imports, template, tests, coverage
	@$(MAKE) --no-print-directory --output-sync -j 2 types emulator lint imports template
	@$(MAKE) --no-print-directory test

# Before the tests, whose first fixtures would wait for each other's installation.
emulator: venv
	@$(BIN)/python -m infra.localstack install

screenshots: venv $(BROWSER) ## Draw the pictures of README and docs, and record a tour of the page
	KEEP_SERVICE=1 BROWSER_PICTURES="$(abspath .run)/screenshots" $(BIN)/pytest -q tests/browser -k sound
	$(BIN)/python -m tests.tools.screenshots "$(abspath .run)/screenshots"; status=$$?; \
	RUN_DIR="$(abspath .run/test)" $(CLI) down; exit $$status

vendor: venv ## Fetch what the page takes from npm, as frontend/vendor/packages.json pins it
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python -m infra.deployment.page.vendor

openapi: venv ## Write the OpenAPI document, and which module answers which path, anew from the routes
	@$(CLI) openapi

bench: venv ## Measure the pipeline against sharp and Skia (needs node, taskset), then the service: make bench TASK=12mp
	$(BIN)/python -m tests.tools.benchmarks $(TASK)
	$(if $(TASK),,$(BIN)/python -m tests.tools.benchmarks.service)

# A peer that is a server, in an environment of its own: it wants another Pillow.
THUMBOR := .cache/thumbor
$(THUMBOR)/.installed: tests/tools/benchmarks/peers/thumbor.txt $(VENV)/.installed
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(THUMBOR)
	@$(BIN)/uv pip install --quiet --python $(THUMBOR)/bin/python --require-hashes --requirement $<
	@touch $@

bench-peers: venv $(THUMBOR)/.installed ## Measure the core time of a 304, a hit and a miss beside Thumbor as a server
	$(BIN)/python -m tests.tools.benchmarks.peers $(THUMBOR)/bin/thumbor

bench-service: venv ## Time the service: a 304, a hit, a miss, each call in it, and a new process of it
	$(BIN)/python -m tests.tools.benchmarks.service

bench-growth: venv ## Print what lists and images cost at 10 to 100,000 tracks, or at COUNT; COUNT="in-turn 1000 100000" compares
	$(BIN)/python -m tests.tools.growth $(COUNT)

seeded: venv ## Add a library of so many tracks to the running service: make seeded COUNT=100000
	$(BIN)/python -m tests.tools.growth.seed $(or $(COUNT),100000)

corpus: venv ## Send a folder of files through the running service: make corpus DIR=…
	$(BIN)/python -m tests.tools.corpus $(DIR)

gallery: venv ## Draw every transformation into .run/gallery.png
	$(BIN)/python -m tests.tools.gallery

fuzz: venv ## Send broken pictures through the pipeline: make fuzz COUNT=10000
	$(BIN)/python -m tests.tools.fuzzing $(COUNT)

up: venv ## Start the service in the background, ready when this returns
	@$(CLI) up

down: venv ## Stop it; its data stays
	@$(CLI) down

status: venv ## Show what runs, since when, and how much it stores
	@$(CLI) status

reset: venv ## Stop it and delete its library, users and pictures: make reset [YES=1]
	@$(CLI) reset $(if $(YES),--yes)

run: venv ## Start the service and stay; Ctrl-C stops it, unless it ran before
	@$(CLI) run

local: venv ## Serve this code with chalice local, on the running service's data: make local [PORT=8000]
	@$(CLI) local $(if $(PORT),--port $(PORT))

logs: venv ## Follow what the functions log, here or: make logs STAGE=prod
	@$(CLI) logs $(if $(STAGE),--stage $(STAGE))

deploy: venv ## Deploy to AWS: make deploy STAGE=prod
	@test -n "$(STAGE)" || { echo "STAGE is required: make deploy STAGE=prod"; exit 1; }
	@$(CLI) deploy $(STAGE)

import: venv ## Import the pictures of a media folder: make import DIR=/media [DRY_RUN=1] [URL=…]
	@test -n "$(DIR)" || { echo "DIR is required: make import DIR=/media"; exit 1; }
	@$(CLI) import "$(DIR)" $(if $(DRY_RUN),--dry-run) $(if $(URL),--url "$(URL)")

web: venv ## Serve a built web client at /web/ instead of the page: make web DIR=jellyfin-web/dist, or REMOVE=1
	@test -n "$(DIR)$(REMOVE)" || { echo "DIR is required: make web DIR=jellyfin-web/dist"; exit 1; }
	@$(CLI) web $(if $(DIR),"$(DIR)") $(AT) $(if $(REMOVE),--remove)

queue: venv ## Show how many events wait, and how many dead letters there are
	@$(CLI) queue $(AT)

dead-letters: venv ## Show the events that failed too often
	@$(CLI) dead-letters $(AT)

redrive: venv ## Send the dead letters back to the queue
	@$(CLI) redrive $(AT)

purge: venv ## Forget the stored variants of an item: make purge ITEM=…
	@test -n "$(ITEM)" || { echo "Say which item: make purge ITEM=…"; exit 1; }
	@$(CLI) purge $(AT) $(ITEM)

sweep: venv ## Put right what lost events and crashes left behind: make sweep [DRY_RUN=1]
	@$(CLI) sweep $(AT) $(if $(DRY_RUN),--dry-run)

popular: venv ## Learn from the log which variants are wanted most, for the setting POPULAR: make popular [DAYS=7]
	@$(CLI) popular $(AT) $(if $(DAYS),--days $(DAYS)) $(if $(MOST),--most $(MOST))

report: venv ## Show what each library stores, and what a month costs
	@$(CLI) report $(AT)
