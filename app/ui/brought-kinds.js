/**
 * What somebody brought, told apart by the endings of the names: images, and what may hold labels. Pure.
 *
 * @module
 */

/** @typedef {import("../scene/intake.js").Brought} Brought */

const LABELS = /\.(?:json|txt|ya?ml|names|labels)$/i;
const ZIP = /\.zip$/i;

/** Texts that come with many a data set and tell people about it. */
const TOLD = /(?:^|\/)(?:readme[^/]*|licen[cs]e[^/]*|requirements)\.(?:txt|json|ya?ml)$/i;

/**
 * @param {readonly Brought[]} brought
 * @returns {{ images: Brought[], labels: Brought[] }} `labels`: texts and zip files; `images`: all else
 */
export function toldApart(brought) {
  /** @type {Brought[]} */
  const images = [];
  /** @type {Brought[]} */
  const labels = [];
  for (const one of brought) {
    // A zip file that nobody could open is told with the images.
    const isLost = "problem" in one && ZIP.test(one.name);
    if (!isLost && (LABELS.test(one.name) || ZIP.test(one.name))) {
      if (!TOLD.test(one.name)) labels.push(one);
    } else {
      images.push(one);
    }
  }
  return { images, labels };
}

/** @param {Brought} one */
export function isZip({ name }) {
  return ZIP.test(name);
}
