"""Decoding answers of models: Pyodide in the browser against CPython."""

from collections.abc import Iterator

from bench.bed import BENCH, DIST, Bare, Bed
from bench.decode_work import work
from bench.masks import masks_answer
from bench.model import Given
from bench.table import Budget, Figure


def decode(bed: Bed, given: Given) -> Iterator[Figure]:
    """The same function over the same bytes: boxes of the page layout model, and 100 masks."""
    yield Figure(
        name="Decoding an answer of the page layout model, against CPython",
        values=_in_browser(bed, given.answer),
        yardstick=work(given.answer),
        budget=Budget(of="ratio", limit=3),
    )
    masks = masks_answer()
    in_browser, here = _in_browser(bed, masks), work(masks)
    yield Figure(
        name="Decoding 100 masks of an answer 1x116x8400 + 1x32x160x160 into polygons",
        values=in_browser,
        budget=Budget(of="p50", limit=60),
    )
    yield Figure(
        name="The same, against CPython",
        values=in_browser,
        yardstick=here,
        budget=Budget(of="ratio", limit=3),
    )


def _in_browser(bed: Bed, answer: bytes) -> list[float]:
    wheel = next((DIST / "wheels").glob("twoclick-*.whl")).name
    question = {
        "kind": "measure",
        "wheel": f"../wheels/{wheel}",
        "script": "decode-work",
        "data": "answer",
    }
    bed.given["decode-work"] = (BENCH / "decode_work.py").read_bytes()
    bed.given["answer"] = answer
    with bed.browser() as context:
        bare = Bare.open(context, bed)
        bare.ask("bare-python", {"kind": "start"})
        times: list[float] = bare.ask("bare-python", question)
    return times
