"""The user that Postgres runs as: it refuses root, so root hands it to `nobody`."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from config.embedded.places import VAR, Owner, digest

NOBODY = 65534
# Where root keeps the data when the project lies under a home that only root can enter.
SHARED_DATA = Path("/var/lib/at-the-table")


def server_owner() -> Owner:
    if os.name != "posix" or os.getuid() != 0:
        return Owner()
    return Owner(uid=NOBODY, gid=NOBODY)


def can_run(command: list[str | Path], owner: Owner) -> bool:
    """Whether that user can, found by trying: modes alone miss mounts and access lists."""
    try:
        tried = subprocess.run(command, capture_output=True, cwd="/", **as_owner(owner))
        return tried.returncode == 0
    except OSError:
        return False


def as_owner(owner: Owner) -> dict[str, Any]:
    """Arguments for Popen that drop every right of root's, its extra groups too."""
    if owner.uid is None:
        return {}
    return {"user": owner.uid, "group": owner.gid, "extra_groups": []}


def can_enter(folder: Path, owner: Owner) -> bool:
    return owner.uid is None or can_run(["/bin/sh", "-c", 'cd "$0"', folder], owner)


def data_folder(wanted: Path, owner: Owner) -> Path:
    """`wanted`, or a folder outside the project where `wanted` is out of the user's reach."""
    wanted.parent.mkdir(parents=True, exist_ok=True)
    if can_enter(wanted.parent, owner):
        return wanted
    outside = SHARED_DATA / digest(VAR)
    outside.mkdir(parents=True, exist_ok=True)
    for folder in (SHARED_DATA, outside):
        folder.chmod(0o755)
    return outside / wanted.name


def hand_over(folder: Path, owner: Owner) -> None:
    if owner.uid is None:
        return
    shutil.chown(folder, owner.uid, owner.gid)
