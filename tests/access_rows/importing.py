"""What was read of a file, at each of its steps."""

from panels.actions.importing import map_upload
from panels.enums import ColumnUse, UploadState
from panels.queries.importing import table_of
from panels.reading import map_table
from tests.access_rows import Rows, Seeds
from tests.factories.importing import UploadFactory, begun


def rows(seeds: Seeds) -> Rows:
    content = f"session,name\n{seeds.canary} talk,{seeds.canary} person".encode()
    here = {"organisation": seeds.organisation.slug, "pk": seeds.gathering.pk}
    to_map, to_confirm = (begun(seeds.gathering, seeds.owner, content) for _ in range(2))
    mapping = {"session": ColumnUse.SESSION, "name": ColumnUse.NAME}
    map_upload(upload=to_confirm, mapping=mapping, mapped=map_table(table_of(to_confirm), mapping))
    saving = UploadFactory(
        gathering=seeds.gathering, by=seeds.owner, state=UploadState.CONFIRMED, done=2
    )
    return {
        "import_start": here,
        "import_template": here,
        "import_map": here | {"upload": to_map.pk},
        "import_confirm": here | {"upload": to_confirm.pk},
        "import_progress": here | {"upload": saving.pk},
    }
