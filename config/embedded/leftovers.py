"""What a killed run leaves: a server nobody owns, or files that say one is there."""

import os
import signal
from pathlib import Path

from config.embedded import EmbeddedError
from config.embedded.processes import PROC, command_of, is_running, wait_until

STOP_PATIENCE = 30.0


def clear(data: Path, sockets: Path) -> None:
    """Stop an orphaned server of ours, then remove the files of one that is gone.

    The caller holds the lock, so no living supervisor owns a server found here.
    """
    pid = recorded_pid(data)
    if pid is not None and is_server_on(pid, data):
        os.kill(pid, signal.SIGINT)
        wait_until(lambda: not is_running(pid), STOP_PATIENCE)
    if not wait_until(lambda: not working_on(data), STOP_PATIENCE):
        raise EmbeddedError(
            f"Processes {sorted(working_on(data))} still work on {data}; end them and try again."
        )
    remove_pid_file(data, pid)
    for file in sockets.glob(".s.PGSQL.*"):
        file.unlink(missing_ok=True)


def remove_pid_file(data: Path, pid: int | None) -> None:
    """Only where Postgres would be fooled: an empty file, a zombie, a number used anew.

    A number that answers nothing is left for Postgres, which then also looks whether a
    backend of the dead server still holds its shared memory.
    """
    if pid is None or answers(pid):
        (data / "postmaster.pid").unlink(missing_ok=True)


def recorded_pid(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_server_on(pid: int, data: Path) -> bool:
    """A number alone proves nothing: after a power cut it may be anybody's, ours included."""
    if not is_running(pid):
        return False
    command = command_of(pid)
    return "postgres" in command and str(data) in command


def working_on(data: Path) -> set[int]:
    """Every process of a Postgres has its data folder as its working directory."""
    real, found = os.path.realpath(data), set()
    for entry in PROC.glob("[0-9]*"):
        try:
            ours = str((entry / "cwd").readlink()) == real
            if ours and (entry / "comm").read_text().startswith("postgres"):
                found.add(int(entry.name))
        except OSError:
            continue
    return {pid for pid in found if is_running(pid)}
