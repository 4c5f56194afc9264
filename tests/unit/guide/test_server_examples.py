"""The examples for model servers fit together, and say what the protocols need."""

import ast
import json
import re

import pytest
import yaml

from twoclick.deployments.protocols.open_inference_model import described_model
from twoclick.models.recognise import recognise
from twoclick_build.pins import SERVE_PORT
from unit.guide.example_files import DEPLOYMENTS, text_of

HERE = f"http://127.0.0.1:{SERVE_PORT}"
"""The page that `python3 build.py serve` opens."""

WEB_SERVERS = ("proxy/Caddyfile", "proxy/nginx.conf")


def loaded(name):
    return yaml.safe_load(text_of(name))


def classes_of(name):
    return {node.name for node in ast.parse(text_of(name)).body if isinstance(node, ast.ClassDef)}


def properties_of(name):
    lines = [line for line in text_of(name).splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def constant(name, wanted):
    (value,) = [
        ast.literal_eval(node.value)
        for node in ast.parse(text_of(name)).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == wanted
    ]
    return value


def test_nothing_that_python_made_lies_among_them():
    assert [path for path in DEPLOYMENTS.rglob("*") if "__pycache__" in path.parts] == []


@pytest.mark.parametrize("name", ["kserve/serve.py", "litserve/server.py", "ray-serve/app.py"])
def test_servers_in_python_let_the_page_of_this_computer_read(name):
    assert constant(name, "PAGES") == [HERE]


def test_mlserver_lets_the_page_read_and_finds_its_runtime():
    settings = json.loads(text_of("mlserver/settings.json"))["cors_settings"]
    assert settings["allow_origins"] == [HERE]
    module, name = json.loads(text_of("mlserver/model-settings.json"))["implementation"].split(".")
    assert name in classes_of(f"mlserver/{module}.py")


def test_ray_serve_finds_its_application():
    (application,) = loaded("ray-serve/serve.yaml")["applications"]
    module, name = application["import_path"].split(":")
    (deployment,) = application["deployments"]
    assert deployment["name"] in classes_of(f"ray-serve/{module}.py")
    assert f"\n{name} = {deployment['name']}.bind()" in text_of(f"ray-serve/{module}.py")


def test_torchserve_lets_the_page_ask_with_a_credential():
    said = properties_of("torchserve/config.properties")
    assert said["cors_allowed_origin"] == HERE
    assert {"Authorization", "Content-Type"} <= set(said["cors_allowed_headers"].split(", "))


def test_cvats_function_lets_the_page_ask_and_finds_its_handler():
    said = loaded("cvat/function.yaml")
    assert [set(one) for one in json.loads(said["metadata"]["annotations"]["spec"])] == [
        {"id", "name", "type"}
    ] * 3
    module, function = said["spec"]["handler"].split(":")
    assert f"\ndef {function}(context, event):" in text_of(f"cvat/{module}.py")
    (trigger,) = said["spec"]["triggers"].values()
    assert trigger["attributes"]["cors"]["allowOrigins"] == [HERE]


@pytest.fixture(scope="module")
def triton():
    """The members of Triton's configuration that this page reads or that tell of tensors."""
    text = re.sub(r"^ *#.*$", "", text_of("triton/models/pages/config.pbtxt"), flags=re.MULTILINE)
    tensors = re.findall(
        r'(input|output) \[ \{ name: "(\w+)", data_type: TYPE_(\w+), dims: (\[[\d, -]+\])', text
    )
    key, value = re.search(r'key: "(\w+)".*?string_value: "(.*?)"', text, re.DOTALL).groups()
    return {
        "name": re.search(r'^name: "(\w+)"', text, re.MULTILINE)[1],
        "parameters": {key: {"string_value": value}},
        **{
            f"{kind}s": [{"name": name, "datatype": datatype, "shape": json.loads(shape)}]
            for kind, name, datatype, shape in tensors
        },
    }


def test_what_tritons_configuration_tells_is_enough_to_read_the_model(triton):
    found = recognise(described_model(triton["name"], triton, triton))
    assert not found.is_ambiguous
    assert found.card.family == "ultralytics-detect"
    assert found.card.class_names == ("Text", "Title", "Table")
    assert found.card.suppressed


def test_kserve_serves_the_folder_of_triton(triton):
    said = loaded("kserve/inference-service.yaml")
    predictor = said["spec"]["predictor"]
    assert predictor["model"]["runtime"] == "kserve-tritonserver"
    assert predictor["model"]["protocolVersion"] == "v2"
    folder = DEPLOYMENTS / "triton" / predictor["model"]["storageUri"].rpartition("/")[2]
    assert (folder / triton["name"] / "config.pbtxt").exists()
    assert said["metadata"]["name"] == triton["name"]


@pytest.mark.parametrize("name", WEB_SERVERS)
def test_a_proxy_answers_what_browsers_ask_before(name):
    headers = dict(
        re.findall(r"(Access-Control-[\w-]+) +(\S.*?)(?: always;)?$", text_of(name), re.MULTILINE)
    )
    allowed = headers["Access-Control-Allow-Headers"].lower().replace("-", "_")
    assert "access_control_request_headers" in allowed
    assert headers["Access-Control-Allow-Methods"] == '"GET, POST"'
    assert "Inference-Header-Content-Length" in headers["Access-Control-Expose-Headers"]
    assert "Retry-After" in headers["Access-Control-Expose-Headers"]
    assert re.search(r"\b(return|respond) 204\b", text_of(name))
