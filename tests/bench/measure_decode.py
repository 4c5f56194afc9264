"""Decoding an answer of the page layout model: Pyodide in the browser against CPython."""

from bench.bed import BENCH, DIST, Bare, Bed
from bench.decode_work import work
from bench.model import Given
from bench.table import Budget, Figure


def decode(bed: Bed, given: Given) -> Figure:
    """The same function over the same bytes."""
    wheel = next((DIST / "wheels").glob("twoclick-*.whl")).name
    question = {
        "kind": "measure",
        "wheel": f"../wheels/{wheel}",
        "script": "decode-work",
        "data": "answer",
    }
    bed.given["decode-work"] = (BENCH / "decode_work.py").read_bytes()
    bed.given["answer"] = given.answer
    with bed.browser() as context:
        bare = Bare.open(context, bed)
        bare.ask("bare-python", {"kind": "start"})
        in_browser: list[float] = bare.ask("bare-python", question)
    return Figure(
        name="Decoding an answer of the page layout model, against CPython",
        values=in_browser,
        yardstick=work(given.answer),
        budget=Budget(of="ratio", limit=3),
    )
