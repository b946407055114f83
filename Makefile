# Two commands: `make lab` opens the course, `make test` checks it.
# They need Python 3.11 or newer and make; everything else goes into .venv, at the versions of
# constraints.txt. PYTHON=/path/to/python chooses another Python, ARGS=--no-browser goes to JupyterLab.

CANDIDATES := $(or $(PYTHON),python3.11 python3 python3.12 python3.13 python3.14 python)
IS_NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install -c constraints.txt

# One thread for each sum: the same order of additions, and faster on a small machine.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1

# nbgrader brings packages that nobody else needs; its environment lies outside the course.
NBGRADER := $(or $(TMPDIR),/tmp)/crm-course-nbgrader
# Spark is half a gigabyte and needs Java 17, and what is measured beside needs yet more: the same.
SPARK := $(or $(TMPDIR),/tmp)/crm-course-spark
BENCH := $(or $(TMPDIR),/tmp)/crm-course-bench

.PHONY: help lab setup test test-nbgrader test-spark build bench lock clean
.DEFAULT_GOAL := help

help:  ## show this
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST)

lab: $(VENV)/.lab  ## open the course
	@$(PY) -m crm_course.cli lab $(ARGS)

setup: $(VENV)/.test  ## install all that lab and test need; then both work without a network
	@$(PY) -m crm_course.cli lab --no-server
	@$(PY) -m crm_course.cli doctor

test: $(VENV)/.test  ## lint, freshness, unit tests, every output of every notebook, the browser
	$(PY) -m ruff check .
	$(PY) -m crm_course.cli build --check
	$(PY) -m pytest -q -n logical --dist worksteal -m "not browser"
	$(PY) -m authoring.validate
	$(PY) -m pytest -q -n logical --dist loadgroup -m browser tests/browser

test-nbgrader: $(VENV)/.test  ## release and mark a sheet with nbgrader, in an environment of its own
	@test -x $(NBGRADER)/bin/python || $(PY) -m venv $(NBGRADER)
	$(NBGRADER)/bin/python -m pip --disable-pip-version-check install -q -c constraints.txt \
	    -e ".[real,scale,dev,nbgrader]"
	$(NBGRADER)/bin/python -m pytest -q -p no:cacheprovider tests/learning/test_nbgrader_source.py

test-spark: $(VENV)/.test  ## the measures and the generator on Spark, in an environment of its own
	@test -x $(SPARK)/bin/python || $(PY) -m venv $(SPARK)
	$(SPARK)/bin/python -m pip --disable-pip-version-check install -q -c constraints.txt \
	    -e ".[scale,spark]" pytest
	$(SPARK)/bin/python -m pytest -q -p no:cacheprovider -k spark tests/engines

build: $(VENV)/.test  ## build notebooks and sheets from authoring/lessons/
	$(PY) -m crm_course.cli build

bench: $(VENV)/.test  ## measure speed and memory; writes docs/benchmarks.md (ARGS=engines: a part)
	@test -x $(BENCH)/bin/python || $(PY) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip --disable-pip-version-check install -q -c constraints.txt \
	    -e ".[real,scale,spark,nbgrader,dev,bench]"
	$(BENCH)/bin/python -m authoring.bench $(ARGS)

lock: $(VENV)/.test  ## write constraints.txt from pyproject.toml, keeping what still fits
	$(PY) -m pip --disable-pip-version-check install -q uv
	$(PY) -m uv pip compile -q --universal --no-annotate --no-header --all-extras \
	    pyproject.toml -o constraints.txt

clean:  ## remove the environment and caches; work/ is yours and stays
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than what it was installed from, so that the second time nothing is done. It
# holds the path of this folder: in a folder that was moved or copied, everything is done again.
ifneq ($(shell cat $(VENV)/.lab 2>/dev/null),$(CURDIR))
$(VENV)/.lab $(VENV)/.test: again
endif
.PHONY: again
again:

$(VENV)/.lab: pyproject.toml constraints.txt
	@$(create)
	$(PIP) -e ".[real,scale]"
	@echo '$(CURDIR)' >$@

$(VENV)/.test: pyproject.toml constraints.txt
	@$(create)
	$(PIP) -e ".[real,scale,hub,dev]"
	@echo '$(CURDIR)' >$(VENV)/.lab
	@echo '$(CURDIR)' >$@

# Keep a .venv that works, also one made by hand; else make it with the first Python that will do.
define create
$(PY) -c 'import pip' 2>/dev/null && $(PY) $(IS_NEW_ENOUGH) && exit 0; \
for python in $(CANDIDATES); do \
  $$python $(IS_NEW_ENOUGH) 2>/dev/null && exec $$python -m venv --clear $(VENV); \
done; \
echo "Python must be 3.11 or newer, found none in: $(CANDIDATES). Install it, or say where: make lab PYTHON=/path/to/python"; \
exit 1
endef
