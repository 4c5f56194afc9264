"""What none of the formats of trainers can say."""

from collections.abc import Sequence

from twoclick.formats.format import Loss
from twoclick.formats.survey import Survey


def shared_losses(survey: Survey) -> Sequence[Loss]:
    """What COCO and YOLO lose alike, each with its count, which may be 0."""
    return (
        Loss(count=survey.outside, text="shapes reach outside their image: cut at its edge"),
        Loss(
            count=survey.whole_images,
            text="whole images are left out: one with nothing else looks empty",
        ),
        Loss(count=survey.noted, text="notes on images are left out"),
        Loss(
            count=survey.images,
            text="images without their label state, and without who drew what and when",
        ),
    )


def point_losses(survey: Survey) -> Sequence[Loss]:
    """What formats with keypoints lose of these."""
    text = "shapes of which no keypoint is there become boxes"
    return (Loss(count=survey.pointless, text=text),)


def score_losses(survey: Survey) -> Sequence[Loss]:
    """What formats for training lose, which have no scores."""
    return (Loss(count=survey.scored, text="shapes lose the score that a model gave them"),)
