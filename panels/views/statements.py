"""Making statements about one line-up: for anyone, or for one invited leader."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from organisations.refusals import Refused
from panels.actions.statements import LINK_LASTS, make_statement, revoke_statement
from panels.enums import StatementKind
from panels.forms.statements import StatementForm
from panels.freezing import fingerprint
from panels.models import Gathering
from panels.queries import statements as queries
from panels.statement_facts import QUESTION, Facts, drawn
from panels.statement_words import about, stated, texts_of
from panels.views.loading import gathering_of

SAID = {
    StatementKind.PUBLIC: "The statement is public. Its address is below.",
    StatementKind.LEADER: "The link is made. Copy it below and send it yourself.",
}


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def statement_share(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    form = StatementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kind = StatementKind(form.cleaned_data["kind"])
        try:
            _, is_new = make_statement(
                gathering=gathering,
                kind=kind,
                seen=form.cleaned_data["seen"],
                by=request.user,
                now=timezone.now(),
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, SAID[kind] if is_new else "That is made already.")
            return redirect("statement_share", request.organisation.slug, gathering.pk)
    return render(request, "panels/statement_share.html", _context(gathering, form))


def shown_facts(facts: Facts) -> dict[str, object]:
    """What `_statement.html` draws, the same before it is made and after."""
    return {
        "facts": facts,
        "measures": drawn(facts),
        "question": QUESTION,
        "about": about(facts),
        "stated": stated(facts),
    }


def _context(gathering: Gathering, form: StatementForm) -> dict[str, object]:
    facts = queries.facts_to_state(gathering, today=timezone.localdate())
    seen = fingerprint(facts) if facts else ""
    links = queries.open_links_of(gathering, now=timezone.now())
    standing = queries.public_statement_of(gathering)
    context: dict[str, object] = {
        "gathering": gathering,
        "form": form,
        "seen": seen,
        "links": [(statement, queries.link_of(statement)) for statement in links],
        "standing": standing,
        "says_the_same": bool(standing and standing.sha256 == seen),
        "lasts": LINK_LASTS.days,
    }
    if facts:
        context |= shown_facts(facts)
    if standing:
        address = queries.address_of(standing)
        embed = queries.address_of(standing, "statement_embed")
        context["address"] = address
        context["texts"] = texts_of(standing.facts, address=address, embed=embed)
    return context


@for_organisation(Role.ORGANISER)
@require_POST
def statement_revoke(request: OrganisationRequest, pk: UUID, statement: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    found = get_object_or_404(queries.statements_of(gathering), pk=statement)
    is_new = revoke_statement(statement=found, by=request.user, now=timezone.now())
    said = "Taken back. It opens for nobody any more." if is_new else "It was taken back already."
    messages.success(request, said)
    return redirect("statement_share", request.organisation.slug, gathering.pk)
