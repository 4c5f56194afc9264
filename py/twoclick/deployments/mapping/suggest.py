"""Guessing a mapping from an example answer: what a person then looks at and mends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twoclick.deployments.json_paths import NothingThereError
from twoclick.deployments.mapping.answer_mapping import mapping_of
from twoclick.deployments.mapping.objects import things_of
from twoclick.deployments.mapping.suggest_candidates import candidates_at
from twoclick.deployments.mapping.suggest_members import values_of

_NOTHING = (
    "Nothing in this answer looks like a list of objects with shapes and classes. Ask with a "
    "picture on which there is something to find, or write the paths by hand."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Settings of a mapping, by the keys of its fields, and why each is so; `settings` is empty
    where nothing in the answer looks like objects, and `why` has that under "objects"."""

    settings: Mapping[str, str]
    why: Mapping[str, str]


def suggest_mapping(answer: Any) -> Suggestion:
    """The likeliest mapping that finds objects in an answer; the first of those as likely."""
    values = values_of(answer)
    candidates = [candidate for path in values for candidate in candidates_at(path, values)]
    for candidate in sorted(candidates, key=lambda one: -one.weight):
        if _finds_objects(answer, candidate.settings):
            return Suggestion(settings=candidate.settings, why=candidate.why)
    return Suggestion(settings={}, why={"objects": _NOTHING})


def _finds_objects(answer: Any, settings: Mapping[str, str]) -> bool:
    """Whether all of the answer is as the part that was looked at."""
    try:
        return bool(things_of(answer, mapping_of(settings)))
    except NothingThereError:
        return False
