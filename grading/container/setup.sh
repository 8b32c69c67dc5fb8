#!/usr/bin/env bash
# Makes the image that submissions are graded in. Gradescope and `otter grade` run this once, as root. What comes in is
# the system's own Python and the locked packages; no conda, browser or LaTeX, which the isolated runner has no use for.
set -euo pipefail
trap 'echo "setup.sh: line $LINENO failed, the image cannot grade: $BASH_COMMAND" >&2' ERR
cd "$(dirname "$0")"

venv=/opt/grading  # not below /autograder, which no student's process may read

export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y install --no-install-recommends python3 python3-venv > /dev/null

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
  echo "setup.sh: Python 3.10 or newer is needed, this system has $(python3 --version)." \
    "Choose Ubuntu 22.04 or 24.04, or Debian 12, as the base image." >&2
  exit 1
fi
python3 -m venv "$venv"

# The lock is complete, so nothing is resolved; pip checks the hashes, and compiles to bytecode here, once for all
# submissions.
pip=("$venv/bin/python" -m pip --quiet --disable-pip-version-check --no-cache-dir)
pip+=(install --no-deps --only-binary :all:)
"${pip[@]}" --require-hashes -r requirements.lock
if [ -e requirements.torch ]; then  # apart, because its build without CUDA comes from another index
  "${pip[@]}" -r requirements.torch
fi
"$venv/bin/python" -c 'import dill, IPython, otter.test_files'  # better now than at the first submission

# What the assignment imports must load. A library of the wrong build would fail right answers, and nobody would know.
TF_CPP_MIN_LOG_LEVEL=3 "$venv/bin/python" requirements.imports

apt-get -qq clean
rm -rf /var/lib/apt/lists/*
