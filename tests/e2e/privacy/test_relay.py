"""A relay leads elsewhere from the page's own address: only the door goes through it."""

from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.deployments.connecting import deployed
from e2e.deployments.server import DeploymentServer
from e2e.sample import hidden_reasons, leave, open_sample, worker
from e2e.screens import started
from e2e.watch import Watch
from unit.adapters.relay.relaying import relay_to

_AROUND_THE_DOOR = """(addresses) => Promise.all(addresses.flatMap((address) =>
  [{}, {method: "POST", body: "secret"}].map(async (how) => {
    try {
      const {status} = await fetch(new URL(address, location.origin), how);
      return status < 400 ? address : null;
    } catch {
      return null;
    }
  }))).then((got) => got.filter((address) => address !== null))"""

_ADDRESSES = ["/relay", "/relay/", "/relay/predict?x=1", "/relay%2Fpredict", "/%72elay/predict"]


def test_a_deployment_behind_a_relay_is_asked_by_the_door_alone(
    dist: Path, new_page: Page, watch: Watch
) -> None:
    server = DeploymentServer()
    with relay_to(server.url, dist) as relay:
        origin = f"http://127.0.0.1:{relay.port}"
        watch.allow(origin)
        watch.expect_errors("Failed to load resource", "net::ERR", "FetchEvent")
        new_page.goto(f"{origin}/")
        page = open_sample(started(new_page))
        told = page.evaluate("() => fetch('relay/.twoclick').then((one) => one.json())")
        assert told == {"relay": True, "to": server.url}
        deployed(page, f"{origin}/relay/")
        page.keyboard.press("m")
        expect(hidden_reasons(page)).to_have_text(["3 of classes without a tag"])
        asked = len(server.sent)
        assert asked > 0
        assert page.evaluate(_AROUND_THE_DOOR, _ADDRESSES) == []
        for thread in ("session", "compute", "image", "inference"):
            got = worker(page, thread).evaluate(_AROUND_THE_DOOR, _ADDRESSES)
            assert got == [], f"{thread}: {got}"
        assert len(server.sent) == asked
        leave(page)
    server.stop()
