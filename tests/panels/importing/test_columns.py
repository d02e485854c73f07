import pytest
from django.test import Client

from organisations.models import User
from panels.enums import UploadState
from panels.models import Gathering, Session, Upload
from tests.conftest import signed_in_as
from tests.factories.importing import PASTED, begun
from tests.factories.organisations import MembershipFactory
from tests.panels.importing.conftest import MAPPING, step
from tests.panels.pages import errors


def test_it_shows_each_column_with_its_first_values(as_alice: Client, uploaded: Upload) -> None:
    page = as_alice.get(step(uploaded, "columns")).content.decode()
    assert "<bdi>Ada Obi</bdi> · <bdi>Bo Li</bdi> · <bdi>Cam Roy</bdi>" in page
    assert '<option value="name" selected>Name of one person</option>' in page
    assert "woman" not in page
    assert "Column “gender”: it asks for what is never kept of people" in page


def test_roles_are_suggested_by_what_a_column_holds_and_can_be_changed(
    as_alice: Client, conference: Gathering, alice: User
) -> None:
    upload = begun(conference, alice, b"session,name,Position\nA,Ada,Chair\nA,Bo,Speaker\n")
    page = as_alice.get(step(upload, "columns"))
    assert page.context["form"]["column-2"].value() == "role"
    sent = {"column-0": "session", "column-1": "name", "column-2": ""}
    as_alice.post(step(upload, "columns"), sent)
    upload.refresh_from_db()
    assert [name for name, _ in upload.columns] == ["session", "name"]


def test_only_mapped_columns_are_held_from_then_on(as_alice: Client, uploaded: Upload) -> None:
    response = as_alice.post(step(uploaded, "columns"), MAPPING)
    assert response["Location"] == step(uploaded, "confirm")
    uploaded.refresh_from_db()
    assert uploaded.state == UploadState.TO_CONFIRM
    assert [name for name, _ in uploaded.columns] == ["session", "stage", "role", "name", "room"]
    assert uploaded.rows[0] == [2, "Opening", "main", "keynote", "Ada Obi", "Main hall"]
    assert uploaded.thrown_away == [
        "Column “gender”: it asks for what is never kept of people",
        "Column “Comment”",
    ]
    assert uploaded.total == 6
    assert Session.objects.count() == 0


def test_it_can_be_mapped_anew(as_alice: Client, uploaded: Upload) -> None:
    as_alice.post(step(uploaded, "columns"), MAPPING | {"column-2": "room", "column-4": "role"})
    uploaded.refresh_from_db()
    assert uploaded.thrown_away[-1] == "Not understood as a role: “Main hall”, “Room 2”"
    as_alice.post(step(uploaded, "columns"), MAPPING)
    uploaded.refresh_from_db()
    assert uploaded.thrown_away == [
        "Column “gender”: it asks for what is never kept of people",
        "Column “Comment”",
    ]


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"column-0": "name"}, "column-3", "“session”, “name” cannot all hold “Name of one"),
        ({"column-5": "sessions"}, "column-5", "Say of one column only that it holds the titles"),
        ({"column-2": "", "column-3": ""}, "column-0", "Say which column holds the people"),
        ({"column-1": "shoe size"}, "column-1", "Select a valid choice."),
        ({"column-2": "", "column-3": "chairs", "column-4": "x"}, "column-4", "Select a valid"),
    ],
)
def test_bad_input_gets_a_message_at_its_field(
    as_alice: Client, uploaded: Upload, changed: dict[str, str], field: str, message: str
) -> None:
    response = as_alice.post(step(uploaded, "columns"), MAPPING | changed)
    found = errors(response)
    assert list(found) == [field]
    assert found[field][0].startswith(message)
    for name, value in changed.items():
        assert response.context["form"][name].value() == value
    uploaded.refresh_from_db()
    assert uploaded.state == UploadState.TO_MAP


def test_what_cannot_be_a_name_is_said_with_its_row(
    as_alice: Client, conference: Gathering, alice: User
) -> None:
    content = b"session,name\nOne,Ada Obi\nOne," + b"a" * 200
    upload = begun(conference, alice, content)
    response = as_alice.post(step(upload, "columns"), {"column-0": "session", "column-1": "name"})
    assert errors(response) == {"column-0": ["Row 3: a name is longer than 160 characters."]}


def test_a_list_has_no_columns(as_alice: Client, conference: Gathering, alice: User) -> None:
    upload = begun(conference, alice, PASTED)
    assert as_alice.get(step(upload, "columns"))["Location"] == step(upload, "confirm")


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_whatever_its_length(
    as_alice: Client,
    conference: Gathering,
    alice: User,
    rows: int,
    django_assert_num_queries: object,
) -> None:
    content = "session,name\n" + "".join(f"Talk {n},Person {n}\n" for n in range(rows))
    page = step(begun(conference, alice, content.encode()), "columns")
    with django_assert_num_queries(5):  # type: ignore[operator]
        as_alice.get(page)


class TestAccess:
    @pytest.mark.parametrize("name", ["columns", "confirm", "saving"])
    def test_who_may_open_it(
        self,
        as_alice: Client,
        as_bea: Client,
        as_chidi: Client,
        client: Client,
        uploaded: Upload,
        name: str,
    ) -> None:
        page = step(uploaded, name)
        expected = 200 if name == "columns" else 302
        found = [each.get(page).status_code for each in (as_alice, as_bea, as_chidi, client)]
        assert found == [expected, 403, 404, 302]
        assert as_alice.delete(page).status_code == 405

    @pytest.mark.parametrize("name", ["columns", "confirm", "saving"])
    def test_only_who_chose_the_file_goes_on_with_it(
        self, uploaded: Upload, bea: User, name: str
    ) -> None:
        uploaded.gathering.organisation.memberships.filter(user=bea).delete()
        MembershipFactory(
            user=bea, organisation=uploaded.gathering.organisation, roles=["organiser"]
        )
        colleague = signed_in_as(bea)
        assert colleague.get(step(uploaded, name)).status_code == 404
        assert colleague.post(step(uploaded, name), MAPPING).status_code in {404, 405}
        uploaded.refresh_from_db()
        assert uploaded.state == UploadState.TO_MAP

    def test_it_is_found_under_its_own_event_alone(
        self, as_alice: Client, uploaded: Upload, gathering: Gathering
    ) -> None:
        page = step(uploaded, "columns").replace(str(uploaded.gathering_id), str(gathering.pk))
        assert as_alice.get(page).status_code == 404
