"""Pages of an organisation × every method × four people, with others' ids put in their place."""

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from tests.access.routes import GUARDED, LOGIN, METHODS, ROUTES, address, ask
from tests.access_world import World

# Doors that a relation opens (leading an action, sponsoring a recommendation), not a role.
BY_RELATION = {
    "action_accept",
    "action_not_yet",
    "action_object",
    "assessment_edit",
    "closure_decide",
    "closure_propose",
    "closure_withdraw",
    "coverage_count",
    "date_move",
    "embedding_check",
    "evidence_add",
    "evidence_version",
    "evidence_withdraw",
    "extension_ask",
    "extension_decide",
    "extension_withdraw",
    "learning_date_add",
    "learning_date_remove",
    "learning_edit",
    "learning_remove",
    "objection_settle",
    "occurrence_add",
    "occurrence_remove",
    "pack_detail",
    "pack_export",
    "pack_list",
    "pack_minutes",
    "pack_paper",
    "pack_paper_again",
    "pack_pdf",
    "recheck_record",
    "response_decide",
    "unit_cover",
    "units_edit",
    "update_post",
}


@pytest.mark.parametrize("name", GUARDED)
def test_pages_of_an_organisation(
    name: str,
    harbours: World,
    northsides: World,
    client: Client,
    as_alice: Client,
    as_bea: Client,
    as_chidi: Client,
    bea: User,
) -> None:
    view = ROUTES[name][1].callback
    path = address(name, harbours)
    needs = set(getattr(view, "access_roles", ()))
    bea_is_refused = (needs and "staff" not in needs) or name in BY_RELATION
    for method in METHODS:
        anonymous = ask(client, method, path)
        assert anonymous.status_code == 302, f"{method} {path} anonymous"
        assert anonymous["Location"].startswith(LOGIN), f"{method} {path} anonymous"
        stranger = ask(as_chidi, method, path)
        assert stranger.status_code == 404, f"{method} {path} stranger"
        without_role = ask(as_bea, method, path)
        allowed = {403, 405} if bea_is_refused else {200, 302, 405}
        assert without_role.status_code in allowed, f"{method} {path} without the role"
        if needs and "staff" not in needs:
            assert without_role.status_code == 403, f"{method} {path} without the role"
        with_role = ask(as_alice, method, path)
        assert with_role.status_code in {200, 302, 405}, f"{method} {path} with the role"
        for response in (anonymous, without_role, with_role):
            assert northsides.canary not in response.content.decode(errors="replace")
        assert harbours.canary not in stranger.content.decode(errors="replace")


@pytest.mark.parametrize("name", [name for name in GUARDED if ROUTES[name][0].count("<") > 1])
def test_another_organisations_row_is_not_found(
    name: str, harbours: World, northsides: World, as_alice: Client
) -> None:
    """Our address, their ids: each one by itself, and all of them at once."""
    foreign = northsides.arguments[name]
    if name == "catalogue_adopt":
        foreign = foreign | {"key": "no-such-catalogue"}
    own = harbours.arguments[name]
    ids = [key for key in own if key != "organisation"]
    for swapped in [*([key] for key in ids), ids]:
        mixed = own | {key: foreign[key] for key in swapped}
        path = reverse(name, kwargs=mixed)
        for method in ("GET", "HEAD", "POST"):
            response = ask(as_alice, method, path)
            assert response.status_code in {404, 405}, f"{method} {path}"
            assert northsides.canary not in response.content.decode(errors="replace")
        statuses = {ask(as_alice, method, path).status_code for method in ("GET", "POST")}
        assert 404 in statuses, path
