"""What of a file's own format was not kept, said in a few plain phrases."""

from collections.abc import Iterable, Mapping

TALK_FIELDS = {
    "Abstracts and descriptions": ("abstract", "description", "subtitle"),
    "Pictures": ("logo", "image", "avatar", "profilePicture", "avatar_thumbnail_default"),
    "Links and files": (
        "links", "link", "attachments", "attachment", "url", "feedback_url", "origin_url",
        "liveUrl", "recordingUrl", "video_download_url",
    ),
    "Biographies and taglines": ("biography", "bio", "tagLine"),
    "Email addresses": ("email", "Email"),
    "Answers to questions": ("answers", "questionAnswers"),
    "Codes that follow people from event to event": ("guid", "emailHash", "email_hash"),
}  # fmt: skip


class Leftovers:
    """Notes which kinds of fields a file had; they are named, never read."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}

    def note(self, entry: Mapping[str, object], *, is_person: bool = False) -> None:
        for words, names in TALK_FIELDS.items():
            if words in self.found or (not is_person and "guid" in names):
                continue
            if any(entry.get(name) for name in names):
                self.found[words] = None

    def note_words(self, words: str) -> None:
        self.found[words] = None

    def phrases(self) -> tuple[str, ...]:
        return tuple(self.found)


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def some_of(words: Iterable[str], most: int = 5) -> str:
    """A few of the different words, for a sentence."""
    different = list(dict.fromkeys(words))
    more = ", and others" if len(different) > most else ""
    return ", ".join(f"“{word}”" for word in different[:most]) + more
