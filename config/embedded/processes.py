"""Starting a server that cannot outlive us, and stopping it in good order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from config.embedded.account import as_owner
from config.embedded.places import Owner

SET_PARENT_DEATH_SIGNAL = 1
OURSELVES = Owner()
# Linux has it, macOS does not; there `ps` answers instead.
PROC = Path("/proc")


def tie_to_parent(stop: signal.Signals) -> Callable[[], None] | None:
    """Linux: the kernel sends `stop` to the child when we die, however we die."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def in_child() -> None:
        prctl(SET_PARENT_DEATH_SIGNAL, int(stop))
        if os.getppid() != parent:
            os._exit(1)

    return in_child


def start(
    command: list[str | Path],
    *,
    log: Path,
    owner: Owner = OURSELVES,
    stop: signal.Signals = signal.SIGTERM,
    env: Mapping[str, str] | None = None,
    cwd: Path = Path("/"),
) -> subprocess.Popen[bytes]:
    """Its own session, so that Ctrl-C reaches us alone and we choose the order of stopping."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            start_new_session=True,
            # Run after the change of user, which would clear what it sets.
            preexec_fn=tie_to_parent(stop),
            **as_owner(owner),
        )


def stop(process: subprocess.Popen[bytes], how: signal.Signals, patience: float) -> None:
    """Ask, wait, then kill the whole group. Safe to call twice."""
    if process.poll() is None:
        process.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(ready: Callable[[], bool], patience: float, pause: float = 0.02) -> bool:
    deadline = time.monotonic() + patience
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def is_running(pid: int) -> bool:
    """A zombie is dead: where process 1 reaps late, its number answers for a while."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return state_of(pid) not in {"Z", "X", ""}


def state_of(pid: int) -> str:
    """One letter, or nothing where there is no such process."""
    if not PROC.is_dir():
        return from_ps("stat=", pid)[:1]
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def command_of(pid: int) -> str:
    if not PROC.is_dir():
        return from_ps("args=", pid)
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    return b" ".join(words).decode(errors="replace")


def from_ps(column: str, pid: int) -> str:
    asked = ["ps", "-ww", "-o", column, "-p", str(pid)]
    return subprocess.run(asked, capture_output=True, text=True).stdout.strip()


def last_lines(log: Path, count: int = 12) -> str:
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
