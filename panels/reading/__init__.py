"""Reading programmes from files. Nothing here is saved; hostile files are refused in words."""

from panels.reading.detecting import read
from panels.reading.mapping import MappedTable, map_table, problem_with, to_programme
from panels.reading.outcome import Reading, Table, Unreadable

__all__ = [
    "MappedTable",
    "Reading",
    "Table",
    "Unreadable",
    "map_table",
    "problem_with",
    "read",
    "to_programme",
]
