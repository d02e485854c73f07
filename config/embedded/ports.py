"""Loopback ports: whether one is free, and the next that is."""

import socket

from config.embedded import EmbeddedError

LOOPBACK = "127.0.0.1"
TRIED = 50


def is_free(port: int) -> bool:
    with socket.socket() as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def accepts(port: int) -> bool:
    with socket.socket() as caller:
        caller.settimeout(1)
        return caller.connect_ex((LOOPBACK, port)) == 0


def first_free(port: int) -> int:
    for candidate in range(port, min(port + TRIED, 65536)):
        if is_free(candidate):
            return candidate
    raise EmbeddedError(f"No port from {port} on is free; name one with --port.")
