"""docs/bench.md: the figures with what they mean."""

from collections.abc import Sequence

from bench.machine import Machine
from bench.table import Figure, markdown_table

_TEXT = """\
# Measurements

Written by `python3 build.py bench --write`: {machine}.

{table}

Times are those of one machine, and they vary from run to run: ratios are the part to rely on. A
yardstick is taken in the same run, in turn with what is measured, in the same browser, on the same
origin, from the same files.

- A time starts at the key or input event, as the browser stamps it, and ends after the frame that
  shows the outcome. The page tells when it paints by performance marks (`app/shared/milestone.js`).
- The yardstick of Model Assist is `session.run` of onnxruntime-web alone, with the same model,
  input size and number of threads. The lines below it say where the time goes.
- "Computed ahead": the suggestions of the image are known before the key. "While the model runs"
  is what a person meets who labels page after page.
- "Saved" is what the page says after the storage transaction is complete.
- The threshold is dragged on the page where the model found most, one input after another.
- A warm start is a browser started anew with the profile of the one before and no network. Its
  yardstick is a page that does nothing but `loadPyodide` and the import of numpy and Pillow. All
  are counted from the navigation. "Assist ready": the threads run and the model is loaded.
- The exported project is made for it: half of its shapes are boxes, half polygons of 30 points.
  What a command would wait is the longest that the session thread took no message.
"""


def document(figures: Sequence[Figure], machine: Machine) -> str:
    """The whole text."""
    return _TEXT.format(machine=machine.in_words, table=markdown_table(figures))
