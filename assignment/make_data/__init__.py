"""Makes the data and models of the practicals from a seed: `python -m assignment.make_data [--seed N] [MODULE …]`."""
