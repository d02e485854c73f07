"""The files of a leader's record."""

from tests.access_rows import Rows, Seeds


def rows(seeds: Seeds) -> Rows:
    of_pledge = {"pk": seeds.pledge.pk}
    return dict.fromkeys(("record_csv", "figures_csv", "record_pdf"), of_pledge)
