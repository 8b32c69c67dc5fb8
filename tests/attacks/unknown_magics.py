"""Uses magics and shell commands that do not exist here."""

# on: q8
# kind: accident
# ruff: noqa: F821

get_ipython().run_line_magic("matplotlb", "inline")
# %%
get_ipython().run_cell_magic("javascript_of_colab", "", "alert(1)")
# %%
get_ipython().system("pip install --quiet nothing-of-this-name --no-index 2>/dev/null; exit 3")
