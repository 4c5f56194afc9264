/**
 * Sentences about where the work is kept. Pure.
 *
 * @module
 */

/** @typedef {import("../scene/types.js").SceneState} SceneState */
/** @typedef {import("../scene/types.js").Filing} Filing */
/** @typedef {import("../scene/storage-room.js").Room} Room */

/** From here on the room is told to be short: a share of the quota. */
const SHORT_OF_ROOM = 0.9;

/**
 * @param {Filing} filing
 * @returns {number} changes that no project file has
 */
export function unfiled({ changes, filedChanges }) {
  return Math.max(0, changes - filedChanges);
}

/**
 * @param {Filing} filing
 * @returns {string} ", 214 changes not in a file"; empty where the last file has everything
 */
export function unfiledText(filing) {
  const count = unfiled(filing);
  if (count === 0) return filing.filedAt === null ? "" : ", all in a file";
  return `, ${count} ${count === 1 ? "change" : "changes"} not in a file`;
}

/**
 * @param {Filing} filing
 * @param {number} now milliseconds since 1970
 * @returns {string}
 */
export function filingText(filing, now) {
  if (filing.filedAt === null) return "No project file of it was saved yet.";
  const count = unfiled(filing);
  const changes = count === 1 ? "1 change" : `${count} changes`;
  const since = count === 0 ? "nothing has changed" : `${changes} came`;
  return `The last project file was saved ${agoText(now - filing.filedAt)}; ${since} since.`;
}

/**
 * @param {number} milliseconds
 * @returns {string} "today", "yesterday", "12 days ago"
 */
export function agoText(milliseconds) {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? "yesterday" : `${days} days ago`;
}

/**
 * @param {Room} room
 * @returns {string}
 */
export function keptText({ kept, asked }) {
  if (kept) return "The browser keeps it until you clear it yourself.";
  const answer = asked
    ? "The browser was asked to keep it and has not agreed so far: it"
    : "The browser";
  return `${answer} may clear it when the disk gets full. Project files are the safe copy.`;
}

/**
 * @param {Room} room
 * @returns {boolean}
 */
export function isShortOfRoom({ used, quota }) {
  return quota > 0 && used > quota * SHORT_OF_ROOM;
}
