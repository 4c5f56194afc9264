"""`check` and `convert`, on real files of real labels and images."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image

import twoclick.entry
from twoclick.entry.cli import main
from unit.session.conftest import answered, worked  # noqa: F401, fixtures
from unit.session.project_file import written as parts_of

CATS = [{"id": 7, "name": "cat"}, {"id": 90, "name": "dog"}]
COCO = {
    "images": [
        {"id": 1, "file_name": "a.png", "width": 100, "height": 80},
        {"id": 2, "file_name": "more/b.jpg", "width": 60, "height": 120},
        {"id": 5, "file_name": "empty.png", "width": 100, "height": 80},
    ],
    "categories": CATS,
    "annotations": [
        {
            "id": 1,
            "image_id": 1,
            "category_id": 90,
            "bbox": [10, 20, 30, 40.5],
            "area": 1215,
            "iscrowd": 0,
            "segmentation": [],
        },
        {
            "id": 2,
            "image_id": 2,
            "category_id": 7,
            "bbox": [1, 2, 30, 40],
            "area": 600,
            "iscrowd": 0,
            "segmentation": [[1, 2, 31, 2, 31, 42]],
        },
    ],
}


@pytest.fixture
def images(tmp_path):
    """The images of COCO; that of b.jpg is stored lying on its side."""
    folder = tmp_path / "photos"
    (folder / "more").mkdir(parents=True)
    for name in ("a.png", "empty.png"):
        Image.new("RGB", (100, 80), "white").save(folder / name)
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (120, 60), "white").save(folder / "more" / "b.jpg", exif=exif)
    return folder


@pytest.fixture
def coco(tmp_path):
    return put(tmp_path / "instances.json", COCO)


@pytest.fixture
def project_file(tmp_path, worked):  # noqa: F811
    path = tmp_path / "pages.twoclick.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts_of(worked).items():
            archive.writestr(name, content)
    return path


def put(path, data):
    path.write_text(json.dumps(data))
    return path


def run(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def checked(capsys, path, *options):
    code, out, err = run(capsys, "check", path, "--json", *options)
    assert err == ""
    return code, json.loads(out)


def labels_in(path):
    """What a file of Twoclick's own says of each image, by name."""
    data = json.loads(path.read_text())
    return {image.pop("name"): image for image in data["images"]}


def test_check_says_what_labels_are(coco, capsys):
    code, out, err = run(capsys, "check", coco)
    assert (code, err) == (0, "")
    assert (
        "3 images, 1 with nothing on them; 2 shapes: 1 boxes, 0 rotated boxes, 1 polygons, " in out
    )
    assert "0 with keypoints, 0 whole images\n" in out
    assert "2 tags:\n  cat  1\n  dog  1\nNo problems\n" in out


def test_check_as_json(coco, capsys):
    code, found = checked(capsys, coco)
    assert code == 0
    assert (found["images"], found["empty"], found["shapes"]) == (3, 1, 2)
    assert found["tags"] == [{"name": "cat", "shapes": 1}, {"name": "dog", "shapes": 1}]
    assert (found["problemCount"], found["problems"]) == (0, [])


def test_problems_have_their_lines(tmp_path, capsys):
    bad = json.loads(json.dumps(COCO))
    bad["annotations"][0]["category_id"] = 4
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(bad, indent=1))
    line = 1 + path.read_text()[: path.read_text().index('"category_id": 4')].count("\n")
    code, out, _ = run(capsys, "check", path)
    assert code == 1
    said, of_image = [each for each in out.splitlines() if each.startswith(f"{path.name}:")]
    assert line - 4 <= int(said.split(":")[1]) <= line
    assert said.endswith("[shape left out]")
    assert of_image.endswith("[image left out]")


def test_nothing_is_written_over_problems_unless_asked(tmp_path, capsys):
    bad = json.loads(json.dumps(COCO))
    bad["annotations"][0]["bbox"] = [500, 20, 30, 40]
    source = put(tmp_path / "bad.json", bad)
    target = tmp_path / "out" / "labels.json"
    code, _, err = run(capsys, "convert", source, target, "--to", "twoclick")
    assert code == 1
    assert "bad.json:" in err
    assert "Nothing was written because of 2 problems." in err
    assert not target.parent.exists()
    code, out, _ = run(capsys, "convert", source, target, "--to", "twoclick", "--with-problems")
    assert code == 0
    assert "2 images, 1 with nothing on them, 1 shape, all read back as written." in out
    assert sorted(labels_in(target)) == ["empty.png", "more/b.jpg"]


@pytest.mark.parametrize("name", ["labels.json", "folder", "packed.zip"])
def test_there_and_back_through_what_loses_nothing(coco, tmp_path, capsys, name):
    middle, back = tmp_path / name, tmp_path / "back.json"
    assert run(capsys, "convert", coco, middle, "--to", "twoclick")[0] == 0
    assert run(capsys, "convert", middle, back, "--to", "coco")[0] == 0
    found = json.loads(back.read_text())
    assert [one["file_name"] for one in found["images"]] == ["a.png", "more/b.jpg", "empty.png"]
    assert [one["name"] for one in found["categories"]] == ["cat", "dog"]
    for before, after in zip(COCO["annotations"], found["annotations"], strict=True):
        for key in ("bbox", "area", "segmentation", "iscrowd"):
            assert after[key] == before[key]


def test_sizes_come_from_the_images_as_they_are_seen(images, tmp_path, capsys):
    bare = json.loads(json.dumps(COCO))
    for image in bare["images"]:
        del image["width"], image["height"]
    source = put(tmp_path / "bare.json", bare)
    target = tmp_path / "coco.json"
    code, _, err = run(capsys, "convert", source, target, "--to", "coco")
    assert code == 1
    assert "a.png: Its size is not known: name the folder of its file with --images" in err
    code, _, err = run(capsys, "convert", source, target, "--to", "coco", "--images", images)
    assert (code, err) == (0, "")
    sizes = [(one["width"], one["height"]) for one in json.loads(target.read_text())["images"]]
    assert sizes == [(100, 80), (60, 120), (100, 80)]


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((120, 60), "the files are about the image before its camera's turn"),
        ((90, 91), "it is another image, or another part of it"),
    ],
)
def test_labels_of_another_size_than_their_images_are_left_out(
    images, tmp_path, capsys, size, said
):
    other = json.loads(json.dumps(COCO))
    other["images"][1] |= {"width": size[0], "height": size[1]}
    source = put(tmp_path / "other.json", other)
    code, out, _ = run(capsys, "check", source, "--images", images)
    assert code == 1
    sizes = f"it is {size[0]} x {size[1]} pixels in the files and 60 x 120 here"
    assert f"more/b.jpg: {sizes}: {said} [image left out]" in out
    target = tmp_path / "coco.json"
    options = ("--to", "coco", "--images", images, "--with-problems")
    assert run(capsys, "convert", source, target, *options)[0] == 0
    found = json.loads(target.read_text())
    assert [one["file_name"] for one in found["images"]] == ["a.png", "empty.png"]


def test_labels_of_smaller_images_are_scaled_and_that_is_told(images, tmp_path, capsys):
    half = json.loads(json.dumps(COCO))
    half["images"][1] |= {"width": 30, "height": 60}
    half["annotations"][1] |= {"segmentation": [], "bbox": [1, 2, 10, 20]}
    source = put(tmp_path / "half.json", half)
    target = tmp_path / "coco.json"
    options = ("--to", "coco", "--images", images)
    code, _, err = run(capsys, "convert", source, target, *options)
    assert (code, target.exists()) == (1, False)
    assert "here: its shapes were scaled" in err
    assert run(capsys, "convert", source, target, *options, "--with-problems")[0] == 0
    found = json.loads(target.read_text())
    assert found["images"][1]["width"] == 60
    assert found["annotations"][1]["bbox"] == [2, 4, 20, 40]


def test_a_name_that_fits_two_images_is_told(images, tmp_path, capsys):
    Image.new("RGB", (7, 7)).save(images / "more" / "a.png")
    (images / "other").mkdir()
    (images / "a.png").rename(images / "other" / "a.png")
    bare = json.loads(json.dumps(COCO))
    del bare["images"][0]["width"]
    code, out, _ = run(capsys, "check", put(tmp_path / "bare.json", bare), "--images", images)
    assert code == 1
    assert "a.png: it could be more/a.png, other/a.png. Give it the path of the one" in out


@pytest.mark.parametrize(
    ("folder", "shown"), [("x\0", r"x\x00"), ("x" * 300, "x" * 300)], ids=["zero", "long"]
)
def test_a_name_that_no_file_can_have_is_not_blamed_on_the_image(
    images, tmp_path, capsys, folder, shown
):
    odd = json.loads(json.dumps(COCO))
    odd["images"][0]["file_name"] = f"{folder}/a.png"
    target = tmp_path / "out"
    options = ("--to", "coco", "--with-images", "--images", images)
    code, _, err = run(capsys, "convert", put(tmp_path / "odd.json", odd), target, *options)
    assert (code, target.exists()) == (2, False)
    assert f"twoclick: images/{shown}/a.png" in err


def test_images_come_along(coco, images, tmp_path, capsys):
    target = tmp_path / "out"
    options = ("--to", "coco", "--with-images")
    code, _, err = run(capsys, "convert", coco, target, *options)
    assert code == 1
    assert "a.png: Its file is not there" in err
    code, _, err = run(capsys, "convert", coco, target, *options, "--images", images)
    assert (code, err) == (0, "")
    for name in ("a.png", "more/b.jpg", "empty.png"):
        assert (target / "images" / name).read_bytes() == (images / name).read_bytes()
    # As a whole it is a source that needs nothing else.
    assert checked(capsys, target)[0] == 0
    again = tmp_path / "again.zip"
    assert run(capsys, "convert", target, again, *options)[0] == 0
    with zipfile.ZipFile(again) as archive:
        assert "images/more/b.jpg" in archive.namelist()


@pytest.mark.parametrize(("form", "polygons"), [("yolo-segment", "all"), ("yolo-detect", "none")])
def test_there_and_back_through_yolo(coco, images, tmp_path, capsys, form, polygons):
    """COCO, YOLO, Twoclick, COCO: what comes back is what was lost on the way, as it was said."""
    yolo, own, back = tmp_path / "yolo", tmp_path / "own.zip", tmp_path / "back"
    options = ("--to", form, "--images", images, "--with-images", "--split", "67/33")
    code, out, err = run(capsys, "convert", coco, yolo, *options)
    assert (code, err) == (0, "")
    assert "As YOLO, " in out
    assert sorted(path.name for path in (yolo / "labels").iterdir()) == ["train", "val"]
    assert run(capsys, "convert", yolo, own, "--to", "twoclick", "--with-images")[0] == 0
    assert run(capsys, "convert", own, back, "--to", "coco", "--with-images")[0] == 0
    read = [json.loads(path.read_text()) for path in (back / "annotations").iterdir()]
    assert len(read) == 2
    found = {}
    for data in read:
        assert [one["name"] for one in data["categories"]] == ["cat", "dog"]
        names = {image["id"]: image["file_name"] for image in data["images"]}
        found.update(dict.fromkeys(names.values()))
        found.update({names[one["image_id"]]: one for one in data["annotations"]})
    assert sorted(found) == ["a.png", "empty.png", "more/b.jpg"]
    assert found["empty.png"] is None
    assert found["a.png"]["bbox"] == pytest.approx([10, 20, 30, 40.5], abs=0.001)
    assert found["more/b.jpg"]["bbox"] == pytest.approx([1, 2, 30, 40], abs=0.001)
    assert bool(found["more/b.jpg"]["segmentation"]) == (polygons == "all")
    assert bool(found["a.png"]["segmentation"]) == (polygons == "all")


def test_a_seed_divides_the_same_way_each_time(tmp_path, capsys):
    pages = [
        {"name": f"{number}.png", "width": 9, "height": 9, "shapes": []} for number in range(10)
    ]
    data = {"format": "twoclick-labels", "version": 1, "tags": [], "images": pages}
    source = put(tmp_path / "labels.json", data)

    def divided(name, *options):
        target = tmp_path / f"{name}.json"
        code, _, err = run(capsys, "convert", source, target, "--to", "twoclick", *options)
        assert (code, err) == (0, "")
        return {name: image.get("split") for name, image in labels_in(target).items()}

    one = divided("one", "--split", "60/20/20", "--seed", "3")
    assert sorted(one.values()) == ["test"] * 2 + ["train"] * 6 + ["val"] * 2
    assert divided("two", "--split", "60/20/20", "--seed", "3") == one
    assert divided("three", "--split", "60/20/20", "--seed", "4") != one
    assert set(divided("four").values()) == {None}


def test_splits_that_a_source_tells_are_kept(tmp_path, capsys):
    data = {"format": "twoclick-labels", "version": 1, "tags": [], "images": []}
    for name, split in (("a.png", "val"), ("b.png", "train")):
        image = {"name": name, "width": 9, "height": 9, "split": split, "shapes": []}
        data["images"].append(image)
    source = put(tmp_path / "labels.json", data)
    assert run(capsys, "convert", source, tmp_path / "out", "--to", "coco")[0] == 0
    assert sorted(path.name for path in (tmp_path / "out" / "annotations").iterdir()) == [
        "instances_train.json",
        "instances_val.json",
    ]
    code, _, err = run(capsys, "convert", source, tmp_path / "out.json", "--to", "coco")
    assert code == 2
    assert "2 files here" in err
    assert not (tmp_path / "out.json").exists()


def test_a_project_file_is_a_source(project_file, tmp_path, capsys):
    code, found = checked(capsys, project_file)
    assert code == 0
    states = found["labelStates"]
    assert states["labelled"] >= 1
    assert sum(states.values()) == found["images"] == 3
    code, out, _ = run(capsys, "convert", project_file, tmp_path / "coco", "--to", "coco")
    assert code == 0
    assert "Left out by label state: " in out
    assert f"{states['labelled']} image" in out
    everything = tmp_path / "labels.json"
    assert run(capsys, "convert", project_file, everything, "--to", "twoclick")[0] == 0
    labels = labels_in(everything)
    assert len(labels) == 3
    known = [one["annotation"] for image in labels.values() for one in image["shapes"]]
    assert found["shapes"] == len(known) > 2
    assert any(one["provenance"] for one in known)
    predictors = json.loads(everything.read_text())["predictors"]
    assert {one["provenance"]["predictorId"] for one in known if one["provenance"]} <= {
        one["id"] for one in predictors
    }
    options = ("--to", "coco", "--states", "started,labelled", "--with-images")
    assert run(capsys, "convert", project_file, tmp_path / "some", *options)[0] == 0
    assert any((tmp_path / "some" / "images").iterdir())


def test_a_damaged_project_file_is_no_source(project_file, tmp_path, capsys):
    cut = tmp_path / "cut.twoclick.zip"
    with zipfile.ZipFile(project_file) as archive, zipfile.ZipFile(cut, "w") as less:
        for name in archive.namelist():
            if not name.startswith("records/documents"):
                less.writestr(name, archive.read(name))
    code, _, err = run(capsys, "check", cut)
    assert code == 2
    assert "records/documents-0001.jsonl is missing" in err


def test_what_is_no_source_is_named(tmp_path, coco, capsys):
    (tmp_path / "notes.txt").write_text("cats are fine")
    for arguments, words in (
        (("check", tmp_path / "gone.json"), "gone.json cannot be read"),
        (("check", tmp_path / "notes.txt"), "no labels of a known format"),
        (("convert", coco, coco, "--to", "coco"), "is there already"),
        (
            ("convert", coco, tmp_path / "a.json", "--to", "coco", "--with-images"),
            "a.json cannot hold images",
        ),
    ):
        code, _, err = run(capsys, *arguments)
        assert code == 2
        assert words in err


def test_a_hostile_archive_is_refused(tmp_path, capsys):
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../labels.json", json.dumps(COCO))
    code, _, err = run(capsys, "convert", path, tmp_path / "out", "--to", "coco")
    assert code == 2
    assert "outside of itself" in err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bad.zip"]


def test_who_reads_what_is_printed_may_stop(coco):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        done = program("check", coco, stdout=closed, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_cannot_be_printed_is_no_fault_of_the_labels(coco):
    with Path("/dev/full").open("w") as full:
        done = program("check", coco, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr == ("twoclick: What was found cannot be printed: No space left on device.\n")


def test_what_was_passed_by_is_in_the_json_too(tmp_path, coco, capsys):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    _, found = checked(capsys, tmp_path)
    assert found["passedBy"] == ["gone.txt is a link to what is not there"]


@pytest.mark.parametrize("form", ["yolo-detect", "yolo-segment"])
def test_a_data_set_without_classes_is_written_as_yolo(tmp_path, capsys, form):
    nothing = {"images": COCO["images"], "categories": [], "annotations": []}
    source = put(tmp_path / "nothing.json", nothing)
    code, out, err = run(capsys, "convert", source, tmp_path / "out", "--to", form)
    assert (code, err) == (0, "")
    assert "3 images, 3 with nothing on them" in out


@pytest.mark.parametrize("name", [" cat ", "a\tb", "c" * 300, "#1: 'x'"])
def test_any_name_of_a_class_goes_through_yolo(tmp_path, capsys, name):
    odd = json.loads(json.dumps(COCO))
    odd["categories"][0]["name"] = name
    source = put(tmp_path / "odd.json", odd)
    code, _, err = run(capsys, "convert", source, tmp_path / "out", "--to", "yolo-detect")
    assert (code, err) == (0, "")


def test_names_cannot_steer_the_terminal(tmp_path, capsys):
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../\x1b[2J.json", "{}")
    assert "\\x1b[2J" in run(capsys, "check", path)[2]
    odd = json.loads(json.dumps(COCO))
    odd["categories"][0]["name"] = "cat\x1b[2J"
    code, out, _ = run(capsys, "check", put(tmp_path / "odd.json", odd))
    assert code == 0
    assert "cat\\x1b[2J  1" in out


@pytest.mark.parametrize(
    "options",
    [
        ("--split", "80"),
        ("--split", "a/b"),
        ("--split", "0/0"),
        ("--split", "inf/1"),
        ("--states", "done"),
    ],
)
def test_options_that_make_no_sense_are_refused(coco, tmp_path, options, capsys):
    with pytest.raises(SystemExit) as caught:
        run(capsys, "convert", coco, tmp_path / "out", "--to", "coco", *options)
    assert caught.value.code == 2
    assert options[1] in capsys.readouterr().err


def program(*arguments, **streams):
    """Twoclick as a process of its own."""
    core = str(Path(twoclick.entry.__file__).parents[2])
    environment = os.environ | {"PYTHONPATH": core, "PYTHONUNBUFFERED": ""}
    command = [sys.executable, "-m", "twoclick", *map(str, arguments)]
    return subprocess.run(command, text=True, check=False, env=environment, **streams)


def test_it_runs_as_a_program(coco, tmp_path):
    arguments = ("convert", coco, tmp_path / "out.zip", "--to", "twoclick")
    done = program(*arguments, capture_output=True)
    assert done.returncode == 0
    assert "3 images, 1 with nothing on them, 2 shapes, all read back as written." in done.stdout
    assert done.stderr == ""


def test_a_remark_about_what_was_read_back_is_no_fault_of_it(tmp_path, capsys):
    slanted = json.loads(json.dumps(COCO))
    slanted["annotations"] = slanted["annotations"][:1]
    slanted["annotations"][0]["segmentation"] = [[10, 20, 40, 25, 35, 60, 5, 55]]
    source = put(tmp_path / "slanted.json", slanted)
    code, out, _ = run(capsys, "convert", source, tmp_path / "out", "--to", "yolo-segment")
    assert code == 0
    assert "all read back as written" in out
