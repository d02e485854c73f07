import pytest

from bench import seed

SIZE = seed.Size(organisations=2)


@pytest.fixture
def sector(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the test's own connection, so that it is thrown away with the test."""
    monkeypatch.setattr(seed, "OWNER", "default")
    seed.seed(SIZE, say=lambda line: None)
