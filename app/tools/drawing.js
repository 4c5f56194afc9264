/**
 * Drawing: feeds pointer and keys to the chosen tool, keeps its draft, and asks the session to make an
 * annotation of what it finished. A draft that was given up can be taken up again, one that is
 * refused goes on.
 *
 * @module
 */

import { attempt } from "../shared/attempt.js";
import { outlineJson, wholeImageOutline } from "../shared/outline.js";
import { placed } from "./snap.js";
import { DRAW_TOOLS, draws } from "./toolbox.js";

/** @typedef {import("../scene/types.js").Accepted} Accepted */
/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Tag} Tag */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("../shared/outline.js").Outline} Outline */
/** @typedef {import("./draw-tool.js").DrawEvent} DrawEvent */
/** @typedef {import("./draw-tool.js").DraftPicture} DraftPicture */
/** @typedef {import("./snap.js").Ground} Ground */
/** @typedef {import("./toolbox.js").ToolId} ToolId */
/** @typedef {{assetId: string, tool: ToolId, stays: boolean, draft: any}} Kept a draft and its tool */

/** How far a pointer may stray, in CSS pixels, and still have clicked. */
const SLOP = 4;

/**
 * @typedef {object} Drawing
 * @property {(at: Point) => void} press `at`: on the image, as are all points here
 * @property {(at: Point) => void} move
 * @property {(at: Point) => void} release
 * @property {() => void} leave the pointer is elsewhere
 * @property {() => void} lose the press will have no release
 * @property {() => void} finish Enter
 * @property {() => void} back takes the last step back
 * @property {() => void} skip what comes next is not there
 * @property {() => void} tagWholeImage the image itself takes the tag
 * @property {() => void} cancel gives up the draft, else the tool
 * @property {() => void} restore takes up what was given up last
 * @property {(by: Point, from: Point) => void} step moves the cross by key to whole pixels; from there at first
 * @property {() => Point|null} cross
 * @property {() => DraftPicture[]} pictures
 * @property {() => Tag|null} tag that a new shape takes
 */

/**
 * @param {App} app
 * @param {object} parts
 * @param {() => Ground|null} parts.ground
 * @param {() => Promise<string|null>} parts.askTag which tag, where the project has none; null: none
 * @param {() => void} parts.repaint
 * @param {() => void} parts.drawn a new shape has the focus
 * @returns {Drawing}
 */
export function createDrawing(app, { ground, askTag, repaint, drawn }) {
  const { scene } = app;
  /** @type {any} */
  let draft = null;
  /** @type {Point|null} */
  let cross = null;
  /** Whether keys moved the cross last. */
  let byKey = false;
  /** @type {Kept|null} */
  let dropped = null;
  /** @type {Kept|null} */
  let sent = null;
  let assetId = scene.state.current?.id ?? null;
  let tool = app.tool;
  /** What was last said of what is to be done next. */
  let told = "";
  /** @type {Point|null} the cross where a key last set a point */
  let setAt = null;

  function tag() {
    const { tags, tagById, lastTagId } = scene.state;
    return tagById.get(app.drawTagId ?? lastTagId ?? "") ?? tags[0] ?? null;
  }

  /** @returns {Kept|null} */
  const present = () => {
    if (!draft || !assetId) return null;
    return { assetId, tool: app.tool.id, stays: app.tool.stays, draft };
  };

  /** @param {any} next */
  function setDraft(next) {
    draft = next;
    app.setDraft({ drawing: draft !== null, dropped: dropped?.assetId === assetId });
    repaint();
  }

  /** @param {DrawEvent} event */
  function feed(event) {
    const machine = DRAW_TOOLS[app.tool.id];
    if (!machine || !assetId) return;
    const refusal = machine.refusal?.(tag());
    if (refusal) {
      if (event.type === "press") app.say(refusal, "warning");
      return;
    }
    const step = machine.step(draft, event, tag());
    if (step.draft && !draft) dropped = null;
    setDraft(step.draft);
    if (step.shape) send(step.shape);
    else if (event.type !== "press") tellNext();
  }

  /** What a tool asks for next, once. */
  function tellNext() {
    const machine = DRAW_TOOLS[app.tool.id];
    const refusal = machine?.refusal?.(tag());
    const next = refusal || (machine?.told?.(draft, tag()) ?? "");
    // What a tool asked for is not to be done any more once it was put away.
    if (next !== told) app.say(next, refusal ? "warning" : "info");
    told = next;
  }

  /** @param {"press"|"move"|"release"} type @param {Point} point */
  function point(type, point) {
    const here = ground();
    if (!here) return;
    cross = placed(point, here);
    feed({ type, at: cross, reach: SLOP / here.scale });
  }

  /**
   * The draft is out of hand while it is asked for, so that the next one can begin.
   *
   * @param {Outline} shape
   */
  async function send(shape) {
    const own = present();
    if (!own) return;
    sent = own;
    setDraft(null);
    if (!own.stays && app.painted.candidates.length > 0) app.setTool("select");
    const accepted = await annotate(own.assetId, shape);
    sent = null;
    if (!accepted) takeUp(own);
    else if (own.assetId === assetId && !draft) focusNew(accepted.added);
    repaint();
  }

  /** @param {string} assetId @param {Outline} shape @returns {Promise<Accepted|null>} */
  async function annotate(assetId, shape) {
    const { tags, tagById } = scene.state;
    // Where the person chose none, the session takes the last one used.
    const chosen = tagById.has(app.drawTagId ?? "") ? app.drawTagId : null;
    const tagId = tags.length > 0 ? chosen : await askTag();
    if (tagId === null && tags.length === 0) return null;
    return attempt(app, { type: "draw", assetId, tagId, shape: outlineJson(shape) });
  }

  /** @param {readonly string[]} added */
  function focusNew([id]) {
    if (id === undefined) return;
    app.setFocus({ kind: "annotation", id });
    app.setDrawTag(null);
    drawn();
  }

  /** @param {Kept} kept a draft that goes on, unless another one has begun or its image is gone */
  function takeUp(kept) {
    if (draft || kept.assetId !== assetId) {
      dropped = kept;
      setDraft(draft);
      return;
    }
    if (app.tool.id !== kept.tool) app.setTool(kept.tool, kept.stays);
    dropped = null;
    setDraft(kept.draft);
  }

  function giveUp() {
    dropped = present() ?? dropped;
    setDraft(null);
  }

  app.onPage((changed) => {
    if (changed !== "tool") return;
    byKey = false;
    if (!draws(app.tool.id)) cross = null;
    // Another tag may be chosen for what is being drawn.
    if (draft && !sent && app.tool !== tool) giveUp();
    tool = app.tool;
    tellNext();
    repaint();
  });
  scene.subscribe((changed) => {
    const id = scene.state.current?.id ?? null;
    if (id !== assetId) {
      giveUp();
      assetId = id;
      cross = null;
      // What was given up on another image is brought back there: here Ctrl+Z means the last step.
      setDraft(null);
    } else if (changed.has("history") && dropped?.assetId === id) {
      // Ctrl+Z now means the step that was done since.
      dropped = null;
      setDraft(draft);
    }
  });

  return {
    press: (at) => point("press", at),
    move(at) {
      byKey = false;
      point("move", at);
    },
    release: (at) => point("release", at),
    leave() {
      if (!byKey) cross = null;
      repaint();
    },
    lose: () => feed({ type: "lost" }),
    finish() {
      const isInPlace = cross === setAt && DRAW_TOOLS[app.tool.id]?.endsInPlace;
      if (!byKey || !cross || isInPlace) {
        feed({ type: "finish" });
        return;
      }
      const at = cross;
      point("press", at);
      point("release", at);
      setAt = cross;
    },
    back: () => feed({ type: "back" }),
    skip: () => feed({ type: "skip" }),
    async tagWholeImage() {
      const size = ground()?.size;
      const on = assetId;
      if (!size || !on) return;
      const accepted = await annotate(on, wholeImageOutline(size));
      if (accepted && on === assetId) focusNew(accepted.added);
    },
    cancel() {
      if (draft) giveUp();
      else app.setTool("select");
    },
    restore() {
      if (dropped?.assetId === assetId) takeUp(dropped);
    },
    step(by, from) {
      const at = cross ?? from;
      byKey = true;
      // The next shape is meant now, so that keys no longer move the last one.
      if (!draft) app.setFocus(null);
      point("move", { x: Math.round(at.x + by.x), y: Math.round(at.y + by.y) });
    },
    cross: () => cross,
    pictures: () =>
      [sent, present()].flatMap((kept) => {
        const machine = kept && DRAW_TOOLS[kept.tool];
        return machine && kept.assetId === assetId ? [machine.picture(kept.draft, tag())] : [];
      }),
    tag,
  };
}
