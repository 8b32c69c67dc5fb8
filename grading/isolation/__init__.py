"""Runs a submission without trusting it: supervisor, the process of the student, judge (docs/security.md)."""
