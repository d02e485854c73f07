"""What a newer signing kept, added, reworded and dropped. Rules only.

Promises of a wording are matched by the wording's key for them, whatever their words. Promises of
one's own have no key: those with the same words are the same, and of the others the two most
alike are taken for one promise put differently, as long as three fifths of their words agree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from commitments.enums import Choice, Lineage

ALIKE = 0.6


@dataclass(frozen=True)
class Line:
    """One promise of a signing. `key` and `title` are the wording's; one's own has neither."""

    key: str
    title: str
    choice: Choice
    text: str

    @property
    def is_kept(self) -> bool:
        return self.choice != Choice.LEFT_OUT

    @property
    def words(self) -> list[str]:
        return self.text.casefold().split()


@dataclass(frozen=True)
class Change:
    """What became of one promise. `before` is empty for a new one, `after` for one that went."""

    kind: Lineage
    title: str
    before: str = ""
    after: str = ""


def compare(before: Sequence[Line], after: Sequence[Line]) -> list[Change]:
    """Every promise that stood in one of the two or stands in both, in the order of the newer."""
    worded = _of_the_wording([x for x in before if x.key], [x for x in after if x.key])
    own = _own([x for x in before if not x.key], [x for x in after if not x.key])
    return [*worded, *own]


def grouped(changes: Iterable[Change]) -> list[tuple[Lineage, list[Change]]]:
    """Under their kinds, what changed before what stayed; empty kinds dropped."""
    found = list(changes)
    each = [(kind, [change for change in found if change.kind == kind]) for kind in Lineage]
    return [(kind, of_a_kind) for kind, of_a_kind in each if of_a_kind]


def _of_the_wording(before: Sequence[Line], after: Sequence[Line]) -> list[Change]:
    earlier = {line.key: line for line in before}
    changes = [_became(earlier.pop(line.key, None), line) for line in after]
    gone = [
        Change(Lineage.DROPPED, line.title, line.text) for line in earlier.values() if line.is_kept
    ]
    return [change for change in changes if change] + gone


def _became(old: Line | None, new: Line) -> Change | None:
    """None where it was left out before and still is."""
    if old is None or not old.is_kept:
        if new.is_kept:
            return Change(Lineage.ADDED, new.title, after=new.text)
        return Change(Lineage.LEFT_OUT, new.title, before=new.text) if old is None else None
    if not new.is_kept:
        return Change(Lineage.LEFT_OUT, new.title, before=old.text)
    same = old.text.split() == new.text.split()
    return Change(Lineage.KEPT if same else Lineage.REWORDED, new.title, old.text, new.text)


def _own(before: Sequence[Line], after: Sequence[Line]) -> list[Change]:
    old, new = list(before), list(after)
    changes = []
    for line in after:
        same = next((each for each in old if each.words == line.words), None)
        if same:
            changes.append(Change(Lineage.KEPT, "", same.text, line.text))
            old.remove(same)
            new.remove(line)
    while pair := _most_alike(old, new):
        changes.append(Change(Lineage.REWORDED, "", pair[0].text, pair[1].text))
        old.remove(pair[0])
        new.remove(pair[1])
    changes += [Change(Lineage.ADDED, "", after=line.text) for line in new]
    return changes + [Change(Lineage.DROPPED, "", before=line.text) for line in old]


def _most_alike(old: Sequence[Line], new: Sequence[Line]) -> tuple[Line, Line] | None:
    pairs = [(_likeness(a, b), a, b) for a in old for b in new]
    best = max(pairs, key=lambda pair: pair[0], default=None)
    return best[1:] if best and best[0] >= ALIKE else None


def _likeness(a: Line, b: Line) -> float:
    """The share of words that both have in the same order: 0 to 1."""
    return SequenceMatcher(None, a.words, b.words, autojunk=False).ratio()
