"""Rectangles at any angle, cut off at the borders of an image."""

import numpy as np

from twoclick.kernels.min_area_rectangle import Rectangles


def cut_inside(rectangles: Rectangles, *, width: int, height: int) -> Rectangles:
    """Rectangles inside an image of `width` x `height`: for each border that one passes, the side
    that lies most along that border is moved in, until all corners are inside."""
    centres, sides = rectangles.centres.copy(), rectangles.sides.copy()
    along = rectangles.along
    across = np.stack((-along[:, 1], along[:, 0]), axis=1)
    axes = np.stack((along, across), axis=1)
    each = np.arange(len(centres))
    for outward, limit in (((-1, 0), 0), ((1, 0), width), ((0, -1), 0), ((0, 1), height)):
        facing = axes @ np.array(outward, dtype=np.float64)
        reach = centres @ np.array(outward) + (np.abs(facing) * sides).sum(axis=1) / 2
        axis = np.abs(facing).argmax(axis=1)
        towards = facing[each, axis]
        depth = np.maximum(reach - limit, 0) / np.abs(towards)
        sides[each, axis] = np.maximum(sides[each, axis] - depth, 0)
        centres -= axes[each, axis] * (np.sign(towards) * depth / 2)[:, None]
    return Rectangles(centres=centres, sides=sides, along=along)
