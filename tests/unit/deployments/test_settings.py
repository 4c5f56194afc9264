"""Settings as people write them."""

import pytest

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.protocol import Field
from twoclick.deployments.settings import checked_settings


class Spoken:
    """A protocol with one setting of each kind."""

    title = "Test server"
    fields = (
        Field(key="model", label="Model", required=True),
        Field(key="size", label="Size", kind="number"),
        Field(key="form", label="Form", kind="choice", choices=("json", "binary")),
    )


def test_what_is_given_is_kept_and_what_is_empty_is_not():
    given = {"model": " yolo \n", "size": "1.5e2", "form": ""}
    assert checked_settings(Spoken(), given) == {"model": "yolo", "size": "1.5e2"}
    assert checked_settings(Spoken(), {}) == {}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"modle": "yolo"}, "Test server has no setting “modle”. Its settings: model, size, form."),
        ({"form": "text"}, "form cannot be “text”. Choose one of: json, binary."),
        ({"size": "large"}, "size should be a number, not “large”."),
        ({"size": "nan"}, "size should be a number, not “nan”."),
        ({"size": "inf"}, "size should be a number, not “inf”."),
    ],
)
def test_what_cannot_be_is_refused(given, says):
    with pytest.raises(DeploymentError) as caught:
        checked_settings(Spoken(), given)
    assert caught.value.code == "bad-settings"
    assert str(caught.value) == says
