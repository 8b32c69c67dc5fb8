"""Makes a hidden test fail before it calls anything, so that its message quotes the test's own line."""

# on: p7a
# kind: leak
# spoils: p7d
# shows: seed=seed\)

synonym_replacement = 5
loot = None
