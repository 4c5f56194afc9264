"""The relay between a real client and a real deployment, both of this machine."""

import gzip
import http.client
import json
import socket
import threading

import pytest

from twoclick.adapters.http import Secret
from twoclick.adapters.relay.forwarding import Limits
from twoclick.adapters.relay.server import ServingError, bound_socket, page_folder
from twoclick.adapters.relay.target import Target
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import CredentialPlace
from twoclick_build.serving.server import page_server
from unit.adapters.relay.relaying import Running, relay_to
from unit.deployments.serving import Reply, in_turn, said, server_saying

TOKEN = "tok-9f8e7d6c5b4a"
SECRET = Secret.of_variable("TOKEN", {"TOKEN": TOKEN})
FILES = ("index.html", "main.mjs", "x.wasm", "x.wasm.gz", "m.onnx", "t.whl", "a b.png", "odd.xyz")


@pytest.fixture
def dist(tmp_path):
    folder = tmp_path / "dist"
    (folder / "help").mkdir(parents=True)
    for name in (*FILES, "help/index.html"):
        (folder / name).write_text(name)
    (tmp_path / "secret.txt").write_text("outside")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    return folder


@pytest.fixture
def relayed(dist):
    """Starts a relay to a deployment that says these things; gives both."""
    open_blocks = []

    def start(*replies, path="", **options):
        upstream = server_saying(in_turn(*(replies or (said({"found": []}),))))
        server = upstream.__enter__()
        open_blocks.append(upstream)
        relay = relay_to(server.address + path, dist, **options)
        open_blocks.append(relay)
        return relay.__enter__(), server

    yield start
    for block in reversed(open_blocks):
        block.__exit__(None, None, None)


def test_a_question_goes_through_and_its_answer_comes_back(relayed):
    relay, server = relayed(said({"found": [1]}, Retry_After="5", Server="nuclio", X_Told="no"))
    got = relay.ask(
        "/relay/v2/models/a%20b:predict?x=%2F&y",
        method="POST",
        body=b"\xff\xd8",
        Content_Type="image/jpeg",
        Inference_Header_Content_Length="12",
        X_Api_Key="its own",
    )
    assert (got.status, json.loads(got.body)) == (200, {"found": [1]})
    assert (got.headers["content-type"], got.headers["retry-after"]) == ("application/json", "5")
    assert got.headers["server"].endswith("nuclio")
    assert "x-told" not in got.headers
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("POST", "/v2/models/a%20b:predict?x=%2F&y")
    assert asked.body == b"\xff\xd8"
    assert asked.headers["content-type"] == "image/jpeg"
    assert asked.headers["inference-header-content-length"] == "12"
    assert asked.headers["x-api-key"] == "its own"
    assert asked.headers["host"] == server.address.removeprefix("http://")


@pytest.mark.parametrize(
    ("own", "path", "goal"),
    [
        ("", "/relay", "/"),
        ("", "/relay/", "/"),
        ("/predictions/yolo", "/relay", "/predictions/yolo"),
        ("/predictions/yolo", "/relay/", "/predictions/yolo"),
        ("/base/", "/relay/x", "/base/x"),
        ("/base?v=1", "/relay/x?y=2", "/base/x?v=1&y=2"),
        ("/base?v=1", "/relay", "/base?v=1"),
    ],
)
def test_paths_are_appended_to_the_one_address(relayed, own, path, goal):
    relay, server = relayed(path=own)
    assert relay.ask(path).status == 200
    assert server.asked[0].path == goal


def test_paths_cannot_leave_the_one_address(relayed):
    relay, server = relayed(path="/base")
    for path in ("/../x", "/%2e%2e/x", "/a/%2E./x", "/..%5cx", "%2Fx"):
        assert relay.ask(f"/relay{path}").status == 400
    assert relay.ask("/%72elay/x").status == 404
    assert server.asked == []


def test_what_tells_of_the_page_stays(relayed):
    relay, server = relayed()
    relay.ask(
        "/relay/",
        method="POST",
        body=b"{}",
        Cookie="a=b",
        Origin=f"http://127.0.0.1:{relay.port}",
        Referer="http://127.0.0.1/projects",
        User_Agent="Browser 1",
        Accept_Language="de",
        Sec_Fetch_Site="same-origin",
        Sec_Fetch_Dest="empty",
        Connection="close, X-Hop",
        X_Hop="1",
        TE="trailers",
    )
    (asked,) = server.asked
    known = {"host", "content-length", "accept", "accept-encoding", "connection", "user-agent"}
    assert asked.headers.keys() <= known
    assert asked.headers["user-agent"] == "Twoclick"


def test_what_an_answer_says_to_browsers_stays_too(relayed):
    reply = said(
        {},
        Set_Cookie="a=b",
        Clear_Site_Data='"*"',
        Access_Control_Allow_Origin="*",
        Strict_Transport_Security="max-age=9",
        Refresh="0; url=http://evil.test/",
        Service_Worker_Allowed="/",
    )
    relay, _ = relayed(reply)
    got = relay.ask("/relay/")
    assert got.headers.keys() == {
        *("content-type", "date", "content-length", "server", "cache-control"),
        *("content-security-policy", "cross-origin-resource-policy", "x-content-type-options"),
    }
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("path", ["/relay/", "/relay/.twoclick"])
def test_no_other_page_uses_it(relayed, path):
    relay, server = relayed()
    got = relay.ask(path, Host=f"evil.test:{relay.port}")
    assert (got.status, server.asked) == (403, [])
    assert "asked for by another name" in got.error
    assert relay.ask(path, Sec_Fetch_Site="cross-site").status == 403


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}"])
def test_its_own_page_does(relayed, host):
    relay, _ = relayed()
    host = host.format(port=relay.port)
    own = {"Host": host, "Origin": f"http://{host}", "Sec_Fetch_Site": "same-origin"}
    assert relay.ask("/relay/", method="POST", body=b"", **own).status == 200


def test_other_methods_are_not_passed_on(relayed):
    relay, server = relayed()
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"):
        assert relay.ask("/relay/x", method=method).status == 405
    assert server.asked == []


def test_it_says_what_it_is(relayed):
    relay, server = relayed(path="/base?v=hidden", secret=SECRET)
    got = relay.ask("/relay/.twoclick")
    assert (got.status, got.headers["content-type"]) == (200, "application/json")
    assert json.loads(got.body) == {"relay": True, "to": f"{server.address}/base"}
    assert server.asked == []


def test_the_credential_is_added_and_never_told(relayed):
    relay, server = relayed(said({"error": f"{TOKEN} is unknown"}, status=401), secret=SECRET)
    got = relay.ask("/relay/x", Authorization="Bearer of the page")
    assert server.asked[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert (got.status, got.error) == (401, "[credential] is unknown")


def test_the_credential_goes_where_the_protocol_has_it(relayed):
    place = CredentialPlace(where="query", name="api_key")
    relay, server = relayed(secret=SECRET, place=place)
    relay.ask("/relay/x?y=1")
    assert server.asked[0].path == f"/x?y=1&api_key={TOKEN}"
    assert "authorization" not in server.asked[0].headers


def test_every_status_comes_back(relayed):
    statuses = [204, 400, 404, 429, 500, 503]
    relay, _ = relayed(*(Reply(status=status) for status in statuses))
    assert [relay.ask("/relay/").status for _ in statuses] == statuses


def test_redirects_are_told_and_not_followed(relayed):
    statuses = [301, 302, 307, 308]
    there = {"Location": "http://evil.test/?a=b"}
    relay, _ = relayed(*(Reply(status=status, headers=there) for status in statuses))
    for status in statuses:
        got = relay.ask("/relay/")
        assert (got.status, "location" in got.headers) == (status, False)
        assert "sends elsewhere, to http://evil.test/, which" in got.error


def test_a_wait_until_a_date_comes_back_with_the_date_it_is_held_against(relayed):
    now, then = "Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:28:09 GMT"
    raw = f"HTTP/1.1 503 Busy\r\nDate: {now}\r\nRetry-After: {then}\r\nContent-Length: 0\r\n\r\n"
    relay, _ = relayed(Reply(raw=raw.encode()))
    got = relay.ask("/relay/")
    assert (got.status, got.headers["date"], got.headers["retry-after"]) == (503, now, then)


def test_packed_answers_come_back_unpacked(relayed):
    packed = gzip.compress(b'{"found": []}')
    relay, _ = relayed(Reply(headers={"Content-Encoding": "gzip"}, body=packed))
    got = relay.ask("/relay/", Accept_Encoding="identity")
    assert (got.body, got.headers["content-length"]) == (b'{"found": []}', "13")
    assert "content-encoding" not in got.headers


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(raw=b""), "cannot be reached from here (its answer broke off"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"), "broke off"),
        (Reply(raw=b"SSH-2.0\r\n"), "is no HTTP"),
        (Reply(body=b"x" * 2000), "more than 0 MB"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2000), "more than 0 MB"),
    ],
)
def test_answers_that_cannot_be_passed_on_are_errors(relayed, reply, says):
    relay, _ = relayed(reply, limits=Limits(answer=1000))
    got = relay.ask("/relay/")
    assert got.status == 502
    assert says in got.error


def test_a_deployment_that_is_not_there_is_told(dist):
    with bound_socket(0) as taken:
        port = taken.getsockname()[1]
    with relay_to(f"http://127.0.0.1:{port}", dist) as relay:
        got = relay.ask("/relay/")
    assert got.status == 502
    assert got.error == (
        f"http://127.0.0.1:{port} cannot be reached from here (Connection refused)."
    )


def test_a_deployment_that_says_nothing_is_not_waited_for(dist):
    over = threading.Event()

    def hold(_):
        over.wait(10)
        return said({})

    limits = Limits(seconds=0.2)
    with server_saying(hold) as server, relay_to(server.address, dist, limits=limits) as relay:
        got = relay.ask("/relay/")
        over.set()
    assert got.status == 504
    assert "did not answer in time" in got.error


@pytest.mark.parametrize("chunked", [False, True])
def test_large_questions_pass_within_the_limit(relayed, chunked):
    relay, server = relayed(limits=Limits(question=1_000_000))
    headers = {"Transfer_Encoding": "chunked"} if chunked else {}
    pieces = [b"x" * 65_536] * 8
    body = iter(pieces) if chunked else b"".join(pieces)
    got = relay.ask("/relay/", method="POST", body=body, chunked=chunked, **headers)
    assert got.status == 200
    assert len(server.asked[0].body) == 8 * 65_536
    too_much = b"x" * 1_000_001
    got = relay.ask(
        "/relay/",
        method="POST",
        body=iter([too_much]) if chunked else too_much,
        chunked=chunked,
        **headers,
    )
    assert got.status == 413
    assert "Send images smaller" in got.error


def test_a_question_that_nobody_waits_for_is_given_up(dist):
    """The deployment sees the connection end, and may stop its work."""
    begun, ended = threading.Event(), threading.Event()

    def watch(listener):
        connection, _ = listener.accept()
        with connection:
            connection.recv(65_536)
            begun.set()
            while connection.recv(65_536):
                pass
            ended.set()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=watch, args=(listener,))
        thread.start()
        with relay_to(f"http://127.0.0.1:{listener.getsockname()[1]}", dist) as relay:
            asking = http.client.HTTPConnection("127.0.0.1", relay.port, timeout=10)
            asking.request("POST", "/relay/", body=b"{}")
            assert begun.wait(10)
            asking.close()
            assert ended.wait(10)
        thread.join()


PATHS = (
    *("/", "/index.html", "/main.mjs", "/x.wasm", "/x.wasm.gz", "/m.onnx", "/t.whl"),
    *("/a%20b.png", "/odd.xyz", "/index.html?v=1", "/help/", "/nothing.js"),
    *("/%2e%2e/secret.txt", "/../secret.txt"),
)


@pytest.fixture
def plain(dist):
    """The page served without a relay, its port."""
    with page_server(dist, host="127.0.0.1", port=0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield Running(port=server.server_port)
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_page_is_served_as_it_is_without_a_relay(relayed, plain, method):
    relay, _ = relayed()
    for path in PATHS:
        wanted, got = plain.ask(path, method=method), relay.ask(path, method=method)
        assert got.status == wanted.status
        if wanted.status == 200:
            assert got.body == wanted.body
            assert got.headers["server"].startswith("Twoclick")
            for name in ("content-type", "content-length", "cache-control", "last-modified"):
                assert got.headers[name] == wanted.headers[name]
        policies = ("cross-origin", "content-s", "access-control")
        assert not [name for name in got.headers if name.startswith(policies)]


def test_what_a_link_leads_to_outside_is_not_served(relayed):
    relay, _ = relayed()
    assert b"outside" not in relay.ask("/link.txt").body


def test_a_taken_port_and_a_folder_without_a_page_are_told(tmp_path):
    with bound_socket(0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServingError, match=f"Port {port} is taken"):
            bound_socket(port)
    with pytest.raises(ServingError, match="99999 is no port"):
        bound_socket(99999)
    with pytest.raises(ServingError, match="no page in"):
        page_folder(tmp_path)


@pytest.mark.parametrize("address", ["ftp://a.test", "http://user:word@a.test", "http://"])
def test_targets_that_are_none_are_refused(address):
    with pytest.raises(DeploymentError) as caught:
        Target(address)
    assert caught.value.code == "bad-address"


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("http://127.0.0.1:8737", True),
        ("localhost:8737/relay", True),
        ("http://127.0.0.1:9449", False),
        ("http://models.test:8737", False),
        ("https://localhost", False),
    ],
)
def test_a_relay_to_itself_is_known(address, same):
    assert Target(address).leads_to("127.0.0.1", 8737) is same
