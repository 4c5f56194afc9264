"""New tags are told apart."""

from twoclick.domain.tag import KEYS, PALETTE, Tag, named, next_tag


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
