"""The projects that this browser holds: made, named, copied, put away and erased."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from twoclick.domain.project import Project
from twoclick.ports.clock import Clock
from twoclick.ports.store import Delete, Plan, Put, Store, StoreError
from twoclick.session.founding import new_project, project_name
from twoclick.session.intake import Intake
from twoclick.session.making import OWN, mark, read_chunks, remove, unmark
from twoclick.session.persistence import intake_plan
from twoclick.session.records import project_record, project_value
from twoclick.session.refusal import Refused
from twoclick.session.spec import ImageRef, ProjectSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A stored project; times in milliseconds since 1970 UTC.

    `finished` counts labelled and approved assets; `changes` the steps ever taken, of which the
    project file of `filed_at` has `filed_changes`; `deleted_at` is None where it is not put away.
    """

    id: str
    name: str
    assets: int
    finished: int
    created_at: int
    opened_at: int
    deleted_at: int | None
    changes: int
    filed_changes: int
    filed_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """A project that was made, and what became of its images."""

    project_id: str
    intake: Intake


class ProjectList:
    """Works on projects that are not open; what is open is changed through its session."""

    def __init__(
        self, *, store: Store, clock: Clock, new_id: Callable[[], str] = lambda: uuid4().hex
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    async def rows(self) -> list[ProjectRow]:
        """The stored projects, those opened last first; those put away are among them."""
        rows = [_row(project) for project in await self.projects()]
        return sorted(rows, key=lambda row: row.opened_at, reverse=True)

    async def create(self, spec: ProjectSpec, *, images: Sequence[ImageRef]) -> Founded:
        """Stores a new project with its image files in one transaction."""
        project, intake = new_project(spec, now=self._clock.now(), new_id=self._new_id)
        await self._write(intake_plan(project, intake.assets, images), what="The project")
        return Founded(project_id=project.id, intake=intake)

    async def rename(self, project_id: str, name: str) -> None:
        """Gives a project another name."""
        project = await self._project(project_id)
        await self._keep(replace(project, name=project_name(name)))

    async def delete(self, project_id: str) -> None:
        """Puts a project away: `restore` brings it back."""
        project = await self._project(project_id)
        await self._keep(replace(project, deleted_at=self._clock.now()))

    async def restore(self, project_id: str) -> None:
        """Brings back a project that was put away."""
        project = await self._project(project_id)
        await self._keep(replace(project, deleted_at=None))

    async def duplicate(self, project_id: str) -> str:
        """Copies a project, chunk by chunk, and gives the id of the copy; images are shared."""
        project = await self._project(project_id)
        now = self._clock.now()
        copy = replace(
            project,
            id=self._new_id(),
            name=free_name(project.name, await self.projects()),
            created_at=now,
            opened_at=now,
            filed_changes=0,
            filed_at=None,
            deleted_at=None,
        )
        try:
            await self._store.write([mark(copy.id, why="copy", at=now)])
            for part in OWN:
                async for records in read_chunks(self._store, part, project_id):
                    copied = [Put(part, {**record, "projectId": copy.id}) for record in records]
                    await self._store.write(copied)
            await self._store.write([Put("projects", project_record(copy)), unmark(copy.id)])
        except StoreError as error:
            await self._give_up(copy.id)
            raise Refused("not-saved", f"The copy was not made: {error.reason}") from error
        return copy.id

    async def erase(self, project_id: str) -> None:
        """Removes a project for good, with the images that no other project uses."""
        await self._project(project_id)
        unseen = mark(project_id, why="erase", at=self._clock.now())
        await self._write(
            [unseen, Delete("projects", (project_id,))], what="The project", done="erased"
        )
        try:
            await remove(self._store, project_id)
        except StoreError as error:
            reason = f"Space will be freed at the next start: {error.reason}"
            raise Refused("not-saved", reason) from error

    async def clean_up(self) -> None:
        """Removes what was left half-way when the page was closed; nothing else may be making or
        erasing a project meanwhile."""
        try:
            for project_id in await self._store.keys("unfinished", ()):
                await remove(self._store, str(project_id[0]))
        except StoreError as error:
            raise Refused("not-saved", f"Space could not be freed: {error.reason}") from error

    async def projects(self) -> list[Project]:
        """The stored projects, in no stated order."""
        try:
            return [project_value(record) for record in await self._store.read_all("projects", ())]
        except StoreError as error:
            raise Refused("not-read", f"Projects could not be read: {error.reason}") from error

    async def _project(self, project_id: str) -> Project:
        try:
            record = await self._store.read("projects", (project_id,))
        except StoreError as error:
            raise Refused("not-read", f"The project could not be read: {error.reason}") from error
        if record is None:
            raise Refused("unknown-project", "There is no such project in this browser")
        return project_value(record)

    async def _keep(self, project: Project) -> None:
        await self._write([Put("projects", project_record(project))], what="The change")

    async def _write(self, plan: Plan, *, what: str, done: str = "saved") -> None:
        try:
            await self._store.write(plan)
        except StoreError as error:
            raise Refused("not-saved", f"{what} was not {done}: {error.reason}") from error

    async def _give_up(self, project_id: str) -> None:
        try:
            await remove(self._store, project_id)
        except StoreError:
            # Its mark is still there: the next start removes it.
            return


def free_name(name: str, projects: Sequence[Project]) -> str:
    """What a copy is called: "Pages (copy)", "Pages (copy 2)"."""
    taken = {project.name for project in projects}
    free, count = f"{name} (copy)", 1
    while free in taken:
        count += 1
        free = f"{name} (copy {count})"
    return free


def _row(project: Project) -> ProjectRow:
    return ProjectRow(
        id=project.id,
        name=project.name,
        assets=project.asset_count,
        finished=project.finished,
        created_at=project.created_at,
        opened_at=project.opened_at,
        deleted_at=project.deleted_at,
        changes=project.changes,
        filed_changes=project.filed_changes,
        filed_at=project.filed_at,
    )
