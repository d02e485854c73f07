"""Files are taken in up to 5 MB in all, and never written to a disk."""

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

MB = 1024 * 1024


def received(*sizes: int) -> list[tuple[int, int]]:
    """Of each file the size it is said to have, and how much of it was kept."""
    files = [SimpleUploadedFile(f"{at}.txt", b"a" * size) for at, size in enumerate(sizes)]
    request = RequestFactory().post("/", {"text": "typed", "files": files})
    taken = request.FILES.getlist("files")
    assert request.POST["text"] == "typed"
    assert {type(file) for file in taken} == {InMemoryUploadedFile}
    return [(file.size or 0, len(file.read())) for file in taken]


def test_up_to_5_mb_are_kept() -> None:
    assert received(5 * MB) == [(5 * MB, 5 * MB)]


def test_one_byte_more_is_not() -> None:
    assert received(5 * MB + 1) == [(5 * MB + 1, 0)]


def test_files_are_counted_together() -> None:
    two = 2 * MB
    assert received(two, two, two) == [(two, two), (two, two), (two, 0)]


@pytest.mark.parametrize("size", [11 * MB, 20 * MB])
def test_what_is_announced_as_far_too_large_is_not_begun(size: int) -> None:
    assert received(size) == [(size, 0)]
