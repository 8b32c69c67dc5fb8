"""Displays objects whose pictures and texts never end."""

# on: q8
# kind: accident

from IPython.display import display


class Endless:
    def _repr_html_(self):
        return "x" * 10**7

    def __repr__(self):
        return "y" * 10**7


while True:
    display(Endless())
