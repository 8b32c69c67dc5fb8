"""A Docker engine started by hand and a base image made of Debian packages: what `otter grade` needs, and nothing else.

    with engine() as environment:                # for subprocesses: docker, and whatever uses it
        image = base_image(environment)

The engine lives in a network and a mount namespace of its own, so neither its bridge and firewall rules nor its mounts
reach the machine, and they are gone when it is. Images stay in the user's cache folder for the next time.
"""

from __future__ import annotations

import ast
import contextlib
import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from gradescope import CACHE, base_system

_PACKAGES = {  # command -> the package that brings it; Debian 12 has the client in docker.io
    "dockerd": "docker.io", "docker": "docker-cli", "iptables": "iptables", "slirp4netns": "slirp4netns",
}  # fmt: skip
_DIES_WITH_US = ["setpriv", "--pdeathsig", "TERM"]
_KEEP = "until=336h"  # two weeks: what lies longer in the cache is made anew
_CERTIFICATES = (Path("/usr/local/share/ca-certificates"), Path("/etc/ssl/certs/ca-certificates.crt"))
_PROXIES = ("http_proxy", "https_proxy", "no_proxy")
_PLACES = ("index-url", "extra-index-url", "find-links", "trusted-host", "timeout", "default-timeout")  # pip's settings


def why_not() -> str:
    """Why there can be no engine on this machine, or ""."""
    if platform.system() != "Linux" or platform.freedesktop_os_release().get("ID") != "debian":
        return "a Docker engine is only set up on Debian"
    if os.geteuid():
        return "a Docker engine needs root"
    if subprocess.run(["unshare", "--net", "--mount", "true"], capture_output=True).returncode:
        return "this machine allows no namespaces"
    return "" if Path("/dev/net/tun").exists() else "this machine has no /dev/net/tun"


@contextlib.contextmanager
def engine() -> Iterator[Mapping[str, str]]:
    """Starts an engine, installing it first if need be, and stops it at the end; only one runs at a time.

    Yields:
        The environment in which `docker` reaches it.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock, tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _install()
        run = Path(folder)
        log = stack.enter_context((run / "log").open("w"))
        command = [
            "unshare", "--net", "--mount", *_DIES_WITH_US, "dockerd", "--data-root", str(CACHE / "docker"),
            "--exec-root", f"{run}/exec", "--pidfile", f"{run}/pid", "--host", f"unix://{run}/socket",
        ]  # fmt: skip
        dockerd = stack.enter_context(_running(command, log))
        _wait(lambda: not _same_network(dockerd.pid), dockerd, run / "log")
        network = ["slirp4netns", "--configure", "--mtu=65520", "--disable-host-loopback", str(dockerd.pid), "tap0"]
        stack.enter_context(_running([*_DIES_WITH_US, *network], log))
        environment = {**os.environ, "DOCKER_HOST": f"unix://{run}/socket", "DOCKER_CONFIG": str(CACHE / "client")}
        _wait(lambda: not _docker(environment, "version", check=False).returncode, dockerd, run / "log")
        yield environment
        _docker(environment, "system", "prune", "--all", "--force", "--filter", _KEEP, check=False)  # or next time


def base_image(environment: Mapping[str, str]) -> str:
    """The name of an image of a small Debian that reaches the registries which this machine reaches.

    Only the settings of pip and the certificates are passed on, and folders that pip finds packages in.
    """
    base, (variables, folders) = base_system(), _settings()
    digest = hashlib.sha256(repr((base.stat().st_mtime_ns, variables, folders)).encode()).hexdigest()
    image = f"base:{digest[:12]}"
    if _docker(environment, "image", "inspect", image, check=False).returncode:
        brought = [str(path.relative_to("/")) for path in (*_CERTIFICATES, *folders) if path.exists()]
        changes = [f"--change=ENV {variable}" for variable in variables]
        replaced = [f"--exclude=./{path}" for path in brought]  # of the base: an archive must not hold a path twice
        pack = ["tar", "--create", "--anchored", *replaced, f"--directory={base}", ".", "--directory=/", *brought]
        with subprocess.Popen(pack, stdout=subprocess.PIPE) as tar:
            subprocess.run(["docker", "import", *changes, "-", image], env=environment, stdin=tar.stdout, check=True)
        if tar.returncode:
            raise RuntimeError("the base image could not be packed")
    return image


def _install() -> None:
    """Installs what is missing; buildx, which Debian 12 does not have, from Debian 13 and for us alone."""
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    if any(not shutil.which(command) for command in _PACKAGES):
        subprocess.run([*apt, "update"], check=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command, package in _PACKAGES.items():
        if not shutil.which(command):
            install = [*apt, "install", "--yes", "--no-install-recommends", package]
            subprocess.run(install, check=True, env=quiet, stdout=subprocess.DEVNULL)
    plugin = CACHE / "client" / "cli-plugins" / "docker-buildx"
    if plugin.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "lists").mkdir()
        (Path(folder) / "sources.list").write_text(_debian("trixie"))
        apart = [f"Dir::Etc::SourceList={folder}/sources.list", "Dir::Etc::SourceParts=/dev/null"]
        apart += [f"Dir::State::Lists={folder}/lists", "APT::Sandbox::User=root"]
        for action in (["update"], ["download", "docker-buildx"]):
            options = [word for option in apart for word in ("-o", option)]
            subprocess.run([*apt, *options, *action], check=True, cwd=folder)
        (package,) = Path(folder).glob("docker-buildx_*.deb")
        subprocess.run(["dpkg", "-x", package, folder], check=True)
        plugin.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(folder) / "usr/libexec/docker/cli-plugins/docker-buildx", plugin)


def _debian(release: str) -> str:
    """A line of sources.list for another release on the mirror that this machine uses."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI)", f"Codename: {_codename()}", "Created-By: Packages"]
    keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    return f"deb [signed-by={keyring}] {_output(*asked).split()[0]} {release} main\n"


def _codename() -> str:
    return platform.freedesktop_os_release()["VERSION_CODENAME"]


def _settings() -> tuple[list[str], list[Path]]:
    """How this machine finds packages, as variables for an image, and the folders that have to come along."""
    variables = {name: value for name, value in os.environ.items() if name.lower() in _PROXIES}
    variables["PIP_CERT"] = str(_CERTIFICATES[1])  # older pips look at their own certificates only
    for line in _output(sys.executable, "-m", "pip", "config", "list").splitlines():
        name, _, value = line.partition("=")
        name = name.rpartition(".")[2]
        if name in _PLACES:
            places = [word for word in ast.literal_eval(value).split() if not word.startswith("file:")]
            variables["PIP_" + name.upper().replace("-", "_")] = " ".join(places)
    folders = [path for path in map(Path, variables.get("PIP_FIND_LINKS", "").split()) if path.is_dir()]
    return [f'{name}="{value}"' for name, value in sorted(variables.items()) if value], folders


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _docker(environment: Mapping[str, str], *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
    return subprocess.run(["docker", *arguments], env=environment, check=check, capture_output=True, text=True)


def _same_network(pid: int) -> bool:
    return Path(f"/proc/{pid}/ns/net").readlink() == Path("/proc/self/ns/net").readlink()


def _wait(ready, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + 60
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the Docker engine does not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


@contextlib.contextmanager
def _running(command: list[str], log) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)
