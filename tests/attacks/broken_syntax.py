"""Hands in a cell that is no Python, with a null character and half a surrogate."""

# on: q8
# kind: accident

answer_8 = "\x00 \ud800 half a character"
# %%
exec(compile("def (:\n  \x0c", "cell", "exec"))
