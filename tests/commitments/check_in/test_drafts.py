"""A check-in is drafted by an assistant and sent by the leader."""

import pytest
from django.test import Client

from commitments import queries
from commitments.enums import Kept, PledgeVerb
from commitments.models import Pledge
from commitments.views.check_in import CHANGED
from history.models import Entry
from organisations.models import User
from tests.commitments.check_in.conftest import SEEN, answers, said, url
from tests.factories.assisting import CheckInDraftFactory
from tests.factories.sharing import sign_again


def test_an_assistant_drafts_and_the_leader_checks_in(
    old: Pledge, adaeze: User, as_adaeze: Client, as_alice: Client
) -> None:
    sent = answers(old, draft="yes", kept_1="kept", reflection_1="From Adaeze", kept_3="")
    assert as_adaeze.post(url(old), sent)["Location"] == url(old)
    as_adaeze.post(url(old), sent)
    draft = old.check_in_drafts.get()
    assert (draft.by, draft.revision) == (adaeze, 1)
    assert old.check_ins.count() == 0
    response = as_alice.get(url(old))
    page = response.content.decode()
    assert "Adaeze Obi" in page
    assert "From Adaeze" in page
    assert response.context["page"].presets[0].kept == Kept.KEPT
    as_alice.post(url(old), answers(old, kept_1="kept", reflection_1="From Adaeze"))
    assert old.check_in_drafts.count() == 0
    assert said(old) == [(1, Kept.KEPT, "From Adaeze")]
    assert old.check_ins.get().by == old.leader
    verbs = list(Entry.objects.about(old).order_by("pk").values_list("verb", "actor", "details"))
    assert [verb for verb, _, _ in verbs] == [PledgeVerb.CHECK_IN_DRAFTED, PledgeVerb.CHECKED_IN]
    assert "From Adaeze" not in str(verbs)


def test_an_assistants_page_cannot_check_in(old: Pledge, as_adaeze: Client) -> None:
    page = as_adaeze.get(url(old)).content.decode()
    assert "Save as draft" in page
    assert "Save this check-in" not in page


def test_a_leader_may_save_a_draft_too(old: Pledge, as_alice: Client) -> None:
    as_alice.post(url(old), answers(old, draft="yes", reflection_4="Think about this"))
    assert old.check_in_drafts.get().by == old.leader
    assert "Think about this" in as_alice.get(url(old)).content.decode()


@pytest.mark.parametrize("draft", [{"draft": "yes"}, {}])
def test_two_people_at_once_lose_nothing(
    draft: dict[str, str], old: Pledge, as_adaeze: Client, as_alice: Client
) -> None:
    opened = answers(old)
    as_adaeze.post(url(old), opened | {"draft": "yes", "kept_1": "kept", "reflection_1": "Theirs"})
    mine = opened | draft | {"kept_1": "partly", "reflection_1": "Mine"}
    page = as_alice.post(url(old), mine).content.decode()
    assert "Kept: Theirs" in page
    assert "Mine" in page
    assert "Adaeze Obi" in page
    assert (old.check_ins.count(), old.check_in_drafts.get().revision) == (0, 1)
    as_alice.post(url(old), mine | {SEEN: answers(old)[SEEN]})
    if draft:
        assert old.check_in_drafts.get().revision == 2
    else:
        assert said(old) == [(1, Kept.PARTLY, "Mine")]


def test_a_draft_that_comes_after_the_check_in_is_kept_on_the_page(
    old: Pledge, as_adaeze: Client, as_alice: Client
) -> None:
    sent = answers(old, draft="yes", kept_1="kept", reflection_1="Too late")
    as_alice.post(url(old), answers(old, kept_2="kept"))
    response = as_adaeze.post(url(old), sent)
    assert response.status_code == 302
    assert old.check_in_drafts.count() == 0


def test_a_draft_follows_its_promises_into_a_newer_version(old: Pledge, as_alice: Client) -> None:
    """The first promise is left out now, so all others are asked about at the same place."""
    promises = list(queries.kept_promises_of(old))
    CheckInDraftFactory(pledge=old, answers={str(promises[3].pk): ["kept", "Words of the fourth"]})
    sign_again(old, left_out=("inclusive_groups",))
    presets = as_alice.get(url(old)).context["page"].presets
    assert [(p.promise.wording_promise.key, p.words) for p in presets if p.words] == [
        ("keep_asking", "Words of the fourth")
    ]


def test_a_newer_version_is_not_answered_unseen(old: Pledge, as_alice: Client) -> None:
    sent = answers(old, kept_1="kept", reflection_1="Of the older text")
    sign_again(old)
    page = as_alice.post(url(old), sent).content.decode()
    assert CHANGED in page
    assert "Of the older text" in page
    assert old.check_ins.count() == 0
