"""New tags are told apart, deleted ones come back."""

from dataclasses import replace

from twoclick.domain.tag import KEYS, PALETTE, Tag, named, next_tag, revived


def tags(count: int) -> tuple[Tag, ...]:
    made: tuple[Tag, ...] = ()
    for at in range(count):
        made = (*made, next_tag(made, tag_id=str(at), name=f" Tag {at} "))
    return made


def test_each_has_a_colour_of_its_own_for_as_long_as_there_are_any() -> None:
    assert len({tag.color for tag in tags(len(PALETTE))}) == len(PALETTE)
    assert tags(len(PALETTE) + 1)[-1].color == PALETTE[0]


def test_the_first_nine_have_digits() -> None:
    assert [tag.key for tag in tags(10)] == [*KEYS, None]


def test_names_are_found_whatever_their_case() -> None:
    found = named(tags(2), "TAG 1")
    assert found is not None
    assert found.id == "1"
    assert named(tags(2), "Tag 2") is None


def test_a_deleted_tag_is_no_obstacle_to_a_new_one() -> None:
    gone = Tag(id="1", name="Text", color=PALETTE[0], key="1", deleted=True)
    assert named((gone,), "text") is None
    made = next_tag((gone,), tag_id="2", name="Text")
    assert (made.color, made.key) == (PALETTE[0], "1")


def test_a_deleted_tag_comes_back_as_it_was() -> None:
    gone = Tag(id="1", name="Text", color=PALETTE[0], key="1", deleted=True)
    other = Tag(id="2", name="Title", color=PALETTE[1], key="2", deleted=True)
    assert revived((gone, other), {"1"}) == (replace(gone, deleted=False), other)


def test_a_tag_that_comes_back_leaves_name_and_key_to_those_that_have_them_now() -> None:
    gone = Tag(id="1", name="Text", color=PALETTE[0], key="1", deleted=True)
    heirs = (
        Tag(id="2", name="text", color=PALETTE[1], key="1"),
        Tag(id="3", name="Text (2)", color=PALETTE[1], key=None),
    )
    (back, *_) = revived((gone, *heirs), {"1"})
    assert (back.name, back.key, back.deleted) == ("Text (3)", None, False)
