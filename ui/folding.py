"""When a text is too long for a list. Rules only."""

LINES_SHOWN = 10
LETTERS_IN_A_LINE = 80
LETTERS_OF_A_BEGINNING = 3 * LETTERS_IN_A_LINE


def is_long(text: str) -> bool:
    """More than about ten lines, as a page of middling width breaks them."""
    lines = text.splitlines()
    return sum(1 + len(line) // LETTERS_IN_A_LINE for line in lines) > LINES_SHOWN


def beginning(text: str) -> str:
    """About three lines of it, up to the end of a word where there is one."""
    start = " ".join(text.split())[: LETTERS_OF_A_BEGINNING + 1]
    shortened = start[:-1].rsplit(" ", 1)[0] if " " in start else start[:-1]
    return f"{shortened.rstrip(' ,;:.')}…"
