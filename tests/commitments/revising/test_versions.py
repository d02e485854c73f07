"""What each version that was signed promised, for everybody to read."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.actions.making import write_own
from commitments.actions.publishing import sign_again
from commitments.actions.revising import begin_revision
from commitments.models import Pledge
from organisations.models import User
from tests.commitments.revising.conftest import NOW


class TestVersions:
    def sign(self, pledge: Pledge, alice: User, *, times: int) -> None:
        for number in range(times):
            begin_revision(pledge=pledge, by=alice, now=NOW)
            write_own(
                pledge=pledge, own=["I learn.", f"Number {number}."], statement=f"Why {number}",
                by=alice, now=NOW,
            )  # fmt: skip
            sign_again(pledge=pledge, by=alice, now=timezone.now())

    def page(self, pledge: Pledge, client: Client) -> str:
        response = client.get(reverse("pledge_versions", args=[pledge.slug]))
        assert response.status_code == 200
        return response.content.decode()

    def test_everybody_reads_what_each_did(self, rich: Pledge, alice: User, client: Client) -> None:
        self.sign(rich, alice, times=2)
        begin_revision(pledge=rich, by=alice, now=NOW)
        page = self.page(rich, client)
        assert page.index("Version 3") < page.index("Version 2") < page.index("Version 1")
        assert "Version 4" not in page
        assert [page.count(word) for word in ("Added: 1", "Reworded: 1")] == [2, 0]
        assert page.count("The words on why this pledge is made are new.") == 2
        assert page.count("The first version.") == 1

    @pytest.mark.parametrize("times", [0, 2])
    def test_it_costs_the_same_with_any_versions(
        self,
        times: int,
        rich: Pledge,
        alice: User,
        client: Client,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        self.sign(rich, alice, times=times)
        with django_assert_num_queries(3):
            self.page(rich, client)

    def test_a_draft_has_none(self, draft: Pledge, client: Client) -> None:
        assert client.get(reverse("pledge_versions", args=[draft.slug])).status_code == 404
        assert client.get(reverse("pledge_versions", args=["nobody"])).status_code == 404
        assert client.post(reverse("pledge_versions", args=["nobody"])).status_code == 405

    def test_what_was_erased_is_not_read_here(
        self, rich: Pledge, alice: User, client: Client
    ) -> None:
        self.sign(rich, alice, times=1)
        Pledge.objects.update(erased_at=NOW)
        page = self.page(rich, client)
        assert ("I learn." in page, "The words were erased" in page) == (False, True)
