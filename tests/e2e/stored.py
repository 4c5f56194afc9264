"""What the browser keeps of the open project, read past the page, for what no screen tells."""

from typing import Any

import numpy as np
from playwright.sync_api import Page

_RECORDS = """async (store) => {
  const opening = indexedDB.open(`twoclick:${location.pathname}`);
  const database = await new Promise((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const reading = (name) => new Promise((resolve, reject) => {
    const request = database.transaction(name).objectStore(name).getAll();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const projects = await reading("projects");
  const { id } = projects.reduce((a, b) => (a.openedAt > b.openedAt ? a : b));
  const records = await reading(store);
  database.close();
  return records.filter((record) => (record.projectId ?? record.id) === id);
}"""


def records(page: Page, store: str) -> list[dict[str, Any]]:
    """The records of a store that belong to the project that was opened last; bytes as numbers."""
    plain = f"""async (store) => {{
      const isBytes = (value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
      const bytes = async (value) => [...new Uint8Array(await new Response(value).arrayBuffer())];
      const plain = async (record) => Object.fromEntries(await Promise.all(
        Object.entries(record).map(async ([key, value]) =>
          [key, isBytes(value) ? await bytes(value) : value])));
      const records = await ({_RECORDS})(store);
      return JSON.parse(JSON.stringify(await Promise.all(records.map(plain))));
    }}"""
    found: list[dict[str, Any]] = page.evaluate(plain, store)
    return found


def outlines(page: Page) -> list[dict[str, Any]]:
    """What lies on each image of the project that was opened last: {assetId, tagIds, boxes}, the
    boxes flat, four numbers each: x0, y0, x1, y1 in pixels of the image."""
    found: list[dict[str, Any]] = page.evaluate(
        f"""async () => (await ({_RECORDS})("documents")).map(({{ assetId, tagIds, boxes }}) =>
          ({{ assetId, tagIds, boxes: [...new Float64Array(boxes)] }}))"""
    )
    return found


def stored_answer(page: Page) -> dict[str, np.ndarray]:
    """The raw predictions of the latest predictor for the open image, as they are stored."""
    (project,) = records(page, "projects")
    kinds = {"boxes": "<f8", "scores": "<f8", "classes": "<i4", "kinds": "u1", "points": "<f8"}
    (answer,) = [
        one
        for one in records(page, "predictions")
        if one["predictorId"] == project["activePredictorId"]
        and one["assetId"] == project["currentAssetId"]
    ]
    return {name: np.frombuffer(bytes(answer[name]), dtype=kind) for name, kind in kinds.items()}


def count_stored(page: Page, store: str, least: int) -> None:
    """Wait until a store has that many records of the project that was opened last."""
    page.evaluate(
        f"""async ([store, least]) => {{
          const latest = Date.now() + 60_000;
          while ((await ({_RECORDS})(store)).length < least) {{
            if (Date.now() > latest) throw new Error(`fewer than ${{least}} in ${{store}}`);
            await new Promise((resolve) => setTimeout(resolve, 100));
          }}
        }}""",
        [store, least],
    )


def change_project(page: Page, fields: dict[str, Any]) -> None:
    """Other values in the record of the project that was opened last; it must not be open."""
    page.evaluate(
        """async (fields) => {
          const opening = indexedDB.open(`twoclick:${location.pathname}`);
          const database = await new Promise((resolve) => {
            opening.onsuccess = () => resolve(opening.result);
          });
          const store = database.transaction("projects", "readwrite").objectStore("projects");
          const all = await new Promise((resolve) => {
            const request = store.getAll();
            request.onsuccess = () => resolve(request.result);
          });
          const newest = all.reduce((a, b) => (a.openedAt > b.openedAt ? a : b));
          await new Promise((resolve) => {
            store.put({ ...newest, ...fields }).onsuccess = resolve;
          });
          database.close();
        }""",
        fields,
    )
