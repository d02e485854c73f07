#!/usr/bin/env python3
"""Everything a developer types: `python3 dev.py` lists it. Needs Python 3.11 and nothing else."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "dev.txt"
STAMP = VENV / "installed-from"
OLDEST = (3, 11)
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# A worker to a core; beyond four, their browsers and the one Postgres get in each other's way.
WORKERS = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadgroup"]
COVERAGE = ["--cov", "--cov-report=term:skip-covered"]


class Problem(Exception):
    """One clear sentence for whoever typed the command."""


# --- the environment ---------------------------------------------------------------------------


def make_environment() -> None:
    """`.venv` with exactly the locked packages. Takes no time when nothing has changed."""
    wanted = fingerprint()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    uv = working_uv()
    say("Installing packages into .venv (once, and again when requirements/dev.txt changes)")
    if uv is None and not importlib.util.find_spec("ensurepip"):
        install_venv_support()
    if not is_usable(needs_pip=uv is None):
        shutil.rmtree(VENV, ignore_errors=True)
        maker = [uv, "venv", "--quiet", "--python", sys.executable] if uv else None
        run([*(maker or [sys.executable, "-m", "venv"]), str(VENV)], "make .venv")
    run(installer(uv), "install the packages; is there a network connection?")
    STAMP.write_text(wanted)


def fingerprint() -> str:
    return hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()


def working_uv() -> str | None:
    """A shim on the path may lead nowhere."""
    uv = shutil.which("uv")
    if uv is None or subprocess.run([uv, "--version"], capture_output=True).returncode:
        return None
    return uv


def is_usable(*, needs_pip: bool) -> bool:
    if not PYTHON.exists():
        return False
    probe = "import sys; print(sys.version); " + ("import pip" if needs_pip else "")
    answer = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True)
    return answer.returncode == 0 and answer.stdout.strip() == sys.version.strip()


def installer(uv: str | None) -> list[str]:
    if uv:
        sync = [uv, "pip", "sync", "--quiet", "--python", str(PYTHON)]
        return [*sync, "--require-hashes", str(LOCK)]
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return [*pip, "--require-hashes", "--requirement", str(LOCK)]


def install_venv_support() -> None:
    """Debian and Ubuntu keep `ensurepip` in a package of its own."""
    package = "python3-venv"
    if not shutil.which("apt-get"):
        raise Problem("This Python has no ensurepip: install its venv package, or install uv.")
    if os.getuid() != 0:
        raise Problem(f"Type this once, then try again: sudo apt-get install -y {package}")
    say(f"Installing {package}, which this Python needs to make .venv")
    run(["apt-get", "update", "-qq"], "read the package lists")
    run(["apt-get", "install", "-y", "-qq", package], f"install {package}")


# --- running things ----------------------------------------------------------------------------


def say(text: str) -> None:
    print(text, flush=True)


def run(command: list[str], purpose: str) -> None:
    if subprocess.run(command, cwd=ROOT).returncode:
        raise Problem(f"Could not {purpose} ({' '.join(command)}).")


def become(*command: str) -> None:
    """Replaces this process, so that Ctrl-C and the exit code are the command's own."""
    os.chdir(ROOT)
    if os.name == "nt":
        sys.exit(subprocess.run([str(PYTHON), *command]).returncode)
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), *command])  # noqa: S606


def tool(name: str, *arguments: str) -> list[str]:
    return [str(PYTHON), "-m", name, *arguments]


def manage(*arguments: str) -> list[str]:
    return [str(PYTHON), "manage.py", *arguments]


def need_servers() -> None:
    if os.name == "nt" and not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        raise Problem("The embedded broker has no Windows build: use `docker compose up`, or WSL.")


# --- the commands ------------------------------------------------------------------------------


def command_run(arguments: list[str]) -> None:
    """start everything on this machine (--port 8000, --no-demo)"""
    need_servers()
    make_environment()
    become("manage.py", "serve", *arguments)


def command_test(arguments: list[str]) -> None:
    """run all tests on all cores; anything after it goes to pytest, which then uses one"""
    make_environment()
    become("-m", "pytest", *(arguments or WORKERS))


def command_cover(arguments: list[str]) -> None:
    """run all tests and say what they do not reach; takes about half as long again"""
    make_environment()
    become("-m", "pytest", *WORKERS, *COVERAGE, *arguments)


def command_check(arguments: list[str]) -> None:
    """lint, formats, templates, types, migrations, deployment settings; writes nothing"""
    make_environment()
    quiet = [str(PYTHON), "-W", "ignore::RuntimeWarning", "manage.py"]
    checks = [
        ("ruff", tool("ruff", "check", "--quiet", "."), {}),
        ("format", tool("ruff", "format", "--check", "--quiet", "."), {}),
        ("templates", tool("djlint", "--quiet", "--check", "templates"), {}),
        ("template lint", tool("djlint", "--quiet", "--lint", "templates"), {}),
        ("types", tool("mypy"), {}),
        ("django", manage("check", "--fail-level", "WARNING"), {}),
        ("migrations", [*quiet, "makemigrations", "--check", "--dry-run"], {}),
        ("deployment", manage("check", "--deploy", "--fail-level", "WARNING"), production()),
    ]
    failed = [name for name, command, env in checks if not passes(name, command, env)]
    if failed:
        raise Problem(f"Not right yet: {', '.join(failed)}. `python3 dev.py fmt` mends formats.")


def passes(name: str, command: list[str], env: dict[str, str]) -> bool:
    result = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True
    )
    say(f"{'ok ' if result.returncode == 0 else 'NO '} {name}")
    if result.returncode:
        say(result.stdout + result.stderr)
    return result.returncode == 0


def production() -> dict[str, str]:
    """Enough for the production settings to load; nothing is connected to."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "table.example",
        "SITE_URL": "https://table.example",
        "DATABASE_URL": "postgres://at_the_table@localhost/at_the_table",
        "REDIS_URL": "redis://localhost",
    }


def command_fmt(arguments: list[str]) -> None:
    """put code and templates into the project's format"""
    make_environment()
    subprocess.run(tool("ruff", "check", "--fix", "--quiet", "."), cwd=ROOT)
    run(tool("ruff", "format", "--quiet", "."), "format the code")
    # It ends with 1 whenever it has changed a file.
    for _ in range(3):  # what djlint breaks into lines it indents only when it looks again
        subprocess.run(tool("djlint", "--quiet", "--reformat", "templates"), cwd=ROOT)


def command_seed(arguments: list[str]) -> None:
    """add the demo organisations to the development database"""
    need_servers()
    make_environment()
    become("manage.py", "with_services", "--", *manage("seed_demo", *arguments))


def command_bench(arguments: list[str]) -> None:
    """measure the main pages on a database the size of the sector"""
    need_servers()
    make_environment()
    become("-m", "bench", *arguments)


def command_lock(arguments: list[str]) -> None:
    """write requirements/*.txt from pyproject.toml (needs uv)"""
    uv = working_uv()
    if uv is None:
        raise Problem("Locking needs uv on the path: https://docs.astral.sh/uv/")
    compile_ = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    compile_ += ["--generate-hashes", "--no-annotate", "--no-header", *arguments, "pyproject.toml"]
    run([*compile_, "--output-file", "requirements/base.txt"], "lock the product's packages")
    run(
        [*compile_, "--group", "dev", "--output-file", "requirements/dev.txt"],
        "lock the development packages",
    )


def command_clean(arguments: list[str]) -> None:
    """remove .venv and var/, the development data with it (--yes does not ask)"""
    # Where root keeps the data of a project that only root can enter.
    var = Path(os.environ.get("VAR_FOLDER", ROOT / "var")).resolve()
    outside = Path("/var/lib/at-the-table", hashlib.sha256(os.fsencode(var)).hexdigest()[:10])
    present = [folder for folder in (VENV, var, outside) if folder.exists()]
    if not present:
        say("Nothing to remove.")
        return
    if any(is_locked(lock) for lock in var.glob("*.lock")):
        raise Problem("Something still runs on this data: stop it first, with Ctrl-C.")
    say("This removes " + " and ".join(str(folder) for folder in present))
    if "--yes" not in arguments and input("Type yes to go on: ").strip().lower() != "yes":
        raise Problem("Nothing was removed.")
    for folder in present:
        shutil.rmtree(folder)


def is_locked(lock: Path) -> bool:
    """As `run`, a test run and the bench hold theirs: config/embedded/places.py."""
    try:
        import fcntl
    except ImportError:
        return False
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


COMMANDS = {
    "run": command_run,
    "test": command_test,
    "cover": command_cover,
    "check": command_check,
    "fmt": command_fmt,
    "seed": command_seed,
    "bench": command_bench,
    "lock": command_lock,
    "clean": command_clean,
}


def main() -> None:
    if sys.version_info < OLDEST:
        raise Problem(
            f"This needs Python 3.11 or newer and this is {sys.version.split()[0]}: "
            "start it with a newer one, for instance `python3.12 dev.py`."
        )
    name, arguments = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("", [])
    if name in COMMANDS:
        COMMANDS[name](arguments)
        return
    say("python3 dev.py COMMAND\n")
    for known, command in COMMANDS.items():
        say(f"  {known:<7} {command.__doc__}")
    if name not in {"", "help", "-h", "--help"}:
        raise Problem(f"\nThere is no command called {name}.")


if __name__ == "__main__":
    try:
        main()
    except Problem as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)
