"""Images with shapes on them, drawn by Hypothesis."""

from hypothesis import strategies as st

from twoclick.domain.geometry import Box, Polygon, RotatedBox, Shape
from twoclick.domain.rings import pack_ring
from twoclick.formats.labels import LabelledImage, LabelledShape
from unit.formats.keypoint_builders import whole
from unit.formats.keypoint_strategies import keypoints
from unit.formats.yolo.data_sets import TAGS

_sides = st.sampled_from([1, 2, 7, 640, 1000, 9999, 10_000])
_places = st.floats(-0.3, 1.3).map(lambda share: round(share, 9)) | st.sampled_from(
    [0.0, 0.25, 0.5, 1.0]
)


def _boxes(width: int, height: int) -> st.SearchStrategy[Box]:
    return st.tuples(_places, _places, _places, _places).map(
        lambda at: Box(
            min(at[0], at[2]) * width,
            min(at[1], at[3]) * height,
            max(at[0], at[2]) * width,
            max(at[1], at[3]) * height,
        )
    )


def _rings(width: int, height: int) -> st.SearchStrategy[bytes]:
    points = st.tuples(_places, _places).map(lambda at: (at[0] * width, at[1] * height))
    return st.lists(points, min_size=3, max_size=9).map(
        lambda ring: pack_ring(number for point in ring for number in point)
    )


def _turned(at: tuple[float, float, float, float], width: int, height: int) -> Shape:
    x, y, across, down = at[0] * width, at[1] * height, at[2] * width, at[3] * height
    corners = (x, y, x + across, y + down, x + across - down, y + down + across, x - down)
    return RotatedBox(ring=pack_ring((*corners, y + across)))


def shapes(width: int, height: int) -> st.SearchStrategy[Shape]:
    """Shapes of each kind, on an image of this size, beside it, and over its edges."""
    return st.one_of(
        _boxes(width, height),
        st.tuples(_places, _places, _places, _places).map(lambda at: _turned(at, width, height)),
        st.lists(_rings(width, height), min_size=1, max_size=3).map(
            lambda rings: Polygon(rings=tuple(rings))
        ),
        keypoints(
            _boxes(width, height),
            st.tuples(_places, _places).map(lambda at: (at[0] * width, at[1] * height)),
        ),
        st.just(whole(width, height)),
    )


@st.composite
def images(draw: st.DrawFn) -> list[LabelledImage]:
    """Images of a project: names may be nearly the same, sizes are known."""
    names = draw(st.lists(image_names, max_size=4, unique=True))
    found = []
    for number, name in enumerate(names, start=1):
        width, height = draw(_sides), draw(_sides)
        shape = st.builds(
            LabelledShape,
            tag=st.sampled_from(TAGS),
            shape=shapes(width, height),
            score=st.none() | st.floats(0, 1),
        )
        found.append(
            LabelledImage(
                name=name,
                width=width,
                height=height,
                shapes=tuple(draw(st.lists(shape, max_size=4))),
                number=number,
                split=draw(st.sampled_from(["train", "val"])),
            )
        )
    return found


_parts = st.text("aAbé.: \\/\n", min_size=1, max_size=4) | st.sampled_from(
    ["images", "labels", "..", ".hidden", "CON", "a.txt", "left", "a, page 2"]
)
image_names = st.one_of(
    st.tuples(
        st.lists(_parts, max_size=2), _parts, st.sampled_from([".jpg", ".PNG", "", ".v2"])
    ).map(lambda made: "/".join((*made[0], made[1])) + made[2]),
    st.sampled_from(["a.jpg", "a.png", "A.jpg", "a.jpg.png", "left/a.jpg", "scan.tif, page 2"]),
)
