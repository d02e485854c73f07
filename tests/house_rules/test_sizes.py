"""Files and functions stay small, and every signature has its types."""

import ast

from tests.house_rules.tree import ROOT, python_files, where

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


def test_a_test_file_stays_as_small() -> None:
    long = [
        f"{path.relative_to(ROOT)} has {lines} lines"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if (lines := len(path.read_text().splitlines())) > LIMIT_OF_A_FILE
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
