"""How files that people send are taken in: in memory alone, and only so much of them."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 5 * 1024 * 1024
"""Of all the files of one request together."""


class InMemoryUpTo5MB(FileUploadHandler):
    """Nothing is ever written to a disk. What is too large keeps its size and loses its content,
    so that the form can say so at the field and keep what was typed beside it."""

    kept = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """A request that says it is far too large is not kept from its first byte."""
        self.is_hopeless = content_length > 2 * MOST_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.content = BytesIO()
        self.is_dropped = self.is_hopeless

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.kept += 0 if self.is_dropped else len(raw_data)
        if self.kept > MOST_BYTES and not self.is_dropped:
            self.is_dropped = True
            self.content = BytesIO()
        if not self.is_dropped:
            self.content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.content.seek(0)
        return InMemoryUploadedFile(
            file=self.content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
