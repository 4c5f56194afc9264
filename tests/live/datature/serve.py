"""Starts Datature's local deployment server: python serve.py ARTIFACT PORT ORIGIN."""

import sys

from datature.nexus.cli.deploy.local.server import start_server

if __name__ == "__main__":  # it starts processes that import this file
    artifact, port, origin = sys.argv[1:]
    start_server(
        deployment_id="deploy_test",
        secret_key="0" * 64,
        project_id="proj_test",
        project_name="Tests",
        artifact_id=artifact,
        artifact_name="tiny",
        runtime="CPU",
        devices=1,
        port=int(port),
        allowed_origins=[origin],
    )
