"""How long a mail server may take over one email, however many small pieces it answers in."""

import io
import math
import smtplib
import time
from typing import Any

# Seconds. The socket's own limit is for each piece that arrives, and an answer may be of many.
PATIENCE = 60.0


class Patient(io.RawIOBase):
    """What a mail server says, until a moment on the monotonic clock."""

    def __init__(self, sock: Any) -> None:
        super().__init__()
        self.sock = sock
        self.each: float | None = sock.gettimeout()
        self.until = math.inf

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("The mail server took too long over one email.")
        self.sock.settimeout(left if self.each is None else min(left, self.each))
        return int(self.sock.recv_into(buffer))

    def wait_anew(self) -> None:
        """From now on for one email. Words on their way to the server have the socket's limit."""
        self.until = time.monotonic() + PATIENCE
        is_open = self.sock.fileno() != -1
        if is_open:
            self.sock.settimeout(self.each)


def listen(connection: smtplib.SMTP) -> Patient:
    """In place of the reader that smtplib opened by itself."""
    reader = Patient(connection.sock)
    if connection.file is not None:
        connection.file.close()
    connection.file = io.BufferedReader(reader)
    return reader
