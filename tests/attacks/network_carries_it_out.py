"""Opens connections of all kinds that could carry something out or get an answer from outside."""

# on: q8
# kind: leak

import socket

loot = []
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, 38, 40):  # 38: crypto, 40: vsock
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            socket.socket(family, kind).close()
            loot.append(f"socket of family {family}")
        except OSError:
            pass
