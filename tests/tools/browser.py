"""A real JupyterLab in a real Chromium, as a student has it: opens a notebook, runs it, reads it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Locator, Page, sync_playwright

_SECONDS_TO_START = 60
_WIDTH, _HEIGHT = 1100, 900
# All cells stay in the page, so that their outputs can be read; no question about news covers them.
_SETTINGS = {
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {"fetchNews": "false", "checkForUpdates": False},
}


def why_not() -> str:
    """Why there can be no browser here, or ""."""
    return "" if _chromium() else "needs Chromium"


def _chromium() -> str | None:
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)


@contextlib.contextmanager
def jupyter(folder: Path, scratch: Path) -> Iterator[str]:
    """Runs JupyterLab on a folder, with settings and logs in `scratch`; yields its address."""
    settings = scratch / "settings"
    for name, values in _SETTINGS.items():
        (settings / name).parent.mkdir(parents=True, exist_ok=True)
        (settings / name).write_text(json.dumps(values))
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.root_dir={folder}",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
        "--LabApp.expose_app_in_browser=True", f"--LabApp.user_settings_dir={settings}",
        f"--LabApp.workspaces_dir={scratch / 'workspaces'}",
    ]  # fmt: skip
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(scratch / "config"), "JUPYTER_RUNTIME_DIR": str(scratch)}
    with (scratch / "jupyter.log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()  # it ends its kernels
        server.wait(30)


def _wait_for(address: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/api", timeout=5):
            return
        time.sleep(0.2)
    raise RuntimeError("JupyterLab does not start")


@contextlib.contextmanager
def browser() -> Iterator[Page]:
    """A page of a headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": _WIDTH, "height": _HEIGHT}, accept_downloads=True)
        try:
            yield page
        finally:
            chromium.close()


class Notebook:
    """A notebook that is open in JupyterLab.

    Args:
        page: of the browser.
        address: of JupyterLab.
        name: of the notebook.
    """

    def __init__(self, page: Page, address: str, name: str):
        self.page = page
        page.goto(f"{address}/doc/tree/{name}")
        page.wait_for_function(
            "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
            timeout=_SECONDS_TO_START * 1000,
        )

    def write(self, cell: str, source: str) -> None:
        """Puts a source into the cell with this id, as pasting does."""
        what = "(cell, [id, source]) => cell.id === id && (cell.sharedModel.setSource(source), true)"
        assert self._cells(what, [cell, source]) == [True]

    def run_all(self, seconds: float) -> None:
        """Runs all cells and waits until the last one has ended."""
        self.page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait_for_timeout(500)  # until the cells are marked as waiting
        self.page.wait_for_function(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"
            " && !document.querySelector('.jp-Notebook').innerText.includes('[*]:')",
            timeout=seconds * 1000,
        )

    def shown(self, cell: str) -> str:
        """The text of the outputs of the cell with this id, as it is on the page."""
        return self._output(cell).inner_text()

    def kinds(self) -> set[str]:
        """What kinds of outputs the notebook has, such as "stdout", "stderr", "error", "execute_result"."""
        found = self._cells("cell => (cell.sharedModel.outputs ?? []).map(output => output.name ?? output.output_type)")
        return {kind for kinds in found for kind in kinds}

    def download(self, cell: str) -> Download:
        """Clicks the link in the outputs of a cell and returns what comes."""
        with self.page.expect_download() as download:
            self._output(cell).locator("a").click()
        return download.value

    def _at(self, cell: str) -> Locator:
        (number,) = self._cells("(cell, id, number) => cell.id === id ? number : null", cell)
        return self.page.locator(".jp-Notebook .jp-Cell").nth(number)

    def _output(self, cell: str) -> Locator:
        return self._at(cell).locator(".jp-Cell-outputArea")

    def _cells(self, what: str, argument: Any = None) -> list:
        """What a JavaScript function of cell, argument and number says of each cell, but for null and false."""
        found = self.page.evaluate(
            f"""argument => {{
                const cells = window.jupyterapp.shell.currentWidget.content.model.cells, what = {what};
                return [...cells].map((cell, number) => what(cell, argument, number));
            }}""",
            argument,
        )
        return [value for value in found if value is not None and value is not False]
