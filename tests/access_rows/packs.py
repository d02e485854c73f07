"""Packs, and the links to them; what stands in one is for a few roles alone."""

from datetime import timedelta

from django.utils import timezone

from committees.actions.pack_links import make_link
from committees.actions.packs import freeze_pack
from committees.enums import GroupKind
from organisations.tokens import new_token
from tests.access_rows import Rows, Seeds
from tests.factories.committees import GroupFactory, MeetingFactory


def rows(seeds: Seeds) -> Rows:
    now = timezone.now()
    committee = GroupFactory(
        organisation=seeds.organisation,
        kind=GroupKind.ACCOUNTABILITY,
        name=f"{seeds.canary} committee",
    )
    soon, later = (
        MeetingFactory(group=committee, date=timezone.localdate(now) + timedelta(days=days))
        for days in (8, 98)
    )
    pack = freeze_pack(meeting=soon, by=seeds.owner, now=now)
    link, _ = make_link(pack=pack, days=30, by=seeds.owner, now=now)
    here = {"organisation": seeds.organisation.slug}
    of_pack = here | {"pk": pack.pk}
    return {
        "pack_list": here,
        "pack_freeze": here | {"pk": later.pk},
        "pack_detail": of_pack,
        "pack_minutes": of_pack,
        "pack_paper": of_pack,
        "pack_paper_again": of_pack,
        "pack_pdf": of_pack,
        "pack_export": of_pack,
        "pack_link_make": of_pack,
        "pack_link_end": here | {"pk": link.pk},
        # Of nobody: whoever has the link reads what no other page shows them.
        "pack_read": {"token": new_token()},
        "pack_read_pdf": {"token": new_token()},
    }
