"""Builds and grades the assignment "Attention-based Models and Transfer Learning"."""

__version__ = "0.1.0"
