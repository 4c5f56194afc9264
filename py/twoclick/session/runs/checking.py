"""Whether the runs of a project file are whole: each can be taken back, done again, or go on."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, get_args

from twoclick.domain.project import Project
from twoclick.domain.run import Run, RunState
from twoclick.domain.suggestion import read_columns
from twoclick.session.history import Entry
from twoclick.session.runs.parts import before_value, planned_annotations, planned_suggestions
from twoclick.session.runs.placing import MOST_SUGGESTIONS
from twoclick.session.runs.records import ASSETS, BEFORE, PLAN, run_value


class RunsCheck:
    """Takes the runs of a project, then their parts, then says whether something is missing.

    What is wrong with a record raises ValueError, KeyError, TypeError or InvalidColumnsError.
    """

    def __init__(self) -> None:
        self._runs: dict[str, Run] = {}
        self._parts: dict[tuple[str, str], set[int]] = {}

    def take_run(self, record: Mapping[str, Any]) -> None:
        """Checks a run by itself."""
        run = run_value(record)
        if run.state not in get_args(RunState) or not 0 <= run.done <= len(run.sizes):
            raise ValueError(f'"{run.name}" is nowhere: {run.state}, {run.done}')
        self._runs[run.id] = run

    def take_part(
        self, record: Mapping[str, Any], *, project: Project, asset_ids: Collection[str]
    ) -> None:
        """Checks a part of one of the runs; what is only planned is nobody's and comes to nothing
        when the project is opened."""
        run = self._runs[record["runId"]]
        if run.state == "planned":
            return
        number, what = record["number"], record["what"]
        if what == ASSETS:
            if tuple(len(part) for part in record["parts"]) != run.sizes:
                raise ValueError(f'"{run.name}" is about other images')
            named: Iterable[str] = (one for part in record["parts"] for one in part)
        elif what == PLAN:
            named = _planned(run, record, project)
            if len(record["assetIds"]) != run.sizes[number - 1]:
                raise ValueError(f'part {number} of "{run.name}" is about other images')
        else:
            before = tuple(before_value(record))
            _check_tags(run, project, (a.tag_id for one in before for a in one.annotations))
            named = (one.asset_id for one in before)
        if not set(named) <= set(asset_ids):
            raise ValueError(f'"{run.name}" is about an image that is missing')
        self._parts.setdefault((run.id, what), set()).add(number)

    def missing(self, entries: Mapping[str, Entry], project: Project) -> str | None:
        """What is missing or does not fit together; `entries` are the steps that are runs, by the
        ids of these."""
        runs = {key: run for key, run in self._runs.items() if run.state != "planned"}
        if not entries.keys() <= runs.keys():
            return "runs of the history are missing"
        if sum(run.is_moving for run in runs.values()) > 1:
            return "two runs move at once"
        for run in runs.values():
            entry = entries.get(run.id)
            if run.seq != (None if entry is None else entry.seq):
                return f'the step "{run.name}" is missing'
            if entry is None and not run.is_moving:
                return f'"{run.name}" is no step'
            if entry is not None and not _fits(run, entry, project):
                return f'"{run.name}" is done and undone'
            if not self._is_whole(run):
                return f'parts of "{run.name}" are missing'
        return None

    def _is_whole(self, run: Run) -> bool:
        planned = self._parts.get((run.id, PLAN), set())
        done = self._parts.get((run.id, BEFORE), set())
        needs_before = set(range(1, run.done + 1)) if run.predictor is None else set()
        return (
            planned >= set(range(1, len(run.sizes) + 1))
            and done >= needs_before
            and 0 in self._parts.get((run.id, ASSETS), set())
        )


def _planned(run: Run, record: Mapping[str, Any], project: Project) -> list[str]:
    if run.predictor is None:
        planned = tuple(planned_annotations(record))
        _check_tags(run, project, (a.tag_id for one in planned for a in one.annotations))
        return [one.asset_id for one in planned]
    classes = len(run.predictor.classes)
    found = tuple(planned_suggestions(record))
    for one in found:
        read_columns(one.columns, classes=classes, cap=MOST_SUGGESTIONS)
    return [one.asset_id for one in found]


def _check_tags(run: Run, project: Project, tag_ids: Iterable[str]) -> None:
    known = {tag.id for tag in (*project.tags, *run.tags)}
    if not known.issuperset(tag_ids):
        raise ValueError(f'"{run.name}" has a tag that is missing')


def _fits(run: Run, entry: Entry, project: Project) -> bool:
    """Whether the history is on the side of the step that the run is on, or moves to."""
    return (entry.seq <= project.history.position) == (run.state in ("done", "forward"))
