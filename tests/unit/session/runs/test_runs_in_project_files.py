"""Project files with runs: taken back and done again elsewhere, or going on there."""

from collections.abc import Callable
from typing import Any

import pytest

from twoclick.session.archive import BadFileError
from twoclick.session.refusal import Refused
from unit.session.project_file import OtherBrowser, Parts, give_images, there, written
from unit.session.runs.importing import A, B, Importing, MortalStore, OnImage, imported, moved
from unit.session.runs.test_suggestions import scored, suggested
from unit.session.test_bad_project_files import change_part, change_record, first_line_only
from unit.session.workplace import Workplace


@pytest.fixture
def brought(worked: Workplace) -> Workplace:
    """A project with an import of annotations and one of suggestions, which is taken back."""
    imported(worked, OnImage(at=1, shapes=[(A, 0)]), OnImage(at=2, shapes=[(B, 1)]))
    suggested(worked, scored(0, (A, 0, 0.9)), scored(1, (B, 1, 0.8)))
    moved(worked, "undo")
    return worked


def test_what_is_restored_is_taken_back_and_done_again(
    brought: Workplace, other: OtherBrowser
) -> None:
    project_id = other.restore(written(brought))
    assert other.everything() == there(brought)
    with Workplace(store=other.store, project_id=project_id) as copy:
        moved(copy, "redo")
        copy.do("go-to", assetId=copy.ids[0])
        assert copy.view["status"] == [0]
        moved(copy, "undo")
        moved(copy, "undo")
        moved(brought, "undo")
        assert copy.documents() == brought.documents()


def test_a_run_in_the_middle_goes_on_where_the_file_is_opened(other: OtherBrowser) -> None:
    store = MortalStore()
    with Workplace(assets=120, store=store) as place:
        give_images(place)
        run = Importing(place)
        run.add(*(OnImage(at=at, shapes=[(A, 0)]) for at in range(120)))
        store.left = 3
        with pytest.raises(Refused):
            run.start()
        store.left = None
        assert sum(row["annotations"] for row in place.rows.values()) == 50
        project_id = other.restore(written(place))
        run.start()
        with Workplace(store=other.store, project_id=project_id) as copy:
            copy.run(copy.session.mover.ended())
            assert sum(row["annotations"] for row in copy.rows.values()) == 120
            assert copy.history["undo"] == "Import labels"
            assert copy.documents() == place.documents()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (change_part("runs", lambda _: b""), "damaged"),
        (change_part("runParts", first_line_only), 'parts of ".*" are missing'),
        (change_record("runs", state="gone"), "nowhere"),
        (change_record("runs", state="forward", seq=None), "is missing|is no step"),
        (change_record("runs", done=9), "nowhere"),
        (change_record("runs", sizes=[1]), "other images"),
        (change_record("runParts", parts=[["nothing", "other"]]), "an image that is missing"),
        (change_record("runParts", runId="nothing"), "damaged"),
    ],
)
def test_what_is_wrong_with_a_run_is_said(
    brought: Workplace, other: OtherBrowser, damage: Callable[[Parts], None], said: str
) -> None:
    parts = written(brought)
    damage(parts)
    with pytest.raises(BadFileError, match=said):
        other.restore(parts)
    left: Any = other.everything()
    assert all(not records for name, records in left.items() if name != "images")
