"""A tiny text detector of the DB family that really runs: bright parts of an image are "text"."""

import numpy as np

from golden import onnx_writer as write

_INTS = 7
_SHARPNESS = 6.0


def db_model(*, side="H", channels=1, head=("Conv", "ConvTranspose", "ConvTranspose", "Sigmoid")):
    """ONNX bytes: the brightness of blocks of 4 x 4 pixels, enlarged twice by two, as probability.

    `side`: height and width of the input, a number or a name; `head` may spoil the family's mark.
    """
    weights = {
        "Conv": np.full((1, 3, 4, 4), _SHARPNESS / 48, dtype=np.float32),
        "ConvTranspose": np.ones((1, 1, 2, 2), dtype=np.float32),
    }
    nodes, value = [], "x"
    initializers = []
    for place, operator in enumerate(head):
        inputs = write.block(1, value)
        strides = b""
        if operator in weights:
            initializers.append(write.tensor(f"w{place}", weights[operator]))
            inputs += write.block(1, f"w{place}")
            step = 4 if operator == "Conv" else 2
            ints = write.number(8, step) * 2 + write.number(20, _INTS)
            strides = write.block(5, write.block(1, "strides") + ints)
        value = f"v{place}"
        nodes.append(inputs + write.block(2, value) + write.block(4, operator) + strides)
    return write.model(
        inputs=[write.value_info("x", ["N", 3, side, side])],
        outputs=[write.value_info(value, ["N", channels, side, side])],
        nodes=nodes,
        initializers=initializers,
    )
