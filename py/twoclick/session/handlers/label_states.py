"""The person's word on an asset, besides Done: skip, approve, return, reopen."""

from twoclick.domain.asset import FINISHED_STATES, OPEN_STATES, Asset, LabelState, Standing
from twoclick.session.commands import Approve, Reopen, ReturnAsset, Skip
from twoclick.session.handlers.lookups import current_asset
from twoclick.session.handlers.moving_on import moved_on
from twoclick.session.handlers.outcome import Context, Outcome, said
from twoclick.session.history import captured
from twoclick.session.refusal import Refused
from twoclick.session.state import State, with_document


def skip(state: State, command: Skip, context: Context) -> Outcome:
    """Leaves the asset out, with a reason if one is given, and goes on as Done does; suggestions
    stay as they are."""
    asset = current_asset(state, command.asset_id)
    reason = command.reason.strip()
    standing = Standing(label_state=LabelState.SKIPPED, note=reason or None)
    after = with_document(state, state.current.document, standing=standing)
    text = f"{asset.name} is skipped: {reason}" if reason else f"{asset.name} is skipped"
    return moved_on(state, after, asset, name="Skip", text=text, context=context)


def approve(state: State, command: Approve, context: Context) -> Outcome:
    """A labelled asset is right."""
    asset = current_asset(state, command.asset_id)
    if asset.label_state is LabelState.APPROVED:
        raise Refused("approved", f"{asset.name} is approved already")
    if asset.label_state is not LabelState.LABELLED:
        raise Refused(
            "not-labelled", f"{asset.name} is {asset.label_state}: finish it with G to approve it"
        )
    standing = Standing(label_state=LabelState.APPROVED)
    text = f"{asset.name} is approved"
    return _stated(state, asset, standing, name="Approve", text=text, context=context)


def return_asset(state: State, command: ReturnAsset, context: Context) -> Outcome:
    """A finished asset is to be mended; the note says what is wrong."""
    asset = current_asset(state, command.asset_id)
    note = command.note.strip()
    if not note:
        raise Refused("no-note", "Say what is to be mended")
    if asset.label_state not in FINISHED_STATES and asset.label_state is not LabelState.RETURNED:
        raise Refused("not-labelled", f"{asset.name} is {asset.label_state}: nothing to return yet")
    standing = Standing(label_state=LabelState.RETURNED, note=note)
    text = f"{asset.name} is returned: {note}"
    return _stated(state, asset, standing, name="Return", text=text, context=context)


def reopen(state: State, command: Reopen, context: Context) -> Outcome:
    """A finished or skipped asset is open again."""
    asset = current_asset(state, command.asset_id)
    if asset.label_state in OPEN_STATES:
        raise Refused("not-labelled", f"{asset.name} is open already")
    standing = Standing(label_state=LabelState.STARTED)
    text = f"{asset.name} is open again"
    return _stated(state, asset, standing, name="Reopen", text=text, context=context)


def _stated(
    state: State, asset: Asset, standing: Standing, *, name: str, text: str, context: Context
) -> Outcome:
    after = with_document(state, state.current.document, standing=standing)
    return Outcome(
        state=captured(state, after, name=name, asset_id=asset.id, at=context.now),
        name=name,
        messages=said(text),
    )
