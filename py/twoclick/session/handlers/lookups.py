"""Finding what a command names, or refusing."""

from twoclick.domain.asset import Asset
from twoclick.domain.predictor import Predictor
from twoclick.domain.tag import Tag
from twoclick.session.commands import AddPredictor
from twoclick.session.refusal import Refused
from twoclick.session.state import State


def asset_named(state: State, asset_id: str) -> Asset:
    """The asset of that id."""
    asset = state.assets.get(asset_id)
    if asset is None:
        raise Refused("unknown-asset", f'There is no image "{asset_id}" in this project')
    return asset


def current_asset(state: State, asset_id: str) -> Asset:
    """The asset of that id, which must be the one that is open."""
    asset = asset_named(state, asset_id)
    if asset_id != state.current_id:
        raise Refused("not-open", f"{asset.name} is not the image that is open")
    return asset


def predictor_named(state: State, predictor_id: str) -> Predictor:
    """The predictor of that id."""
    predictor = state.project.predictor(predictor_id)
    if predictor is None:
        raise Refused("unknown-predictor", f'There is no model "{predictor_id}" in this project')
    return predictor


def known_predictor(state: State, command: AddPredictor) -> Predictor | None:
    """The predictor that is the same file, read in the same way, or the same deployment, asked in
    the same way; None for a new one."""
    keys = ("family", "recipe", "details")
    return next(
        (
            one
            for one in state.project.predictors
            if one.digest == command.digest
            and all(one.card.get(key) == command.card.get(key) for key in keys if key in one.card)
        ),
        None,
    )


def successor(state: State, predictor_id: str) -> str | None:
    """The predictor that is asked when that one is removed: the one that is asked already, else the
    latest that is left."""
    active = state.project.active_predictor
    if active is not None and active.id != predictor_id:
        return active.id
    left = (one for one in state.project.predictors if not one.removed and one.id != predictor_id)
    latest = max(left, key=lambda one: one.iteration, default=None)
    return None if latest is None else latest.id


def active_predictor(state: State) -> Predictor:
    """The predictor that is asked."""
    predictor = state.project.active_predictor
    if predictor is None:
        raise Refused("no-predictor", "Choose a model in Model Settings first")
    return predictor


def tag_named(state: State, tag_id: str) -> Tag:
    """The tag of that id."""
    tag = next((tag for tag in state.project.live_tags if tag.id == tag_id), None)
    if tag is None:
        raise Refused("unknown-tag", f'There is no tag "{tag_id}" in this project')
    return tag
