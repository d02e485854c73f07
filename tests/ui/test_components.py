from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.forms import formset_factory

from tests.ui.rendering import rendered, without_icons
from ui.forms import PlainForm, error_links
from ui.icons import SYMBOLS
from ui.statuses import LOOKS


class EventForm(PlainForm, forms.Form):
    name = forms.CharField(label="Name", help_text="As on the invitation.")
    basis = forms.ChoiceField(label="Source", choices=[("a", "A")], widget=forms.RadioSelect)

    def clean(self) -> None:
        self.add_error(None, "The counts do not add up.")


@pytest.mark.parametrize("name", SYMBOLS)
def test_icons_are_decorative(name: str) -> None:
    html = rendered('{% icon "' + name + '" %}')
    assert html.startswith(
        '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">'
    )


def test_an_unknown_icon_draws_the_info_sign() -> None:
    assert rendered('{% icon "nonsense" %}') == rendered('{% icon "info" %}')


@pytest.mark.parametrize("kind", LOOKS)
def test_a_status_has_an_icon_and_a_word(kind: str) -> None:
    html = rendered("{% status_tag kind=kind %}", kind=kind)
    look = LOOKS[kind]
    assert html.count("<svg") == 1
    assert without_icons(html) == f'<span class="status status-{look.tone}">{look.word}</span>'


def test_a_status_takes_its_own_label_escaped() -> None:
    rendered("{% status_tag kind='overdue' label='<b>9 days' %}")
    html = rendered("{% status_tag kind='overdue' label=label %}", label="<b>9 days")
    assert without_icons(html) == '<span class="status status-overdue">&lt;b&gt;9 days</span>'


def test_only_a_missed_date_is_red() -> None:
    assert [kind for kind, look in LOOKS.items() if look.tone == "overdue"] == ["overdue"]


def test_a_name_is_isolated() -> None:
    assert rendered("{% person name %}", name="فاطمة <") == "<bdi>فاطمة &lt;</bdi>"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 3, 2), '<time datetime="2026-03-02">2 March 2026</time>'),
        (
            datetime(2026, 7, 1, 23, 30, tzinfo=UTC),
            '<time datetime="2026-07-02T00:30:00+01:00">2 July 2026, 00:30</time>',
        ),
        (None, '<span class="muted">No date</span>'),
    ],
)
def test_dates_are_written_out_in_london_time(value: date | None, expected: str) -> None:
    assert rendered("{% when value %}", value=value) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), "2026-07-01"),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), "2026-07-02"),
        (datetime(2026, 1, 1, 23, 59, tzinfo=UTC), "2026-01-01"),
        (None, "None"),
    ],
)
def test_a_day_is_londons(moment: datetime | None, expected: str) -> None:
    assert rendered("{{ moment|day|stringformat:'s' }}", moment=moment) == expected


@pytest.mark.parametrize(
    ("expires_at", "expected"),
    [
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), "2026-07-01"),
        (datetime(2026, 7, 1, 23, 0, 1, tzinfo=UTC), "2026-07-02"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2026-07-02"),
        (datetime(2026, 1, 1, 23, 30, tzinfo=UTC), "2026-01-01"),
    ],
)
def test_a_link_that_ends_at_midnight_worked_the_day_before(
    expires_at: datetime, expected: str
) -> None:
    assert rendered("{{ moment|last_day|stringformat:'s' }}", moment=expires_at) == expected


def test_no_template_takes_a_day_in_utc() -> None:
    templates = Path(settings.ROOT, "templates").rglob("*.*")
    assert [path.name for path in templates if "at.date " in path.read_text()] == []


def test_buttons() -> None:
    link = "{% button_link url=url label='Go' kind='secondary' icon='arrow' %}"
    assert without_icons(rendered(link, url="/a?b=1&c=2")) == (
        '<a class="button button-secondary" href="/a?b=1&amp;c=2">Go</a>'
    )
    assert rendered("{% submit label='Save' name='next' value='1' %}") == (
        '<button class="button button-primary" type="submit" name="next" value="1">Save</button>'
    )


def test_page_header() -> None:
    html = rendered(
        "{% page_header title='Pledges' lead='All of them' back_url='/x/' eyebrow='Harbour' %}"
        "{% submit label='Go' %}{% endpage_header %}"
    )
    assert without_icons(html) == (
        '<header class="page-header"><p><a class="back-link" href="/x/">Back</a></p>'
        '<p class="eyebrow">Harbour</p><h1>Pledges</h1><p class="lead">All of them</p>'
        '<div class="actions"><button class="button button-primary" type="submit">Go</button></div>'
        "</header>"
    )
    bare = rendered("{% page_header title='Pledges' %}{% endpage_header %}")
    assert bare == '<header class="page-header"><h1>Pledges</h1></header>'


def test_card() -> None:
    html = rendered("{% card title='One' url='/1/' level=3 kind='accent' %}<p>in</p>{% endcard %}")
    assert html == (
        '<section class="card card-accent"><h3 class="card-title"><a href="/1/">One</a></h3>'
        "<p>in</p></section>"
    )
    assert rendered("{% card %}in{% endcard %}") == '<section class="card"> in </section>'


def test_notice_quotation_hint_confirm_and_table() -> None:
    notice = rendered("{% notice kind='warning' title='Mind' %}<p>x</p>{% endnotice %}")
    assert without_icons(notice) == (
        '<div class="notice notice-warning"><div class="notice-body"><p><strong>Mind</strong></p>'
        "<p>x</p></div></div>"
    )
    assert rendered("{% quotation source='Us' url='/w/' %}<p>x</p>{% endquotation %}") == (
        '<figure class="quotation"><blockquote><p>x</p></blockquote>'
        '<figcaption><a href="/w/">Us</a></figcaption></figure>'
    )
    assert rendered("{% hint term='Lead' %}<p>x</p>{% endhint %}") == (
        '<details class="hint"><summary>Lead</summary>'
        '<div class="hint-body"><p>x</p></div></details>'
    )
    assert rendered("{% confirm label='Remove' %}<p>x</p>{% endconfirm %}") == (
        '<details class="confirm"><summary class="button button-danger">Remove</summary>'
        '<div class="confirm-body stack-tight"><p>x</p></div></details>'
    )
    assert rendered("{% table_wrap label='All' %}<table></table>{% endtable_wrap %}") == (
        '<div class="table-wrap" role="region" aria-label="All" tabindex="0"><table></table></div>'
    )


def test_summary() -> None:
    html = rendered(
        "{% summary %}{% summary_row term='Date' change_url='/d/' %}1 May{% endsummary_row %}"
        "{% endsummary %}"
    )
    assert html == (
        '<dl class="summary"><div class="summary-row"><dt>Date</dt><dd> 1 May </dd>'
        '<dd class="summary-change"><a href="/d/">Change<span class="visually-hidden"> Date</span>'
        "</a></dd></div></dl>"
    )
    assert rendered("{% summary_list rows=rows %}", rows=[("A", "<b>")]) == (
        '<dl class="summary"><div class="summary-row"><dt>A</dt><dd> &lt;b&gt; </dd></div></dl>'
    )


def test_task_list() -> None:
    html = rendered(
        "{% task_list %}{% task title='Ask' url='/a/' kind='done' detail='d' %}"
        "{% task title='Wait' kind='not_started' label='Later' %}{% endtask_list %}"
    )
    assert without_icons(html) == (
        '<ul class="task-list"><li class="task"><div><a href="/a/">Ask</a>'
        '<p class="small muted">d</p></div><span class="status status-done">Done</span></li>'
        '<li class="task"><div><span>Wait</span></div>'
        '<span class="status status-not-started">Later</span></li></ul>'
    )


def test_empty_state() -> None:
    html = rendered("{% empty_state title='None yet' text='Add one.' url='/n/' action='Add' %}")
    assert without_icons(html) == (
        '<div class="empty-state"><p class="empty-title">None yet</p><p class="muted">Add one.</p>'
        '<p><a class="button button-primary" href="/n/">Add</a></p></div>'
    )


@pytest.mark.parametrize(("count", "shown", "folded"), [(12, 12, 0), (13, 8, 5), (40, 8, 32)])
def test_a_long_timeline_is_folded(count: int, shown: int, folded: int) -> None:
    at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    entries = [SimpleNamespace(at=at, text=f"Step {number}") for number in range(count)]
    seen, _, more = rendered("{% timeline entries=entries %}", entries=entries).partition(
        "<details"
    )
    assert (seen.count("<li>"), more.count("<li>")) == (shown, folded)
    assert (f"{folded} more from before" in more) is bool(folded)
    assert ('start="9"' in more) is bool(folded)


def test_timeline() -> None:
    entry = SimpleNamespace(at=date(2026, 3, 2), text="Amara pledged")
    assert rendered("{% timeline entries=entries %}", entries=[entry]) == (
        '<ol class="timeline"><li><p>Amara pledged</p><p class="small muted">'
        '<time datetime="2026-03-02">2 March 2026</time></p></li></ol>'
    )
    assert rendered("{% timeline entries=entries %}", entries=[]) == (
        '<p class="muted">Nothing has happened yet.</p>'
    )


def test_error_summary_leads_to_each_field() -> None:
    form = EventForm({"name": "", "basis": "z"})
    html = rendered("{% error_summary form %}", form=form)
    assert html == (
        '<div class="error-summary" role="alert" tabindex="-1" id="error-summary" autofocus>'
        "<h2>There is a problem</h2><ul><li>The counts do not add up.</li>"
        '<li><a href="#id_name">Enter the name.</a></li>'
        '<li><a href="#id_basis_0">Source: Select a valid choice. z is not one of the available '
        "choices.</a></li></ul></div>"
    )


def test_error_summary_is_silent_without_errors() -> None:
    assert rendered("{% error_summary form other %}", form=EventForm(), other=None) == ""


def test_errors_of_a_formset_are_gathered() -> None:
    forms_of_events = formset_factory(EventForm, min_num=2, validate_min=True)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-basis": "a"}
    targets = [link.target for link in error_links(forms_of_events(data))]
    assert targets == ["", "", "id_form-0-name"]


def test_a_field_in_error_is_tied_to_its_message() -> None:
    html = rendered("{% form_fields form=form %}", form=EventForm({"name": ""}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert "<form" not in html
    assert "csrfmiddlewaretoken" not in html


def test_a_form_without_a_helper_is_drawn_alike() -> None:
    class Bare(forms.Form):
        name = forms.CharField()

    html = rendered("{% form_fields form=form %}", form=Bare())
    assert 'class="textinput form-control"' in html
    assert "<form" not in html


def test_copy_texts_have_ids_of_their_own() -> None:
    html = rendered(
        "{% copy_text text=t label='One' %}{% copy_text text='b' label='Two' rows=2 %}", t="<a>"
    )
    assert (
        '<textarea class="form-control" id="copy-1" rows="8" readonly>&lt;a&gt;</textarea>' in html
    )
    assert '<textarea class="form-control" id="copy-2" rows="2" readonly>b</textarea>' in html
