"""Who may use the relay, by what browsers say of each request."""

import pytest

from twoclick.adapters.relay.guard import refusal


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({"host": ""}, "another name"),
        ({"host": "evil.test"}, "another name"),
        ({"host": "evil.test:8737"}, "another name"),
        ({"host": "127.0.0.1:1"}, "another name"),
        ({"host": "127.0.0.1"}, "another name"),
        ({"host": "127.0.0.1:8737.evil.test"}, "another name"),
        ({"sec-fetch-site": "cross-site"}, "asked by another"),
        ({"sec-fetch-site": "same-site"}, "asked by another"),
        ({"sec-fetch-site": "none"}, "asked by another"),
        ({"origin": "http://evil.test"}, "asked by another"),
        ({"origin": "null"}, "asked by another"),
        ({"origin": "https://127.0.0.1:8737"}, "asked by another"),
        ({"origin": "http://localhost:8737"}, "asked by another"),
        ({"origin": "http://127.0.0.1:1"}, "asked by another"),
        ({"sec-fetch-dest": "script"}, "not opened or run"),
        ({"sec-fetch-dest": "document"}, "not opened or run"),
        ({"sec-fetch-dest": "serviceworker"}, "not opened or run"),
    ],
)
def test_no_other_page_and_no_script_of_a_deployment(headers, says):
    why = refusal({"host": "127.0.0.1:8737", **headers}, port=8737)
    assert why is not None
    assert says in why


@pytest.mark.parametrize("host", ["127.0.0.1:8737", "localhost:8737", "LOCALHOST:8737"])
@pytest.mark.parametrize("dest", [{}, {"sec-fetch-dest": "empty"}])
@pytest.mark.parametrize("site", [{}, {"sec-fetch-site": "same-origin"}])
def test_its_own_page_and_programs_of_this_machine(host, dest, site):
    assert refusal({"host": host, **dest, **site}, port=8737) is None
    assert refusal({"host": host, "origin": f"http://{host}", **site}, port=8737) is None


def test_the_usual_port_is_not_named():
    assert refusal({"host": "localhost"}, port=80) is None
    assert refusal({"host": "localhost:80"}, port=80) is None
