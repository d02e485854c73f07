"""Why a file cannot be kept as evidence."""

EMPTY = "This file is empty."
TOO_LARGE = "This file is larger than 5 MB. Make it smaller, or add a link to it."
DAMAGED = "This file breaks off or is damaged. Save it again and choose it once more."
UNKNOWN = (
    "This kind of file cannot be kept. Choose a PDF, a Word, Excel or PowerPoint file, an"
    " OpenDocument text, a picture, or plain text in UTF-8."
)


class Unfit(Exception):
    """The message is for whoever sent the file."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
