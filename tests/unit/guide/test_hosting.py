"""The example configurations set the headers that the page's service worker sets; their policy lets
that worker forward to deployments."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
HOSTING = ROOT / "docs/guide/hosting"


@pytest.fixture(scope="module")
def expected():
    """The headers of app/service-worker/respond.js."""
    source = (ROOT / "app/service-worker/respond.js").read_text(encoding="utf-8")
    policy = re.search(r"CONTENT_SECURITY_POLICY = \[(.*?)\]", source, re.DOTALL)
    headers = re.search(r"const HEADERS = \{(.*?)\};", source, re.DOTALL)
    directives = re.findall(r'"(.*?)"', policy.group(1))
    found = dict(re.findall(r'"([\w-]+)": "?([^",\n]+)"?,', headers.group(1)))
    # They reach sw.js too, which forwards to deployments that a person allowed; the page itself is
    # bound by the document's own policy and the service worker's.
    policy = "; ".join(directives).replace("connect-src 'self'", "connect-src 'self' https: http:")
    return found | {"Content-Security-Policy": policy}


def by_pattern(pattern):
    return lambda text: dict(re.findall(pattern, text, re.MULTILINE))


def of_vercel(text):
    (rule,) = json.loads(text)["headers"]
    return {header["key"]: header["value"] for header in rule["headers"]}


READERS = {
    "nginx.conf": by_pattern(r'^ *add_header ([\w-]+) "(.*)" always;$'),
    "htaccess": by_pattern(r'^Header always set ([\w-]+) "(.*)"$'),
    "Caddyfile": by_pattern(r'^\t{3}([\w-]+) "(.*)"$'),
    "_headers": by_pattern(r"^  ([\w-]+): (.*)$"),
    "vercel.json": of_vercel,
}


def test_there_is_a_reader_for_each_file():
    assert {path.name for path in HOSTING.iterdir()} == set(READERS)


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_configuration_sets_exactly_the_pages_headers(name, expected):
    assert len(expected) == 7
    assert READERS[name]((HOSTING / name).read_text(encoding="utf-8")) == expected
