"""What is frozen when a line-up is locked, and whether it is still what was frozen then.

The facts hold counts, never a name. Written as canonical JSON, the same facts are always the
same text, so their SHA-256 says whether anything in them was changed since.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any, cast

from panels.audit import RULES_VERSION, Count, LineUp, MeasureAudit, Tally, audit_line_up
from panels.enums import Basis, Counted, Definition, GatheringKind, Measure, Part
from panels.thresholds import Threshold, Thresholds

FORMAT = 1
WORDING = Thresholds()
Facts = dict[str, Any]


@dataclass(frozen=True)
class ToFreeze:
    """`line_up` is None where nobody has counted; `count` is the version of that count.

    `totals`: people and seats of the planned line-up, in whole numbers by part.
    """

    gathering: str
    kind: GatheringKind
    as_at: date
    totals: Mapping[str, Any]
    count: int | None = None
    line_up: LineUp | None = None
    thresholds: Thresholds = WORDING


def facts_of(what: ToFreeze) -> Facts:
    audit = audit_line_up(what.line_up, what.thresholds) if what.line_up else None
    return {
        "format": FORMAT,
        "gathering": what.gathering,
        "kind": what.kind.value,
        "as_at": what.as_at.isoformat(),
        "count": what.count,
        "line_up": dict(what.totals),
        "rules_version": RULES_VERSION,
        "thresholds": {
            measure.value: [
                what.thresholds.of(measure).numerator,
                what.thresholds.of(measure).denominator,
            ]
            for measure in Measure
        },
        "tallies": _tallies(what.line_up),
        "women_seats": asdict(seats) if (seats := _women_seats(what.line_up)) else None,
        "verdicts": [*_verdicts(audit.women), *_verdicts(audit.minoritised)] if audit else [],
    }


def _women_seats(line_up: LineUp | None) -> Count | None:
    return line_up.women_seats if line_up else None


def _tallies(line_up: LineUp | None) -> list[dict[str, Any]]:
    rows = [
        {
            "part": tally.part.value,
            "counted": tally.counted.value,
            "measure": tally.measure.value,
            "basis": tally.basis.value,
            "definition": tally.definition.value,
            **asdict(tally.count),
        }
        for tally in (line_up.tallies if line_up else ())
    ]
    return sorted(rows, key=lambda row: (row["measure"], row["part"], row["counted"]))


def _verdicts(audit: MeasureAudit) -> list[dict[str, str]]:
    parts = (audit.whole, audit.main_stage, audit.rest)
    return [
        {
            "measure": audit.measure.value,
            "part": part.tally.part.value,
            "verdict": part.verdict.value,
        }
        for part in parts
        if part
    ]


def canonical(facts: Facts) -> str:
    """Sorted keys, no spaces, plain ASCII: one text for the same facts."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def fingerprint(facts: Facts) -> str:
    return sha256(canonical(facts).encode("ascii")).hexdigest()


def matches(facts: Facts, frozen: str) -> bool:
    """Whether these are, to the last character, the facts that were frozen."""
    return fingerprint(facts) == frozen


def line_up_in(facts: Facts) -> LineUp | None:
    """The counts in frozen facts, for the rules to judge; None where nobody had counted."""
    if not facts["tallies"]:
        return None
    seats = facts["women_seats"]
    return LineUp(
        kind=GatheringKind(facts["kind"]),
        tallies=tuple(_tally(row) for row in facts["tallies"]),
        women_seats=Count(**seats) if seats else None,
    )


def _tally(row: Mapping[str, Any]) -> Tally:
    return Tally(
        part=Part(row["part"]),
        counted=Counted(row["counted"]),
        measure=Measure(row["measure"]),
        count=Count(row["yes"], row["no"], row["unknown"]),
        basis=Basis(row["basis"]),
        definition=Definition(row["definition"]),
    )


def thresholds_in(facts: Facts) -> Thresholds:
    def one(measure: Measure) -> Threshold:
        numerator, denominator = cast(list[int], facts["thresholds"][measure.value])
        return Threshold(numerator, denominator)

    return Thresholds(women=one(Measure.WOMEN), minoritised=one(Measure.MINORITISED))
