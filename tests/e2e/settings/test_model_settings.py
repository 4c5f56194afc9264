"""Model Settings: what assists, what its classes mean here, and a project without a model."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.sample import (
    agree,
    annotations,
    assisted,
    button,
    hidden_reasons,
    leave,
    listed,
    open_newest,
    painted,
    paints,
    status,
    suggestions,
)
from e2e.stored import change_project


def model_settings(page: Page) -> Locator:
    """The dialog, opened."""
    button(page, "Model Settings").click()
    dialog = page.get_by_role("dialog", name="Model Settings")
    expect(dialog).to_be_visible()
    return dialog


def test_the_predictor_is_told(sample: Page) -> None:
    dialog = model_settings(sample)
    predictors = dialog.get_by_role("list", name="Predictors")
    expect(predictors.get_by_role("radio", name="Page layout v1")).to_be_checked()
    expect(predictors).to_contain_text("PicoDet by Paddle")
    expect(predictors).to_contain_text("10 classes")
    expect(predictors).to_contain_text("ready")
    expect(dialog.get_by_role("combobox")).to_have_count(10)
    for tag in ("Text", "Figure caption", "Equation"):
        select = dialog.get_by_role(
            "combobox", name=re.compile(tag.replace(" ", "."), re.IGNORECASE)
        ).first
        expect(select.locator("option:checked")).to_have_text(tag)


def test_a_class_without_a_tag_stays_hidden_and_is_counted(sample: Page) -> None:
    count = assisted(sample)
    rest = [one for one in listed(sample) if one.tag != "Text"]
    dialog = model_settings(sample)
    dialog.get_by_role("combobox", name="Tag for text", exact=True).select_option("not used")
    expect(dialog.get_by_text("1 of 10 classes without a tag")).to_be_visible()
    sample.keyboard.press("Escape")
    paints(sample, len(rest))
    assert agree(listed(sample), rest)
    expect(hidden_reasons(sample).filter(has_text="of classes without a tag")).to_have_count(1)
    dialog = model_settings(sample)
    dialog.get_by_role("button", name="Make tag text").click()
    sample.keyboard.press("Escape")
    paints(sample, count)
    expect(hidden_reasons(sample).filter(has_text="of classes without a tag")).to_have_count(0)


def test_a_class_can_become_another_tag(sample: Page) -> None:
    count = assisted(sample)
    titles = sum(one.tag == "Title" for one in listed(sample))
    assert titles > 0
    dialog = model_settings(sample)
    dialog.get_by_role("combobox", name="Tag for title", exact=True).select_option("Header")
    sample.keyboard.press("Escape")
    expect(sample.get_by_role("checkbox", name=re.compile("^Title "))).to_have_count(0)
    assert painted(sample) <= count
    sample.keyboard.press("Shift+Space")
    expect(annotations(sample).filter(has_text="Title")).to_have_count(0)
    expect(annotations(sample).filter(has_text="Header")).not_to_have_count(0)


def test_it_is_tried_on_the_open_image(sample: Page) -> None:
    dialog = model_settings(sample)
    dialog.get_by_role("button", name="Test on this image").click()
    answer = dialog.get_by_role("status").filter(has_text="page-001")
    expect(answer).to_have_text(
        re.compile(r"^page-001\.\w+: \d+ found, \d+ shown above 0\.50\.$"), timeout=60_000
    )
    shown = int(re.findall(r"\d+ shown", answer.inner_text())[0].split()[0])
    sample.keyboard.press("Escape")
    paints(sample, shown)


@pytest.fixture
def without_model(sample: Page) -> Page:
    """The sample's project with its model taken out of the store."""
    leave(sample)
    change_project(sample, {"predictors": [], "activePredictorId": None})
    return open_newest(sample)


def test_without_a_model_assist_says_why_it_is_off(without_model: Page) -> None:
    page = without_model
    assist = button(page, "Model Assist")
    expect(assist).to_be_disabled()
    reason = "No model yet: choose one in Model Settings"
    expect(assist).to_have_accessible_description(reason)
    assist.click(force=True)
    expect(status(page)).to_have_text(reason)
    page.keyboard.press("m")
    expect(suggestions(page)).to_have_count(0)
    expect(page.get_by_text("No model yet. Choose one in Model Settings.")).to_be_visible()


def test_the_starter_model_comes_back_as_a_predictor(without_model: Page) -> None:
    page = without_model
    dialog = model_settings(page)
    expect(dialog.get_by_role("combobox")).to_have_count(0)
    dialog.get_by_role("button", name="Use Page layout").click()
    radio = dialog.get_by_role("radio", name="Page layout v1")
    expect(radio).to_be_checked(timeout=60_000)
    expect(dialog.get_by_role("combobox")).to_have_count(10)
    page.keyboard.press("Escape")
    assert assisted(page) > 0
