# `make` sets everything up, builds the assignment and grades the sample submissions. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

.DEFAULT_GOAL := all
.PHONY: all help setup new-question preview watch hooks data build grade samples validity learn test lint lock clean

all: build grade  ## set up, build, grade the sample submissions and print their points

help:  ## list what make can do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */\1\t/' | expand -t 14

setup: $(VENV)/ready  ## install the locked packages into .venv

$(VENV)/ready: requirements.lock assignment/requirements-practical.torch pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps -r assignment/requirements-practical.torch
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

new-question: setup  ## put a small question that works into its master; NAME=q21 (theory), p3f (practical 3)
	@$(RUN) -m grading.authoring new-question $(or $(NAME),$(error say which: make new-question NAME=q21))

preview: setup  ## show in JupyterLab what students will get; runs no solution
	@$(RUN) -m grading.authoring preview

watch: setup  ## at every save, re-test the questions that have changed
	@$(RUN) tests/tools/watch.py

hooks: setup  ## in this clone: quick checks before every commit, and diffs of notebooks that can be read
	$(VENV)/bin/pre-commit install
	git config diff.notebook.textconv '$(VENV)/bin/jupytext --quiet --from ipynb --to py:percent --output -'

data: setup  ## make the data and models of the practicals again; SEED=N for another term's
	$(RUN) -m assignment.make_data $(if $(SEED),--seed $(SEED))

build: setup  ## masters -> student/, autograder/, solutions/
	$(RUN) -m grading build

grade: setup  ## grade tests/samples with autograder/theory.zip and print the points
	$(RUN) -m grading grade tests/samples

samples: build  ## make the sample submissions again from the marked answers
	$(RUN) tests/tools/make_samples.py

validity: setup  ## try wrong and right solutions and mutants of the practicals (hours; goes on after a break)
	$(RUN) tests/tools/validity.py run
	$(RUN) tests/tools/validity.py page

learn: setup  ## fit the learned recognisers to the marked answers, the held-out ones excepted
	$(RUN) -m grading rubric learn tests/answers/development.jsonl tests/answers/batch-[1-4].jsonl \
	    --fresh tests/answers/batch-[5-9].jsonl tests/answers/batch-1?.jsonl

test: setup  ## run all tests
	$(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: setup  ## check style and types
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

# torch and what only its CUDA build needs: kept out of the lock, so that no one downloads it
CUDA := torch triton $(addprefix cuda-,bindings pathfinder toolkit) $(addprefix nvidia-,cublas cuda-cupti cuda-nvrtc \
  cuda-runtime cudnn-cu13 cufft cufile curand cusolver cusparse cusparselt-cu13 nccl-cu13 nvjitlink nvshmem-cu13 nvtx)

# what renders PDFs: 165 MiB that no grading image needs
BROWSER := playwright pyee greenlet
COMPILE := $(VENV)/bin/uv pip compile --quiet --custom-compile-command 'make lock' --universal --python-version 3.10 \
  --generate-hashes --upgrade $(addprefix --no-emit-package=,$(CUDA))
COMPILE_FOR_GRADING := $(COMPILE) $(addprefix --no-emit-package=,$(BROWSER)) --constraint requirements.lock

lock: setup  ## resolve the newest versions of all packages into requirements.lock, and what of it grading needs
	$(RUN) -m pip install --quiet uv
	$(COMPILE) --extra cluster --extra dev --extra practical pyproject.toml --output-file requirements.lock
	$(COMPILE_FOR_GRADING) assignment/requirements-theory.txt --output-file assignment/requirements-theory.lock
	$(COMPILE_FOR_GRADING) assignment/requirements-practical.txt --output-file assignment/requirements-practical.lock

clean:  ## remove the environment and caches
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
