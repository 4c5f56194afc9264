"""Whether the records of a project file make a whole project, checked as they are read."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from twoclick.domain.asset import Asset
from twoclick.domain.document import Document
from twoclick.domain.project import Project
from twoclick.session.archive import BadFileError, RecordsPart
from twoclick.session.document_records import document_value
from twoclick.session.history import Entry
from twoclick.session.history_records import entry_value
from twoclick.session.records import asset_value, predictions_value, project_value
from twoclick.session.runs.checking import RunsCheck


class ArchiveCheck:
    """Takes every record in the order of `archive.STORES`, then says whether something is missing.

    Each method raises BadFileError, which names the part and what is wrong there.
    """

    def __init__(
        self, *, project_id: str, digests: frozenset[str], models: frozenset[str] = frozenset()
    ) -> None:
        """`digests` of the images and of the `models` whose files there are."""
        self._project_id = project_id
        self._digests = digests
        self._models = models
        self._project: Project | None = None
        self._assets: dict[str, Asset] = {}
        self._answered: dict[str, set[str]] = {}
        self._annotated: dict[str, Counter[str]] = {}
        self._steps: set[int] = set()
        self._run_entries: dict[str, Entry] = {}
        self._runs = RunsCheck()

    @property
    def project(self) -> Project:
        """The project of the file."""
        if self._project is None:
            raise BadFileError("The file holds no project")
        return self._project

    def take(self, part: RecordsPart, record: Mapping[str, Any]) -> None:
        """Checks one record against those before it."""
        try:
            owner = record["id" if part.store == "projects" else "projectId"]
            if owner != self._project_id:
                raise ValueError(f"it belongs to another project, {owner}")
            _TAKE[part.store](self, record)
        except BadFileError:
            raise
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise BadFileError(f"{part.path} has a damaged record: {error!r}") from error

    def finish(self) -> None:
        """Says what is missing or does not fit together."""
        project = self.project
        _check(len(self._assets) == project.asset_count, "images are missing from its list")
        _check(project.current_asset_id in self._assets, "the image that was open is missing")
        used = {asset.digest for asset in self._assets.values()}
        _check(used == self._digests, "it has images that are in no list")
        known = {predictor.digest for predictor in project.predictors}
        _check(self._models <= known, "it has files of a model that is in no list")
        finished = sum(asset.is_finished for asset in self._assets.values())
        _check(finished == project.finished, "label states do not add up")
        for asset in self._assets.values():
            counts = self._annotated.get(asset.id, Counter())
            _check(counts == asset.tag_counts, f"annotations of {asset.name} are missing")
            answered = {one for one, answer in asset.answers.items() if answer.ready}
            _check(
                answered <= self._answered.get(asset.id, set()),
                f"suggestions of {asset.name} are missing",
            )
        pointer = project.history
        steps = set(range(pointer.first, pointer.last + 1))
        _check(steps == self._steps, "steps of the history are missing")
        missing = self._runs.missing(self._run_entries, project)
        _check(missing is None, missing or "")

    def _take_project(self, record: Mapping[str, Any]) -> None:
        if self._project is not None:
            raise ValueError("there are two projects")
        self._project = project_value(record)
        if not set(self._project.class_order) <= {tag.id for tag in self._project.tags}:
            raise ValueError("the class order has a tag that is missing")

    def _take_asset(self, record: Mapping[str, Any]) -> None:
        asset = asset_value(record)
        if asset.id in self._assets:
            raise ValueError(f"{asset.name} is there twice")
        if asset.digest not in self._digests:
            raise ValueError(f"the image of {asset.name} is missing")
        self._assets[asset.id] = asset

    def _take_document(self, record: Mapping[str, Any]) -> None:
        document: Document = document_value(record)
        asset = self._assets[document.asset_id]
        if asset.id in self._annotated:
            raise ValueError(f"{asset.name} has two documents")
        counts = Counter(one.tag_id for one in document.annotations.values())
        unknown = counts.keys() - {tag.id for tag in self.project.tags}
        if unknown:
            raise ValueError(f"annotations of {asset.name} have a tag that is missing")
        self._annotated[asset.id] = counts

    def _take_predictions(self, record: Mapping[str, Any]) -> None:
        predictor = self.project.predictor(record["predictorId"])
        if predictor is None:
            raise ValueError("suggestions of a model that is missing")
        predictions = predictions_value(record, classes=len(predictor.classes))
        asset = self._assets[predictions.asset_id]
        self._answered.setdefault(asset.id, set()).add(predictor.id)

    def _take_entry(self, record: Mapping[str, Any]) -> None:
        entry = entry_value(record)
        if entry.asset_id not in self._assets:
            raise ValueError("a step on an image that is missing")
        self._steps.add(entry.seq)
        if entry.run_id is not None:
            self._run_entries[entry.run_id] = entry

    def _take_run(self, record: Mapping[str, Any]) -> None:
        self._runs.take_run(record)

    def _take_run_part(self, record: Mapping[str, Any]) -> None:
        self._runs.take_part(record, project=self.project, asset_ids=self._assets.keys())


_TAKE = {
    "projects": ArchiveCheck._take_project,
    "assets": ArchiveCheck._take_asset,
    "documents": ArchiveCheck._take_document,
    "predictions": ArchiveCheck._take_predictions,
    "history": ArchiveCheck._take_entry,
    "runs": ArchiveCheck._take_run,
    "runParts": ArchiveCheck._take_run_part,
}


def _check(holds: bool, what: str) -> None:
    if not holds:
        raise BadFileError(f"The project file is not complete: {what}")
