"""Builds and grades the assignment "Attention-based Models and Transfer Learning"."""

__version__ = "1.0.0rc1"
