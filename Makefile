# МетодСеть. `make` or `make help` lists what there is.
# A fresh machine needs git, make and Python 3.11 or newer; everything else goes into .venv.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install -qq --require-hashes
COMPOSE := docker compose
# Many small equations beside other work: more threads of linear algebra than one only wait for each other.
export OPENBLAS_NUM_THREADS ?= 1
# Compiled Python stays out of the tree and serves every process of a run.
export PYTHONPYCACHEPREFIX ?= $(CURDIR)/$(VENV)/pycache

# The first Python that really starts (a pyenv shim may not), is new enough and can make a venv.
define FIND_PYTHON
for p in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
  "$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && break; p=; \
done; \
if [ -z "$$p" ]; then \
  echo "Не найден Python 3.11 или новее с модулем venv (Debian, Ubuntu: apt install python3 python3-venv)." >&2; \
  echo "Укажите его сами: make PYTHON=/путь/к/python3." >&2; \
  echo "No Python 3.11+ with the venv module found. Install one or name it: make PYTHON=/path/to/python3." >&2; \
  exit 1; \
fi
endef

##@ Запуск · Run
.PHONY: run demo-check reset
run: $(VENV)/.local ## весь комплекс одним процессом · the whole suite in one process (PORT=8000 DATA_DIR=./var)
	@exec $(BIN)/python -m services

demo-check: $(VENV)/.local ## проверить запущенный или новый комплекс на демоданных · check the suite on its demo data
	@exec $(BIN)/python -m services check

reset: $(VENV)/.local ## стереть местные данные · wipe the local data
	@exec $(BIN)/python -m services reset

##@ Проверки · Checks
.PHONY: test lint imports types messages migrations pytest system-parts format
test: system-parts lint imports types pytest ## всё: стиль, границы, типы, тесты · everything (ARGS="-k name" narrows the tests)

WORKERS ?= 2
pytest: $(VENV)/.dev ## только тесты · the tests alone (ARGS=…, WORKERS=2)
	@exec $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder $(ARGS) </dev/null

lint: $(VENV)/.dev ## ruff
	@$(BIN)/ruff check --quiet .

format: $(VENV)/.dev ## привести в порядок импорты и мелочи · sort imports, apply the safe fixes
	@$(BIN)/ruff check --fix .

imports: $(VENV)/.dev ## границы служб и комнат · borders between services and rooms (import-linter)
	@out=$$($(BIN)/lint-imports --no-cache 2>&1) || { echo "$$out"; exit 1; }; echo "$$out" | tail -n 1

types: $(VENV)/.dev ## mypy: строго в shared и rules · strict in shared and rules
	@$(BIN)/mypy

messages: $(VENV)/.dev ## переписать docs/asyncapi по контрактам · regenerate docs/asyncapi from the contracts
	@$(BIN)/python .ci/asyncapi.py

migrations: $(VENV)/.dev ## миграции ведут от нуля к моделям · migrations lead from zero to the models
	@exec $(BIN)/python -m pytest tests/migrations </dev/null

system-parts:
	@sh .ci/system-parts

##@ Обслуживание · Upkeep
.PHONY: lock bench clean
# dev.txt holds every package, so it is solved first and the smaller sets follow it to the same versions.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
lock: $(VENV)/.dev ## пересчитать requirements/*.txt · solve requirements/*.txt anew (UPGRADE=--upgrade)
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet uv
	@$(LOCK) $(UPGRADE) requirements/dev.in -o requirements/dev.txt
	@for set in local jury documents service; do \
	  $(LOCK) --constraint requirements/dev.txt requirements/$$set.in -o requirements/$$set.txt || exit 1; \
	done

bench: $(VENV)/.dev ## замеры против образцов · measurements against yardsticks
	@exec $(BIN)/python -m tests.bench $(ARGS)

clean: ## убрать сделанное (кроме данных) · remove what was made, keep the data
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

##@ Docker Compose
.PHONY: secrets up down logs
secrets: ## сделать случайные секреты и .env, если их нет · make random secrets and .env where absent
	@sh deploy/make-secrets.sh

up: secrets ## собрать и запустить · build and start, wait until healthy
	@$(COMPOSE) build --quiet && $(COMPOSE) up --detach --wait && $(COMPOSE) ps

down: ## остановить, данные остаются · stop, data stay (ARGS=--volumes deletes them)
	@$(COMPOSE) down $(ARGS)

logs: ## журналы · follow the logs
	@$(COMPOSE) logs --follow --tail 100

##@ Python
.PHONY: help venv
venv: $(VENV)/.dev ## .venv со всем для разработки · .venv with everything for development

# A .venv whose interpreter is gone is made again. Stamps make the second time instant.
$(BIN)/python:
	@$(FIND_PYTHON); echo "$$p → $(VENV)"; rm -rf $(VENV); "$$p" -m venv $(VENV)

$(VENV)/.local: requirements/local.txt | $(BIN)/python
	@test $(VENV)/.dev -nt $< || { echo "requirements/local.txt → $(VENV)"; $(PIP) -r $<; }
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(BIN)/python
	@echo "requirements/dev.txt → $(VENV)"; $(PIP) -r $<
	@touch $@

help: ## этот список · this list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
