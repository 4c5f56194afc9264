"""The sample "Signs": small, the same bytes each time, its truth where the ink is."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from twoclick_build.sample_signs import DrawnWall, draw_wall, write_sample
from twoclick_build.sample_signs.project import WALLS
from unit.kernels.polygons import inside, signed_area

FONTS = Path(__file__).parents[3] / "node_modules/@expo-google-fonts"


@lru_cache(maxsize=WALLS)
def wall_of(seed: int) -> DrawnWall:
    return draw_wall(seed=seed, fonts=FONTS)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("signs")
    write_sample(folder, fonts=FONTS)
    return folder


def test_the_manifest_describes_the_files(sample):
    manifest = json.loads((sample / "signs.json").read_text(encoding="utf-8"))
    truth = json.loads((sample / "truth.json").read_text(encoding="utf-8"))
    assert (manifest["name"], [tag["name"] for tag in manifest["tags"]]) == ("Signs", ["Text"])
    assert list(truth) == [asset["file"] for asset in manifest["assets"]]
    assert len(truth) == WALLS
    for asset in manifest["assets"]:
        data = (sample / asset["file"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (asset["bytes"], asset["sha256"])
        with Image.open(sample / asset["file"]) as image:
            assert image.size == (asset["width"], asset["height"])
    assert sum(asset["bytes"] for asset in manifest["assets"]) < 2_500_000
    assert len(list((sample / "licences").iterdir())) == 4


def test_a_wall_is_drawn_the_same_again():
    first, again = (draw_wall(seed=5, fonts=FONTS) for _ in range(2))
    assert first.image.tobytes() == again.image.tobytes()
    assert first.truth == again.truth


@pytest.mark.parametrize("seed", range(1, 10))
def test_lines_of_text_are_told_apart_and_inside_the_picture(seed):
    wall = wall_of(seed)
    centres = []
    for text, ring in wall.truth:
        points = np.array(ring)
        assert text.strip()
        assert (points > 0).all()
        assert (points < wall.image.size).all()
        assert abs(signed_area(points)) > 300
        centres.append(points.mean(axis=0))
    for place, (_, ring) in enumerate(wall.truth):
        others = np.array([c for at, c in enumerate(centres) if at != place])
        assert not inside(others, np.array(ring)).any()


def test_there_are_straight_and_bent_lines_and_the_ink_is_in_them():
    kinds = {len(ring) > 4 for seed in range(1, WALLS + 1) for _, ring in wall_of(seed).truth}
    assert kinds == {True, False}
    wall = wall_of(1)
    grey = np.asarray(wall.image.convert("L")).astype(float)
    x, y = np.meshgrid(np.arange(grey.shape[1]) + 0.5, np.arange(grey.shape[0]) + 0.5)
    centres = np.stack((x.ravel(), y.ravel()), axis=1)
    for _, ring in wall.truth:
        within = inside(centres, np.array(ring)).reshape(grey.shape)
        assert grey[within].std() > 20
