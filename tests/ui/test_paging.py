from django.core.paginator import Paginator
from django.http import QueryDict

from tests.ui.rendering import rendered, without_icons
from ui.paging import page_links

PAGER = "{% pager page_obj=page_obj what='pledges' %}"


def test_links_keep_the_rest_of_the_query_string() -> None:
    page = Paginator(range(30), 10).page(2)
    links = page_links(page, QueryDict("theme=2&theme=3&page=2&q=a%26b"))
    assert links.previous == "?theme=2&theme=3&page=1&q=a%26b"
    assert links.next == "?theme=2&theme=3&page=3&q=a%26b"
    assert [number for number, _ in links.numbers] == ["1", "2", "3"]


def test_the_ends_lead_nowhere() -> None:
    pages = Paginator(range(20), 10)
    assert page_links(pages.page(1), QueryDict()).previous == ""
    assert page_links(pages.page(2), QueryDict()).next == ""


def test_a_long_list_has_gaps_without_addresses() -> None:
    links = page_links(Paginator(range(200), 10).page(10), QueryDict())
    assert [number for number, _ in links.numbers] == ["1", "…", "9", "10", "11", "…", "20"]
    assert [number for number, address in links.numbers if not address] == ["…", "…"]


def test_a_second_list_has_a_number_of_its_own() -> None:
    page = Paginator(range(15), 10).page(1)
    query = QueryDict("page=3&check-ins=1")
    links = page_links(page, query, name="check-ins")
    assert links.next == "?page=3&check-ins=2#check-ins"
    named = PAGER.replace("what='pledges'", "what='check-ins' name='check-ins'")
    assert 'aria-label="Pages of check-ins"' in rendered(named, page_obj=page)


def test_one_page_needs_no_pager() -> None:
    assert rendered(PAGER, page_obj=Paginator(range(3), 10).page(1)) == ""


def test_the_pager_marks_where_you_are() -> None:
    html = without_icons(rendered(PAGER, "/?q=x", page_obj=Paginator(range(15), 10).page(2)))
    assert html == (
        '<nav class="pager" aria-label="Pages"><p class="small muted">11 to 15 of 15 pledges</p>'
        "<ul>"
        '<li><a href="?q=x&amp;page=1" rel="prev">Previous</a></li>'
        '<li class="pager-number"><a href="?q=x&amp;page=1" aria-label="Page 1">1</a></li>'
        '<li class="pager-number"><a href="?q=x&amp;page=2" aria-label="Page 2" '
        'aria-current="page">2</a></li></ul></nav>'
    )
