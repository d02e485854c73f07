from django.apps import AppConfig

ROOMS = ("meetings", "agenda", "decisions", "packs", "advice")
"""Where the pages about groups are in the address, beside the groups themselves."""


class CommitteesConfig(AppConfig):
    name = "committees"

    def ready(self) -> None:
        from committees.actions.erasing import erase_words
        from committees.enums import AdviceAnswer, CommitteeVerb, DecisionKind
        from committees.queries import deciders
        from committees.queries.meetings import next_meetings
        from history.registry import register
        from organisations import erasure
        from recommendations import meetings_ahead, who_decides
        from ui.navigation import register as add_to_menu

        register(CommitteeVerb, decision=DecisionKind, answer=AdviceAnswer)
        erasure.register(erase_words)
        meetings_ahead.register(next_meetings)
        way = who_decides.Way(deciders.columns, deciders.judging, deciders.seats_held)
        who_decides.register(way)
        add_to_menu("Committees", "group_list", order=40, rooms=ROOMS)
