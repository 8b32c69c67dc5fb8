"""Talks to servers on this machine through Unix sockets, with a name in the file system and without one."""

# on: q8
# kind: leak

import socket

loot = []
for name in ("/var/run/docker.sock", "/run/docker.sock", "/run/dbus/system_bus_socket", "/run/systemd/private"):
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(name)
            loot.append(name)
        except OSError:
            pass
