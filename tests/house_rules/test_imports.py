"""What may import what: each app only what lies below it, and rules next to nothing."""

import ast
from pathlib import Path

import pytest

from tests.house_rules.tree import APPS_LOWEST_FIRST, ROOT, imports_of, python_files, where

RULES_MODULES = [
    "commitments/answering.py",
    "commitments/drafting.py",
    "commitments/entry_words.py",
    "commitments/facts.py",
    "commitments/figures.py",
    "commitments/leaving.py",
    "commitments/ledger.py",
    "commitments/letter.py",
    "commitments/lineage.py",
    "commitments/links.py",
    "commitments/mail_limits.py",
    "commitments/prefill.py",
    "commitments/record.py",
    "commitments/reflecting.py",
    "commitments/reporting.py",
    "commitments/rhythm.py",
    "commitments/sharing.py",
    "commitments/signing.py",
    "commitments/states.py",
    "commitments/timeline.py",
    "commitments/trust.py",
    "commitments/verdicts.py",
    "commitments/workshops.py",
    "committees/advising.py",
    "committees/cadence.py",
    "committees/deciding.py",
    "committees/minutes.py",
    "committees/ordering.py",
    "committees/pack_facts.py",
    "committees/pack_files.py",
    "committees/pack_pieces.py",
    "committees/pack_rows.py",
    "committees/pack_seal.py",
    "committees/pack_sections.py",
    "committees/pack_totals.py",
    "organisations/limits.py",
    "outbox/backoff.py",
    "outbox/coming_back.py",
    "outbox/why.py",
    "panels/asking.py",
    "panels/audit.py",
    "panels/barriers_typed.py",
    "panels/chance.py",
    "panels/checklist.py",
    "panels/choices.py",
    "panels/consistency.py",
    "panels/declaring.py",
    "panels/detail_links.py",
    "panels/entry.py",
    "panels/freezing.py",
    "panels/importing.py",
    "panels/line_up_in_words.py",
    "panels/methods.py",
    "panels/planner.py",
    "panels/pools.py",
    "panels/programme.py",
    "panels/result_text.py",
    "panels/result_words.py",
    "panels/results.py",
    "panels/seating.py",
    "panels/standings.py",
    "panels/statement_facts.py",
    "panels/statement_words.py",
    "panels/stepping_aside.py",
    "panels/suppression.py",
    "panels/thresholds.py",
    "panels/trend_charts.py",
    "panels/trends.py",
    "recommendations/ageing.py",
    "recommendations/as_at.py",
    "recommendations/assessing.py",
    "recommendations/assignment.py",
    "recommendations/cells.py",
    "recommendations/closing.py",
    "recommendations/effect.py",
    "recommendations/effect_chart.py",
    "recommendations/extending.py",
    "recommendations/handing_over.py",
    "recommendations/indicator_templates.py",
    "recommendations/lifecycle.py",
    "recommendations/measured.py",
    "recommendations/not_yet.py",
    "recommendations/objecting.py",
    "recommendations/over_time.py",
    "recommendations/plan_columns.py",
    "recommendations/planning.py",
    "recommendations/proof.py",
    "recommendations/rechecking.py",
    "recommendations/sorting.py",
    "recommendations/suggesting.py",
    "reminders/choosing.py",
    "reminders/headings.py",
    "reminders/rules.py",
    "reminders/schedule.py",
    "reminders/words.py",
    "ui/chart_geometry.py",
    "ui/dates.py",
    "ui/line_geometry.py",
    "ui/table_drawing.py",
]
STANDARD_LIBRARY_OF_RULES = {
    "__future__",
    "calendar",
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "html",
    "itertools",
    "json",
    "math",
    "re",
    "typing",
    "unicodedata",
    "uuid",
    "zoneinfo",
}


def test_nothing_imports_upwards() -> None:
    upwards = []
    for path in python_files("*.py"):
        app = path.relative_to(ROOT).parts[0]
        above = APPS_LOWEST_FIRST[APPS_LOWEST_FIRST.index(app) + 1 :]
        for line, name in imports_of(path):
            is_for_types_alone = app in {"history", "outbox"} and name == "organisations.models"
            if name.split(".")[0] in above and not is_for_types_alone:
                upwards.append(f"{where(path, line)} imports {name}")
    assert upwards == []


def test_history_and_outbox_import_organisations_for_types_alone() -> None:
    """Their foreign keys are lazy; the import may only stand under TYPE_CHECKING."""
    outside = []
    for path in python_files("*.py"):
        if path.relative_to(ROOT).parts[0] not in {"history", "outbox"}:
            continue
        guarded = {
            line
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
        }
        for line, name in imports_of(path):
            if name.startswith("organisations") and line not in guarded:
                outside.append(where(path, line))
    assert outside == []


@pytest.mark.parametrize("module", RULES_MODULES)
def test_rules_are_pure(module: str) -> None:
    """No ORM, no clock, no settings: enums, other rules and a little standard library."""
    own = {f"{Path(m).parent}.{Path(m).stem}" for m in RULES_MODULES}
    foreign = [
        f"{where(ROOT / module, line)} imports {name}"
        for line, name in imports_of(ROOT / module)
        if name.split(".")[0] not in STANDARD_LIBRARY_OF_RULES
        and not name.endswith(".enums")
        and name not in own
    ]
    assert foreign == []
    source = (ROOT / module).read_text()
    assert ".now(" not in source
    assert ".today(" not in source
