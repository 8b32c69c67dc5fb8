"""Makes empty files, which take room in the file system, too, until there can be no more."""

# on: q8
# kind: accident
# ruff: noqa: PTH123

answer_8 = ""
for number in range(200_000):
    open(f"file-{number}", "w").close()
answer_8 = "The encoder reads the input and makes a vector of it. The decoder generates the output from it."
