"""What a submission loses that Gradescope says came after the due date."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

SETTING = "late"  # the key in otter_config.json
_DAY = 86_400  # seconds


@dataclass(frozen=True)
class LatePolicy:
    """Nothing for the free days, then so many percent of the points for every day that has begun.

    Attributes:
        free_days: days after the due date that cost nothing.
        percent_per_day: of the points earned.
    """

    free_days: int = 0
    percent_per_day: float = 0

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> LatePolicy:
        """From `{"free_days": 2, "percent_per_day": 10}`.

        Raises:
            ValueError: a name is unknown or a number is none, negative, or more than 100 percent.
        """
        for name, value in settings.items():
            if name not in cls.__dataclass_fields__:
                raise ValueError(f"{SETTING}: there is no {name!r}, only {', '.join(cls.__dataclass_fields__)}")
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 100:
                raise ValueError(f"{SETTING}: {name} must be a number from 0 to 100, got {value!r}")
        return cls(**settings)

    def deducted(self, days: int) -> float:
        """The percentage that a submission loses after so many days."""
        return min(max(days - self.free_days, 0) * self.percent_per_day, 100)

    def told(self, days: int) -> str:
        """What the student reads of it; nothing if it was in time or nothing is ever deducted."""
        if not days or not self.percent_per_day:
            return ""
        late = f"Handed in {days} day{'s' * (days > 1)} after the due date"
        free = f" ({self.free_days} of them free)" if self.free_days else ""
        return f"{late}{free}: {self.deducted(days):g} % of the points are deducted."


def days_late(metadata: Mapping[str, Any]) -> int:
    """Days after the due date that have begun, by Gradescope's submission_metadata.json; 0 if it does not say."""
    try:
        handed_in = datetime.fromisoformat(metadata["created_at"])
        due = datetime.fromisoformat(metadata["assignment"]["due_date"])
        return max(math.ceil((handed_in - due).total_seconds() / _DAY), 0)
    except (KeyError, TypeError, ValueError):  # not from Gradescope, or there is no due date
        return 0
