/**
 * What a handle is: a place on a shape that can be taken and moved. Types only; this module has no
 * code.
 *
 * @module
 */

/** @typedef {import("../../shared/geometry.js").Point} Point */
/** @typedef {import("../../shared/geometry.js").Size} Size */
/** @typedef {import("../../shared/outline.js").Outline} Outline */

/**
 * @typedef {object} Handle
 * @property {string} id among the handles of its shape
 * @property {"corner"|"edge"|"turn"|"vertex"|"middle"|"keypoint"} role a `middle` becomes a vertex when it is
 *   moved; `turn` turns the shape
 * @property {string} name for people: "top left corner"
 * @property {Point} at on the image
 * @property {string} cursor of CSS
 * @property {string} becomes its id once it was moved
 * @property {number} [visibility] of a keypoint
 */

/**
 * The handles of one kind of shape. Pure.
 *
 * @typedef {object} Handles
 * @property {(outline: Outline, scale: number, room: number, names: readonly string[]) => Handle[]} of
 *   the handles; those within edges only where the edge is as long as `room`, CSS pixels, of which an
 *   image pixel has `scale`; `names`: of keypoints, in their order
 * @property {(outline: Outline, id: string, to: Point, size: Size) => Outline} moved what the shape is
 *   once a handle is at a place of the image, whose size it is; the shape stays on the image
 */

export {};
