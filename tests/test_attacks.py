"""Every attack of the catalogue, run isolated: none may gain a point, see what is hidden or cost honest questions."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

import pytest
from attack_runs import Attack, Outcome, Warm, attacks, run

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="bombs are run only where the sandbox is complete: as root on Linux",
)
AT_ONCE = 2
# What no sandbox can stop, only a better test: name -> the most points that it gets. Nothing else may be added here.
LEFT_TO_TESTS: dict[str, int] = {}


@pytest.fixture(scope="module")
def outcomes(request: pytest.FixtureRequest) -> Iterator[dict[str, Future[Outcome]]]:
    """Runs the selected attacks, a few at a time: name -> outcome."""
    parameters = [getattr(getattr(item, "callspec", None), "params", {}) for item in request.session.items]
    chosen = [found["attack"] for found in parameters if "attack" in found]
    idle: dict[str, SimpleQueue[Warm]] = {stem: SimpleQueue() for stem in ("theory", "practical")}
    warm = [(stem, Warm(stem)) for stem in idle for _ in range(AT_ONCE)]
    for stem, grader in warm:
        idle[stem].put(grader)

    def grade(attack: Attack) -> Outcome:
        queue = idle["theory" if attack.on.startswith("q") else "practical"]
        grader = queue.get()
        try:
            return run(attack, grader)
        finally:
            queue.put(grader)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {attack.name: pool.submit(grade, attack) for attack in chosen}
        pool.shutdown(cancel_futures=True)
    for _, grader in warm:
        grader.close()


@pytest.mark.parametrize("attack", [pytest.param(attack, id=attack.name) for attack in attacks()])
def test_attack(attack: Attack, outcomes: dict[str, Future[Outcome]]):
    outcome = outcomes[attack.name].result()
    if "took longer than" in outcome.lost:  # beside a bomb: processor time is not shared out (docs/security.md)
        outcome = run(attack)
    got = {
        "there is no result": not outcome.result,
        f"it got {outcome.points:g} points": outcome.points > LEFT_TO_TESTS.get(attack.name, 0),
        f"it saw {outcome.loot!r}": bool(outcome.loot),
        f"honest questions lost points:\n{outcome.lost}": outcome.result and not outcome.honest,
    }
    assert not any(got.values()), f"{attack.tries} What got through: {'; '.join(name for name in got if got[name])}."
