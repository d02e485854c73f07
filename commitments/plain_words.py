"""Markdown as plain text: its words, its paragraphs and its lists, and where links lead."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token


def without_marks(tokens: Sequence[Token]) -> str:
    """One line for each line of a list that is not spaced out, one paragraph for all else."""
    text, depth, opening, is_tight = "", 0, "", False
    for token in tokens:
        if token.type.endswith("_list_open"):
            depth += 1
        elif token.type.endswith("_list_close"):
            depth, is_tight = depth - 1, is_tight and depth > 1
        elif token.type == "list_item_open":
            opening = f"{'  ' * (depth - 1)}{token.info + '.' if token.info else '-'} "
        elif token.type in ("inline", "code_block", "fence"):
            words = "".join(_words(token.children or [])) or token.content.rstrip()
            follows_on = is_tight and bool(opening)
            text += ("\n" if follows_on else "\n\n") + opening + words
            is_tight, opening = depth > 0, ""
    return text.strip()


def _words(children: Sequence[Token]) -> Iterator[str]:
    """A link that does not show where it leads has its address after it."""
    leads_to = ""
    for child in children:
        if child.type == "link_open":
            leads_to = "" if child.info == "auto" else str(child.attrs["href"])
        elif child.type == "link_close":
            yield f" ({leads_to})" if leads_to else ""
        elif child.type in ("softbreak", "hardbreak"):
            yield "\n"
        else:
            yield child.content
