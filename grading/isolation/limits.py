"""How much a submission may use. This is the one place where the defaults stand."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

SETTING = "limits"  # the key in otter_config.json under which an instructor changes some of them

_STILL_ENOUGH = {"cell_seconds": 60, "test_seconds": 20}  # three times what the model solutions take on two slow cores


@dataclass(frozen=True)
class Limits:
    """Bounds for one submission. What exceeds one is interrupted, then killed; the rest is still graded.

    Attributes:
        cell_seconds: wall time of one cell. The longest cell of the model solutions takes about 20 s on two slow cores.
        test_seconds: wall time of one test case.
        total_seconds: wall time of everything; Gradescope itself stops after 10 to 40 minutes.
        grace_seconds: between the interrupt and the kill.
        memory_mib: resident memory of all the student's processes; TensorFlow, torch and spaCy need about 1,200.
        processes: processes and threads at any time. TensorFlow alone starts about 50 threads on two cores.
        file_mib: size of any file that the student's code writes, and of all of them together ten times that.
        output_mib: printed by one cell or test.
        restarts: how often the notebook is begun again, without the cell or the question that was lethal.
    """

    cell_seconds: float = 300
    test_seconds: float = 120
    total_seconds: float = 1_200
    grace_seconds: float = 3
    memory_mib: int = 4_096
    processes: int = 512
    file_mib: int = 256
    output_mib: int = 16
    restarts: int = 6

    def after_a_timeout(self) -> Limits:
        """Less patience: a function without an end, called again and again, must not use up the time of all others."""
        cell = max(self.cell_seconds / 4, min(self.cell_seconds, _STILL_ENOUGH["cell_seconds"]))
        test = max(self.test_seconds / 4, min(self.test_seconds, _STILL_ENOUGH["test_seconds"]))
        return replace(self, cell_seconds=cell, test_seconds=test)

    @classmethod
    def from_settings(cls, settings: dict[str, Any]) -> Limits:
        """The defaults, changed by `{"cell_seconds": 60, …}`.

        Raises:
            ValueError: a setting has an unknown name or is no positive number.
        """
        known = {field.name: field.type for field in fields(cls)}
        for name, value in settings.items():
            if name not in known:
                raise ValueError(f"{SETTING}: there is no limit named {name!r}, only {', '.join(sorted(known))}")
            whole = known[name] == "int"
            if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or value < 0:
                wanted = "whole number" if whole else "number"
                raise ValueError(f"{SETTING}: {name} must be a positive {wanted}, got {value!r}")
        return cls(**settings)
