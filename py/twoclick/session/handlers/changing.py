"""What commands that change the shapes of the current asset have in common."""

from collections.abc import Iterable

from twoclick.domain.annotation import Annotation
from twoclick.domain.asset import Asset, touched
from twoclick.domain.document import Document
from twoclick.session.handlers.outcome import Context, Message, Outcome, said
from twoclick.session.history import captured
from twoclick.session.refusal import Refused
from twoclick.session.state import State, with_document


def changed(
    state: State,
    asset: Asset,
    document: Document,
    *,
    name: str,
    context: Context,
    text: str | None = None,
    gesture: str | None = None,
) -> Outcome:
    """The step to another document of the current asset, which says `text`."""
    after = with_document(state, document, standing=touched(asset.standing))
    messages: tuple[Message, ...] = () if text is None else said(text)
    return Outcome(
        state=captured(state, after, name=name, asset_id=asset.id, at=context.now, gesture=gesture),
        name=name,
        messages=messages,
    )


def annotations_named(state: State, annotation_ids: Iterable[str]) -> list[Annotation]:
    """The annotations of the current asset of these ids, each once; refuses where one is gone."""
    annotations = state.current.document.annotations
    found = [annotations.get(one) for one in dict.fromkeys(annotation_ids)]
    if None in found:
        raise Refused("unknown-annotation", "That annotation is not on this image any more")
    return [one for one in found if one is not None]
