"""Looks whether this computer has what the notebooks need. Run it with the Python that you work with:

    python check_environment.py           for both notebooks
    python check_environment.py theory    for theory.ipynb alone

It says in a line each what is missing, too old or broken, and how to get it. It needs no network and changes nothing.
In a notebook: %run -e check_environment.py
"""

# Runs with Python 3.8 and without any package, so that it can say what is wrong with those.

import ctypes
import os
import platform
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST, NEWEST = (3, 10), (3, 13)
BESIDE = ("theory.ipynb", "practical.ipynb", "checks.py", "expect.py", "handing_in.py", "data", "models")
FOR_THE_PRACTICAL = "# for practical.ipynb"
IMPORTED_AS = {"otter-grader": "otter", "tensorflow-cpu": "tensorflow"}
SECONDS_TO_IMPORT = 180
GB = 10**9
DISK_TO_INSTALL, DISK_TO_WORK, MEMORY = 3 * GB, GB // 2, 4 * GB


def main(arguments):
    """Prints what is wrong and returns how many things are."""
    part = arguments[0] if arguments else "both"
    if part not in ("both", "theory"):
        print(__doc__)
        return 1
    problems = python_problems(sys.version_info[:2], sys.maxsize > 2**32)
    if problems:  # what packages this Python has says nothing about the right one
        return told(problems, [])
    packages = wanted((HERE / "requirements.txt").read_text(encoding="utf-8"), part)
    print(f"Looking at {len(packages)} packages; importing them may take a minute or two.", flush=True)
    missing = [problem for problem in (package_problem(name, spec) for name, spec in packages) if problem]
    return told([*file_problems(HERE), *missing], machine_notes(bool(missing)))


def told(problems, notes):
    """Prints problems and notes; returns how many problems there are."""
    for problem in problems:
        print(f"- {problem}")
    for note in notes:
        print(f"- (may still work) {note}")
    if not problems:
        print("Everything that the notebooks need is there.")
    return len(problems)


def python_problems(version, is_64_bit):
    """What is wrong with a Python version such as (3, 8)."""
    name = f"Python {version[0]}.{version[1]}"
    if version < OLDEST:
        return [f"{name} is too old. Install one from 3.10 to 3.13 and make the environment with it (see README.md)."]
    if version > NEWEST:
        return [f"{name} is too new for TensorFlow. Make the environment with one from 3.10 to 3.13 (see README.md)."]
    if not is_64_bit:
        return [f"{name} is a 32-bit one, for which there is no TensorFlow. Install the 64-bit one."]
    return []


def file_problems(folder):
    """The files of the handout that are not in the folder."""
    missing = [name for name in BESIDE if not (folder / name).exists()]
    return [f"{name} is missing. Unpack student.zip again and take it from there." for name in missing]


def wanted(requirements, part):
    """Names and version specifiers of the packages that this computer needs, such as ("spacy", "==3.8.*")."""
    if part == "theory":
        requirements = requirements.partition(FOR_THE_PRACTICAL)[0]
    found = []
    here = {"sys_platform": sys.platform, "platform_machine": platform.machine()}
    for line in requirements.splitlines():
        package, _, marker = line.partition(";")
        parts = re.match(r"([\w.-]+)(.*)", package.strip())
        if parts and (not marker or eval(marker.strip(), {}, here)):  # the markers of our own file are Python
            found.append((parts.group(1), parts.group(2).strip()))
    return found


def package_problem(name, spec):
    """What is wrong with a package, or None."""
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return f"{name} is not installed. {how_to_get(name, spec)}"
    if not fits(version, spec):
        return f"{name} is version {version}, but {spec} is needed. {how_to_get(name, spec)}"
    error = import_error(IMPORTED_AS.get(name, name))
    return error and f"{name} is installed but broken: {error}. {how_to_get(name, spec, again=True)}"


def fits(version, spec):
    """Whether a version such as "3.8.1" fits a specifier such as ">=3,<4" or "==3.8.*"."""
    have = numbers(version)
    for part in spec.split(","):
        sign, bound = re.match(r"\s*(==|>=|<)\s*([\w.*]+)", part).groups()
        want = numbers(bound)
        length = len(want) if bound.endswith("*") else max(len(want), len(have))
        ours, theirs = ((list(each) + [0] * length)[:length] for each in (have, want))
        if not {"==": ours == theirs, ">=": ours >= theirs, "<": ours < theirs}[sign]:
            return False
    return True


def numbers(version):
    """The numbers of a version: (2, 13, 0) of "2.13.0+cpu"."""
    return tuple(int(number) for number in re.findall(r"\d+", re.match(r"[\d.]*", version).group()))


def import_error(module):
    """Why a module cannot be imported, or None; tried in another process, because a broken library may end its own."""
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", f"import {module}"]
    try:
        done = subprocess.run(command, capture_output=True, env=environment, cwd=Path.home(), timeout=SECONDS_TO_IMPORT)
    except subprocess.TimeoutExpired:
        return f"importing it takes longer than {SECONDS_TO_IMPORT} seconds"
    if done.returncode == 0:
        return None
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200].rstrip(".") if lines else f"importing it ends Python ({done.returncode})"


def how_to_get(name, spec, again=False):
    """The command that installs a package, or installs a broken one again."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    what = f'"{name}{spec}"'
    if name == "torch" and sys.platform == "linux":
        what += " --index-url https://download.pytorch.org/whl/cpu"
    elif not again:
        what = "-r requirements.txt"
    return f"Run: {python} -m pip install {'--force-reinstall --no-deps ' if again else ''}{what}"


def machine_notes(to_install):
    """What may be too small: disk and memory."""
    notes = []
    free, needed = shutil.disk_usage(HERE).free, DISK_TO_INSTALL if to_install else DISK_TO_WORK
    if free < needed:
        notes.append(f"{free / GB:.1f} GB of disk are free; about {needed / GB:.1f} GB are needed.")
    memory = memory_bytes()
    if memory and memory < MEMORY:
        notes.append(f"{memory / GB:.1f} GB of memory; the practicals take 1.6 GB, and the browser its share.")
    return notes


def memory_bytes():
    """The memory of this computer; None if it does not say."""
    if hasattr(os, "sysconf"):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    installed = ctypes.c_ulonglong()  # Windows says it in KiB
    known = ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(installed))
    return installed.value * 1024 if known else None


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
