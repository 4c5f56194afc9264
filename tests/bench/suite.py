"""All measurements, in the order in which one leads to the next."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import (
    measure_ahead,
    measure_assist,
    measure_export,
    measure_memory,
    measure_size,
    measure_start,
)
from bench.bed import Bare, Bed, bed
from bench.document import document
from bench.labelling import Labelling
from bench.machine import Machine
from bench.measure_decode import decode
from bench.measure_drag import drag, go_to_fullest
from bench.model import Given, given
from bench.table import Figure, text_table
from e2e.screens import started

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "bench.md"
_KNOWN_PAGES = 14
_PAGES_WHILE_MODEL_RUNS = 18
_STARTS = 4


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and write the document if that was asked for."""
    parser = argparse.ArgumentParser(prog="build.py bench", description="Measure the built page.")
    parser.add_argument("--write", action="store_true", help="write docs/bench.md as well")
    options = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        sync_playwright() as playwright,
        bed(playwright.chromium, Path(profile)) as made,
    ):
        machine = Machine.here(made)
        figures = list(measure(made))
    print(text_table(figures))
    print(f"\n{machine.in_words}")
    if options.write:
        DOCUMENT.write_text(document(figures, machine), encoding="utf-8")
    return 0


def measure(made: Bed) -> Iterator[Figure]:
    """Everything, in one profile: a first visit with labelling, then warm starts."""
    _say("First visit")
    known = given()
    made.given["tensor"] = known.tensor
    with made.browser() as context:
        page = context.pages[0]
        page.goto(made.host.url)
        labelling = Labelling.begin(started(page))
        bare = Bare.open(context, made)
        page.bring_to_front()
        yield from _label(made, labelling, bare, known)
        address = page.url
    _say("Warm starts")
    starts = measure_start.start_again(made, address=address, times=_STARTS)
    yield from measure_start.figures(starts)
    _say("Export")
    with made.browser() as context, tempfile.TemporaryDirectory() as folder:
        page = context.pages[0]
        page.goto(made.host.url)
        exported = measure_export.export_many(started(page), Path(folder))
    yield from measure_export.figures(exported)
    _say("Decoding")
    yield from decode(made, known)
    yield from measure_size.figures()


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def _label(made: Bed, labelling: Labelling, bare: Bare, known: Given) -> Iterator[Figure]:
    _say("Labelling")
    memory = measure_memory.Memory(made.profile)
    memory.take("project opened")
    labelling.took("m", moves=False)
    labelling.assist_on_open(False)
    for _ in range(measure_assist.FIRST_PAGE - 2):
        labelling.step("d")
    _say("Model Assist, each page for the first time")
    measure_assist.load_bare(bare, known)
    fresh = measure_assist.ask_each_page(labelling, bare)
    yield from measure_assist.figures(fresh)
    memory.take("all 24 pages seen")
    _say("Threshold")
    go_to_fullest(labelling, fresh.suggestions)
    dragged = drag(labelling)
    _say("Commits, and pages computed ahead")
    while labelling.asset_id != next(iter(fresh.suggestions)):
        labelling.step("a")
    ahead = measure_ahead.label_known_pages(labelling, pages=_KNOWN_PAGES)
    _say("Commits while the model runs")
    labelling = labelling.begin_another()
    labelling.took("m", moves=False)
    times = measure_ahead.label_while_model_runs(labelling, pages=_PAGES_WHILE_MODEL_RUNS)
    labelling.saved(labelling.watched.press("Shift+Space"))
    yield from measure_ahead.figures(ahead, times)
    yield dragged
    yield from measure_memory.figures(memory)
