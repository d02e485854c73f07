"""Where the embedded servers keep their data, their sockets and their locks."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from config.embedded import EmbeddedError

ROOT = Path(__file__).resolve().parent.parent.parent
# Two folders are two installations: VAR_FOLDER puts a second one beside the first.
VAR = Path(os.environ.get("VAR_FOLDER", ROOT / "var")).resolve()
LOGS = VAR / "log"

# A Unix socket's path ends near 100 bytes, and a project may lie deep.
LONGEST_SOCKET_PATH = 100


@dataclass(frozen=True, slots=True)
class Owner:
    """The user a server runs as. `None` means: whoever started us."""

    uid: int | None = None
    gid: int | None = None


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def socket_folder(name: str) -> Path:
    """The same for every process of a project, whatever its TMPDIR: settings compute it too."""
    shared = Path("/tmp")
    base = shared if shared.is_dir() else Path(tempfile.gettempdir())
    folder = base / f"att-{digest(VAR)}-{name}"
    if len(os.fsencode(folder)) + len("/.s.PGSQL.5432") > LONGEST_SOCKET_PATH:
        raise EmbeddedError(f"{folder} is too long a path for a socket; use a shorter name.")
    return folder


def private_folder(folder: Path, owner: Owner) -> Path:
    """Make a folder only its owner can enter. Somebody else's folder of that name is refused."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    mine = {os.getuid(), owner.uid if owner.uid is not None else os.getuid()}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in mine:
        raise EmbeddedError(f"{folder} belongs to somebody else; remove it and try again.")
    if owner.uid is not None and owner.gid is not None:
        os.chown(folder, owner.uid, owner.gid)
    folder.chmod(0o700)
    return folder


def set_aside(data: Path) -> None:
    """What a server cannot read is kept under another name, never deleted."""
    if not data.exists():
        return
    number = 1
    while (aside := data.with_name(f"{data.name}.broken-{number}")).exists():
        number += 1
    data.rename(aside)


def try_lock(path: Path) -> IO[str] | None:
    """An exclusive lock, held until the file is closed or this process ends; None when taken."""
    import fcntl  # not on Windows, where settings still import this module

    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


@contextmanager
def only_one(path: Path, note: str) -> Iterator[IO[str]]:
    """Hold the lock for a block. The note is what a second comer is told."""
    file = try_lock(path)
    if file is None:
        raise EmbeddedError(path.read_text().strip() or f"{path} is locked by another process.")
    with file:
        write_note(file, note)
        yield file


def write_note(file: IO[str], note: str) -> None:
    file.seek(0)
    file.truncate()
    file.write(note + "\n")
    file.flush()
