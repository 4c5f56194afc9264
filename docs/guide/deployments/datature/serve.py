"""Datature's local deployment with a page that may read its answers.

pip install datature onnxruntime
datature deploy local start      once: asks for project and artifact, and downloads the model
python serve.py ARTIFACT 9449 http://127.0.0.1:8737
"""

import sys

from datature.nexus.cli.deploy.local.server import start_server

if __name__ == "__main__":  # it starts processes that import this file
    artifact, port, page = sys.argv[1:]
    start_server(
        deployment_id="deploy_twoclick",
        secret_key="0" * 64,  # what downloads want; not empty
        project_id="proj_twoclick",
        project_name="Twoclick",
        artifact_id=artifact,
        artifact_name=artifact,
        runtime="CPU",  # or GPU
        devices=1,  # processes, each with the model: so many questions at once
        port=int(port),
        allowed_origins=[page, "https://nexus.datature.io"],
    )
