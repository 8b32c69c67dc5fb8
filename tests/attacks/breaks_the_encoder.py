"""Replaces functions of the standard library that the process answers with."""

# on: q8
# kind: accident

import json
import struct

json.dumps = json.loads = lambda *arguments, **options: "{}"
struct.Struct = struct.pack = None
