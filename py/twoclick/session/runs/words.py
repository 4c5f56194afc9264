"""What a run says when it comes to its end."""

from twoclick.domain.run import Run
from twoclick.session.handlers.outcome import counted


def ended_text(run: Run) -> str:
    """What came of a run, before it is marked as ended.

    "Imported 5,310 annotations on 412 images, 12 were there already; Ctrl+Z takes it back"
    """
    if run.state == "back":
        if run.seq is None and not run.complete:
            return f"Cancelled: {run.name}. Nothing is changed"
        return f"Undone: {run.name}"
    if run.complete:
        return f"Done again: {run.name}"
    if not run.tally.changed:
        return f"{run.name}: everything in it is there already"
    tally, noun = run.tally, "annotation" if run.predictor is None else "suggestion"
    parts = [f"Imported {counted(tally.added, noun)} on {counted(tally.changed, 'image')}"]
    if tally.removed:
        parts.append(f"{tally.removed:,} replaced")
    if tally.skipped:
        parts.append(f"{tally.skipped:,} {'was' if tally.skipped == 1 else 'were'} there already")
    way = "; Ctrl+Z takes it back" if run.predictor is None else ": M hides and shows them"
    return ", ".join(parts) + way


def stopped_text(run: Run) -> str:
    """What is left of a run that ends where it is, before it is marked as ended."""
    where = f"{run.reached:,} of {counted(run.assets, 'image')}"
    if run.state == "back":
        return f"{run.name}: {where} are as before, the others keep it. Undo begins anew here"
    return f"Stopped: {run.name}. {where} have it, Undo takes it back"
