"""Leaves tasks in the event loop, and awaits at the top level for ever."""

# on: q8
# kind: accident

import asyncio

task = asyncio.ensure_future(asyncio.sleep(600)) if asyncio._get_running_loop() else None
# %%
asyncio.new_event_loop().run_until_complete(asyncio.sleep(600))
