"""Imports in the browser: what is planned is stored, and a killed thread goes on where it was."""

from typing import Any

from e2e.storage.bench import Bench

FOUND = """async (count) => {
  const assets = Array.from({ length: count }, (_, at) => ({
    name: `image ${at}.png`, width: 100, height: 80, type: "image/png", bytes: 1,
    digest: at.toString(16).padStart(64, "0"),
  }));
  const tags = [{ name: "Text" }];
  const spec = { name: "Many", tags, assets, predictor: null };
  const { projectId } = await session.request("create-project", { spec, images: [] });
  return projectId;
}"""

OPEN = """(projectId) =>
  session.request("open-project", { projectId, readOnly: false, author: "tester" })"""

PLAN = """async (each) => {
  const { assets } = session.events.findLast(({ event }) => event === "project");
  const { runId } = await session.request("begin-run", {
    name: "Import boxes", mode: "merge", as: "annotations", newTags: [{ name: "Figure" }],
    tags: ["Text", "Figure"], ordered: false, labelState: "labelled", predictor: null,
  });
  for (let from = 0; from < assets.length; from += 50) {
    const part = assets.slice(from, from + 50);
    const items = part.map(({ id }) => ({
      assetId: id, tagIndexes: Array.from({ length: each }, (_, at) => at % 2),
    }));
    const boxes = new Float64Array(part.flatMap(() =>
      Array.from({ length: each }, (_, at) => [at, at, at + 20.5, at + 30]).flat()));
    const empty = () => new ArrayBuffer(0);
    const columns = [boxes.buffer, empty(), empty(), empty(), empty()];
    await session.request("run-part", { runId, items }, columns);
  }
  return runId;
}"""

# Each waits for an event of a run; what else comes to an end there is thrown.
KILL_AFTER_A_PART = """async (runId) => {
  const started = session.request("start-run", { runId }).then(() => { throw new Error("whole"); });
  const done = () => session.events.some(({ event, done }) => event === "run-progress" && done > 0);
  const reached = async () => {
    while (!done()) await new Promise((resolve) => setTimeout(resolve));
  };
  await Promise.race([started, reached()]);
  started.catch(() => {});
  session.stop();
}"""

AT_ITS_END = """async () => {
  const last = () => session.events.findLast(({ event }) => event === "run-progress")?.state;
  while (last() !== "finished") {
    if (last() === "paused") throw new Error(JSON.stringify(session.events.at(-1)));
    await new Promise((resolve) => setTimeout(resolve));
  }
}"""


def counted(bench: Bench) -> dict[str, Any]:
    """What the store has of annotations and runs."""
    content = bench.content()
    return {
        "annotations": sum(asset["annotations"] for asset in content["assets"]),
        "in documents": sum(len(document["ids"]) for document in content["documents"]),
        "labelled": sum(asset["labelState"] == "labelled" for asset in content["assets"]),
        "tags": [tag["name"] for tag in content["projects"][0]["tags"] if not tag["deleted"]],
        "runs": [run["state"] for run in content["runs"]],
    }


def test_a_killed_import_goes_on_and_is_taken_back(bench: Bench) -> None:
    bench.start()
    project_id = bench.run(FOUND, 120)
    bench.run(OPEN, project_id)
    bench.run(KILL_AFTER_A_PART, bench.run(PLAN, 3))
    half = counted(bench)
    assert half["runs"] == ["forward"]
    assert 0 < half["annotations"] == half["in documents"] < 360

    bench.start()
    bench.run(OPEN, project_id)
    bench.run(AT_ITS_END)
    bench.settle()
    assert counted(bench) == {
        "annotations": 360,
        "in documents": 360,
        "labelled": 120,
        "tags": ["Text", "Figure"],
        "runs": ["done"],
    }

    bench.run(OPEN, project_id)
    bench.run("() => { session.events.length = 0; }")
    bench.dispatch("undo")
    bench.run(AT_ITS_END)
    bench.settle()
    assert counted(bench) == {
        "annotations": 0,
        "in documents": 0,
        "labelled": 0,
        "tags": ["Text"],
        "runs": ["undone"],
    }
