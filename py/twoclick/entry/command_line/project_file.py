"""Reading the labels of a project file without a browser."""

from collections.abc import Mapping, Sequence

from twoclick.adapters.files import Entry
from twoclick.domain.asset import Asset
from twoclick.domain.document import Document
from twoclick.domain.project import Project
from twoclick.formats.format import Read
from twoclick.formats.project_labels import file_predictors, file_tags, labelled_image
from twoclick.session.archive import MANIFEST, BadFileError, read_manifest, records_of
from twoclick.session.archive_checks import ArchiveCheck
from twoclick.session.document_records import document_value
from twoclick.session.records import asset_value


def is_project_file(entries: Sequence[Entry]) -> bool:
    """Whether these are the parts of a project file."""
    return any(entry.path == MANIFEST for entry in entries)


class ProjectFile:
    """A project file, all of it checked.  Raises BadFileError where it is not whole."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = {entry.path: entry for entry in entries}
        manifest = read_manifest(self._part(MANIFEST).content())
        self._images = {image.digest: self._part(image.path) for image in manifest.images}
        check = ArchiveCheck(project_id=manifest.project_id, digests=frozenset(self._images))
        self._assets: list[Asset] = []
        self._documents: dict[str, Document] = {}
        for part in manifest.records:
            content = self._part(part.path).content()
            for record in records_of(part, content, schema=manifest.schema):
                check.take(part, record)
                if part.store == "assets":
                    self._assets.append(asset_value(record))
                elif part.store == "documents":
                    document = document_value(record)
                    self._documents[document.asset_id] = document
        check.finish()
        self.project: Project = check.project

    def labels(self) -> Read:
        """Its tags in class order, and its assets in their order, whatever their label states."""
        tags = file_tags(self.project.tags_in_class_order)
        names = {tag.id: tag.name for tag in tags if tag.id is not None}
        assets = sorted(self._assets, key=lambda asset: asset.ordinal)
        return Read(
            tags=tags,
            images=tuple(
                labelled_image(asset, self._documents.get(asset.id), tag_names=names)
                for asset in assets
            ),
            predictors=file_predictors(self.project.predictors),
        )

    def image_files(self) -> Mapping[str, Entry]:
        """The image file of each asset, by the asset's name."""
        return {asset.name: self._images[asset.digest] for asset in self._assets}

    def _part(self, path: str) -> Entry:
        if path not in self._entries:
            raise BadFileError(f"{path} is missing")
        return self._entries[path]
