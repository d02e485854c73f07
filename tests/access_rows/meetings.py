"""Meetings with their agendas, and advice."""

from committees.enums import GroupKind
from tests.access_rows import Rows, Seeds
from tests.factories.agenda import AdviceFactory, AgendaItemFactory, ApologyFactory
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory


def rows(seeds: Seeds) -> Rows:
    here, canary = {"organisation": seeds.organisation.slug}, seeds.canary
    group = GroupFactory(
        organisation=seeds.organisation, name=f"{canary} forum", kind=GroupKind.FORUM
    )
    meeting = MeetingFactory(
        group=group, kind="seminar", topic=f"{canary} topic", place=f"{canary} place"
    )
    recommendation = RecommendationFactory(
        organisation=seeds.organisation, title=f"{canary} recommendation to talk about"
    )
    item = AgendaItemFactory(
        meeting=meeting,
        title=f"{canary} item",
        recommendation=recommendation,
        action=ActionFactory(
            recommendation=recommendation, cadence=True, title=f"{canary} action each quarter"
        ),
    )
    ApologyFactory(
        meeting=meeting,
        member=GroupMemberFactory(group=group, user=seeds.other, from_date=meeting.date),
    )
    return {
        **dict.fromkeys(
            ("group_edit", "group_close", "group_reopen", "group_calendar"),
            here | {"pk": group.pk},
        ),
        **dict.fromkeys(
            ("meeting_detail", "meeting_edit", "agenda_edit", "apologies_edit"),
            here | {"pk": meeting.pk},
        ),
        **dict.fromkeys(
            ("agenda_item_edit", "agenda_item_move", "agenda_item_remove"), here | {"pk": item.pk}
        ),
        **_advice(seeds),
    }


def _advice(seeds: Seeds) -> Rows:
    here, canary = {"organisation": seeds.organisation.slug}, seeds.canary
    advisers = GroupFactory(
        organisation=seeds.organisation, name=f"{canary} advisers", kind=GroupKind.ADVISORY
    )
    given = AdviceFactory(
        organisation=seeds.organisation,
        group=advisers,
        number=1,
        title=f"{canary} advice",
        text=f"{canary} text",
    )
    asked = AdviceFactory(
        organisation=seeds.organisation,
        group=advisers,
        number=2,
        asked=True,
        title=f"{canary} matter",
        question=f"{canary} question",
    )
    return {
        **dict.fromkeys(("advice_list", "advice_give", "advice_ask"), here),
        **dict.fromkeys(("advice_detail", "advice_answer"), here | {"pk": given.pk}),
        "advice_reply": here | {"pk": asked.pk},
    }
