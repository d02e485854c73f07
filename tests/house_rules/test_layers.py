"""Who reads, who checks and who writes."""

import ast

from tests.house_rules.tree import imports_of, python_files, where


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
