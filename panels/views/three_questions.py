"""Who isn't at the table, who should be, and how can we get them there?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from panels.actions.three_questions import answer_three
from panels.forms.three_questions import ThreeForm
from panels.models import Gathering
from panels.queries.three_questions import as_read, is_due, three_answers_of
from panels.views.loading import gathering_of
from ui.paging import page_of


@for_organisation()
@require_safe
def three_questions(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    newest = three_answers_of(gathering).first()
    return _page(request, gathering, ThreeForm(today=timezone.localdate(), newest=newest))


@for_organisation(Role.ORGANISER)
@require_POST
def three_questions_answer(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    form = ThreeForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, gathering, form)
    is_new = answer_three(
        gathering=gathering, **form.cleaned_data, by=request.user, now=timezone.now()
    )
    messages.success(request, "Saved." if is_new else "That is what was answered today already.")
    return redirect("three_questions", request.organisation.slug, gathering.pk)


def _page(request: OrganisationRequest, gathering: Gathering, form: ThreeForm) -> HttpResponse:
    page = page_of(three_answers_of(gathering), request.GET.get("page"))
    rows = [as_read(row) for row in page.object_list]
    newest = rows[0].row if rows and page.number == 1 else None
    context = {
        "gathering": gathering,
        "form": form,
        "page": page,
        "rows": rows,
        "is_due": is_due(newest, today=timezone.localdate()),
        "may_edit": request.membership.has_role(Role.ORGANISER),
    }
    return render(request, "panels/three_questions.html", context)
