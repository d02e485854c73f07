"""The guard itself: what it fails and what it lets pass."""

import pytest
from django.conf import LazySettings
from django.template import Context, engines
from django.template.base import Origin, Template
from django.template.engine import Engine

from tests.undefined import OURS


def render(source: str, path: str) -> str:
    engine: Engine = engines["django"].engine  # type: ignore[attr-defined]
    return Template(source, origin=Origin(path), engine=engine).render(Context({"known": 1}))


@pytest.mark.parametrize("source", ["{{ missing }}", "{{ known.missing }}", "{{ missing|upper }}"])
def test_a_template_of_ours_may_not_print_what_nobody_gave_it(source: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="undefined variable"):
        render(source, f"{OURS}/page.html")


@pytest.mark.parametrize("round", [1, 2])
def test_new_engines_are_guarded_as_well(round: int, settings: LazySettings) -> None:
    with pytest.raises(pytest.fail.Exception, match="undefined variable"):
        render("{{ missing }}", f"{OURS}/page.html")
    settings.DEBUG = True


def test_asking_whether_it_is_there_is_allowed() -> None:
    assert render("{% if missing %}a{% else %}b{% endif %}", f"{OURS}/page.html") == "b"


def test_a_librarys_template_works_as_the_library_meant() -> None:
    assert render("[{{ missing }}{{ missing|default:'x' }}]", "/library/page.html") == "[x]"
