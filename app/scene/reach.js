/**
 * Why a server is unreachable: a browser tells nobody, but a frame of this page can find out whether anything answers
 * at all (reach.html), which parts a server without CORS headers from one that is not there.
 */

import { networkPermissionFor } from "./network-permission.js";

/** Milliseconds; a browser that cannot have such a frame never answers. */
const WITHIN = 5000;

/**
 * @param {string} origin that the person has allowed
 * @param {() => Promise<unknown>} note writes down that it is asked
 * @returns {Promise<"no-cors" | "no-answer" | "unreachable">} no-cors: it answers, and does not let pages read that;
 *   no-answer: it does not answer this browser; unreachable: it is neither, or could not be found out
 */
export async function reasonOf(origin, note) {
  // Where it is not decided, the browser would ask the person, who has not asked for that.
  const permission = await networkPermissionFor(`${origin}/`);
  if (permission && permission.status.state !== "granted") return "unreachable";
  const frame = await openFrame();
  try {
    await note();
    const answers = await ask(frame, { origin, mode: "no-cors" });
    if (answers !== true) return answers === null ? "unreachable" : "no-answer";
    await note();
    return (await ask(frame, { origin, mode: "cors" })) === false ? "no-cors" : "unreachable";
  } finally {
    frame.remove();
  }
}

/** @returns {Promise<HTMLIFrameElement>} once it hears, or as it is where it never will */
async function openFrame() {
  const frame = document.createElement("iframe");
  Object.assign(frame, { src: "reach.html", hidden: true, title: "Does the server answer?" });
  const hears = new Promise((resolve) => {
    addEventListener("message", function ready({ source }) {
      if (source !== frame.contentWindow) return;
      removeEventListener("message", ready);
      resolve(null);
    });
    setTimeout(resolve, WITHIN);
  });
  document.body.append(frame);
  await hears;
  return frame;
}

/**
 * @param {HTMLIFrameElement} frame
 * @param {{ origin: string, mode: "cors" | "no-cors" }} question
 * @returns {Promise<boolean | null>} whether something came back; null where that was not told in time
 */
async function ask(frame, question) {
  const { port1, port2 } = new MessageChannel();
  try {
    return await new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
      frame.contentWindow?.postMessage(question, location.origin, [port2]);
      setTimeout(resolve, WITHIN, null);
    });
  } finally {
    port1.close();
  }
}
