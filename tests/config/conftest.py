"""Real servers under a folder of their own: what a killed run leaves cannot be pretended."""

import os
import shutil
import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest

from config.embedded.places import VAR, socket_folder
from config.embedded.postgres import Cluster
from config.embedded.valkey import Broker


@pytest.fixture
def folder() -> Generator[Path]:
    """Below var/, which the unprivileged user of a root run can reach."""
    place = VAR / f"try-{os.getpid()}"
    place.mkdir(parents=True)
    yield place
    shutil.rmtree(place)


@pytest.fixture(scope="session")
def made_once() -> Generator[Path]:
    """A fresh data folder: `initdb` costs as much as a whole test."""
    place = VAR / f"try-{os.getpid()}-made"
    place.mkdir(parents=True)
    template = Cluster(f"try{os.getpid()}", place / "postgres")
    template.start()
    template.stop()
    yield place / "postgres"
    shutil.rmtree(place)


@pytest.fixture
def cluster(folder: Path, made_once: Path) -> Generator[Cluster]:
    """Started once already, and stopped cleanly."""
    # With its owner and modes, which Postgres insists on and shutil does not keep.
    subprocess.run(["cp", "-a", made_once, folder / "postgres"], check=True)
    made = Cluster(f"try{os.getpid()}", folder / "postgres")
    yield made
    made.stop()
    shutil.rmtree(socket_folder(made.name), ignore_errors=True)


@pytest.fixture
def broker(folder: Path) -> Generator[Broker]:
    made = Broker(f"tryv{os.getpid()}", folder / "valkey")
    yield made
    made.stop()
    shutil.rmtree(socket_folder(made.name), ignore_errors=True)
