"""The checklist, the three questions, and statements about a line-up that anybody may read."""

from organisations.tokens import new_token
from panels.enums import BarrierState
from tests.access_rows import Rows, Seeds
from tests.factories.barriers import (
    ChecklistItemFactory,
    ThreeAnswersFactory,
    own_copy,
    said,
    stated,
)
from tests.factories.panels import GatheringFactory, enter_count, numbers


def rows(seeds: Seeds) -> Rows:
    here, event = {"organisation": seeds.organisation.slug}, {"pk": seeds.gathering.pk}
    own_copy(seeds.organisation, seeds.owner)
    line = ChecklistItemFactory(organisation=seeds.organisation, text=f"{seeds.canary} line")
    note = f"{seeds.canary} note"
    said(seeds.gathering, "travel", BarrierState.PLANNED, by=seeds.other, note=note)
    ThreeAnswersFactory(gathering=seeds.gathering, by=seeds.other, how=f"{seeds.canary} how")
    # A statement is everybody's to read, so what it is about carries no canary.
    shown = GatheringFactory(organisation=seeds.organisation, title="Open voices")
    enter_count(shown, numbers(6, 3, 3, 1, 5), by=seeds.owner)
    public = stated(shown, by=seeds.owner)
    of_slug = {"slug": public.slug}
    return {
        "barriers_edit": here | event,
        "checklist_edit": here,
        "checklist_step": here,
        "checklist_line": here | {"key": str(line.pk)},
        "three_questions": here | event,
        "three_questions_answer": here | event,
        "statement_share": here | {"pk": shown.pk},
        "statement_revoke": here | {"pk": shown.pk, "statement": public.pk},
        "statement_public": of_slug,
        "statement_image": of_slug,
        "statement_pdf": of_slug,
        "statement_embed": of_slug,
        "statement_link": {"token": new_token()},
    }
