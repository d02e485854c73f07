"""Truths about the whole tree. Each failure names the file, the line and the rule."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from history.registry import is_registered

ROOT = Path(__file__).resolve().parent.parent
APPS_LOWEST_FIRST = [
    "ui",
    "history",
    "outbox",
    "organisations",
    "panels",
    "commitments",
    "recommendations",
    "committees",
    "reminders",
]
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
    "committees/cadence.py",
    "organisations/limits.py",
    "outbox/backoff.py",
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
    "recommendations/assignment.py",
    "recommendations/lifecycle.py",
    "recommendations/proof.py",
    "reminders/schedule.py",
    "ui/chart_geometry.py",
    "ui/dates.py",
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


def python_files(*patterns: str) -> list[Path]:
    return sorted(
        path
        for app in APPS_LOWEST_FIRST
        for pattern in patterns
        for path in (ROOT / app).rglob(pattern)
        if "migrations" not in path.parts
    )


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import of the file, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            is_of_a_package = node.module in APPS_LOWEST_FIRST
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from ((node.lineno, name) for name in names if is_of_a_package)
            if not is_of_a_package:
                yield node.lineno, node.module or ""


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


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


def test_forms_do_not_reach_for_actions() -> None:
    """They parse and check; the view hands what they read to an action."""
    sins = [
        f"{where(path, line)} imports {name}"
        for path in python_files("forms.py", "forms/*.py")
        for line, name in imports_of(path)
        if "actions" in name.split(".")
    ]
    assert sins == []


def test_views_and_forms_reach_rows_through_queries() -> None:
    sins = [
        where(path, node.lineno)
        for path in python_files("views.py", "forms.py", "views/*.py", "forms/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]
    assert sins == []


def test_views_and_tasks_write_through_actions() -> None:
    writes = {"save", "create", "bulk_create", "update", "delete", "get_or_create"}
    sins = [
        f"{where(path, node.lineno)} calls .{node.func.attr}()"
        for path in python_files("views.py", "tasks.py", "views/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in writes
    ]
    assert sins == []


def test_forms_never_save() -> None:
    sins = [
        where(path, node.lineno)
        for path in python_files("forms.py", "forms/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name == "save"
    ]
    assert sins == []


def our_routes() -> Iterator[tuple[str, URLPattern]]:
    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif pattern.callback.__module__.split(".")[0] in APPS_LOWEST_FIRST:
                yield route, pattern

    yield from walk(get_resolver().url_patterns, "")


def test_every_view_declares_who_may_open_it() -> None:
    without = [
        route for route, pattern in our_routes() if not hasattr(pattern.callback, "access_policy")
    ]
    assert without == []


def test_pages_of_an_organisation_are_guarded_by_it() -> None:
    unguarded = [
        route
        for route, pattern in our_routes()
        if route.startswith("o/") and pattern.callback.access_policy not in {"member", "role"}
    ]
    assert unguarded == []


def test_every_verb_of_history_has_a_sentence() -> None:
    verbs = [
        member
        for app in APPS_LOWEST_FIRST
        if (ROOT / app / "enums.py").exists()
        for name, enum in vars(__import__(f"{app}.enums", fromlist=["enums"])).items()
        if name.endswith("Verb")
        for member in enum
    ]
    assert len(verbs) > 20
    assert [verb for verb in verbs if not is_registered(verb)] == []


def test_a_foreign_key_states_what_deleting_means() -> None:
    """History never goes because somebody's row went: append-only tables only ever PROTECT."""
    sins = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if getattr(model, "is_append_only", False)
        for field in model._meta.fields
        if field.remote_field and field.remote_field.on_delete.__name__ != "PROTECT"
    ]
    assert sins == []


def test_no_markup_carries_style_or_script() -> None:
    """The content security policy allows neither, so a page with one is broken."""
    import re

    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    sins = [
        where(path, number)
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "emails" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if inline.search(line)
    ]
    assert sins == []


def test_every_template_is_used() -> None:
    sources = "".join(
        path.read_text()
        for folder in [*APPS_LOWEST_FIRST, "templates", "config"]
        for suffix in ("*.py", "*.html", "*.txt")
        for path in (ROOT / folder).rglob(suffix)
    )
    framework = {"account", "mfa", "allauth", "emails"}
    unused = [
        str(path.relative_to(ROOT / "templates"))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if path.relative_to(ROOT / "templates").parts[0] not in framework
        and path.relative_to(ROOT / "templates").as_posix() not in sources
        and path.name not in {"403.html", "404.html", "500.html"}
    ]
    assert unused == []


LIMIT_OF_A_FILE = 300
LIMIT_OF_A_FUNCTION = 40
LIMIT_OF_A_TEMPLATE = 120


def test_files_and_functions_stay_small() -> None:
    long = [
        f"{path.relative_to(ROOT)} has {len(path.read_text().splitlines())} lines"
        for path in python_files("*.py")
        if len(path.read_text().splitlines()) > LIMIT_OF_A_FILE
    ]
    long += [
        f"{where(path, node.lineno)} {node.name} is too long"
        for path in python_files("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LIMIT_OF_A_FUNCTION
    ]
    long += [
        f"{path.relative_to(ROOT)} has too many lines"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if len(path.read_text().splitlines()) > LIMIT_OF_A_TEMPLATE
    ]
    assert long == []


def test_every_signature_is_typed() -> None:
    untyped = [
        f"{where(path, node.lineno)} {node.name}"
        for path in python_files("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.returns is None
    ]
    assert untyped == []
