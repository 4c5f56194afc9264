"""Shapes to try kernels on, and slow, obvious answers to compare them with."""

import numpy as np


def star(rng, *, corners, centre, radius, spread=0.6):
    """A ring around `centre` that does not cross itself, with corners in and out."""
    angles = np.sort(rng.uniform(0, 2 * np.pi, corners))
    radii = radius * rng.uniform(1 - spread, 1, corners)
    return centre + radii[:, None] * np.stack((np.cos(angles), np.sin(angles)), axis=1)


def edges_of(*rings):
    """(n, 4) edges x0, y0, x1, y1."""
    return np.concatenate([np.hstack((ring, np.roll(ring, -1, axis=0))) for ring in rings])


def inside(points, *rings):
    """Which points an odd number of rings encloses, edge by edge."""
    odd = np.zeros(len(points), dtype=bool)
    for x0, y0, x1, y1 in edges_of(*rings):
        if y0 == y1:
            continue
        level = (points[:, 1] >= min(y0, y1)) & (points[:, 1] < max(y0, y1))
        crossing = x0 + (points[:, 1] - y0) * (x1 - x0) / (y1 - y0)
        odd ^= level & (points[:, 0] >= crossing)
    return odd


def lattice(low, high, step):
    """Points of a grid that lies over `low`..`high`, at the middle of its cells."""
    x, y = np.meshgrid(np.arange(low, high, step) + step / 2, np.arange(low, high, step) + step / 2)
    return np.stack((x.ravel(), y.ravel()), axis=1)


def signed_area(ring):
    x, y = ring[:, 0], ring[:, 1]
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)
