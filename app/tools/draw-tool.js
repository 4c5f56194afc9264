/**
 * What a tool that draws is: a machine from gestures to a shape. Data in, data out; it knows neither
 * pointer nor session. Types only; this module has no code.
 *
 * @module
 */

/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("../shared/outline.js").Outline} Outline */
/** @typedef {import("../scene/types.js").Tag} Tag */

/**
 * What a person did, at a point of the image. `finish` is Enter, `back` takes the last step back,
 * `lost` says that a press will have no release, `skip` that what comes next is not there.
 *
 * @typedef {{type: "press"|"move"|"release", at: Point, reach: number}
 *   |{type: "finish"}
 *   |{type: "back"}
 *   |{type: "skip"}
 *   |{type: "lost"}} DrawEvent `reach`: points nearer than this are meant to be one
 */

/**
 * @template Draft
 * @typedef {object} DrawStep
 * @property {Draft|null} draft what goes on; where there is a shape, what goes on if it is refused
 * @property {Outline} [shape] is finished
 */

/**
 * What is painted of a draft.
 *
 * @typedef {object} DraftPicture
 * @property {readonly (readonly Point[])[]} lines the last point of each follows the pointer
 * @property {boolean} closed whether the last point is joined to the first
 * @property {readonly Point[]} points to be marked; the first may be clicked to close
 * @property {readonly (readonly [Point, Point])[]} [bones] lines of a skeleton between the points
 * @property {string} size in words
 */

/**
 * @template Draft
 * @typedef {object} DrawTool
 * @property {(draft: Draft|null, event: DrawEvent, tag: Tag|null) => DrawStep<Draft>} step `tag`: that
 *   the shape takes
 * @property {(draft: Draft, tag: Tag|null) => DraftPicture} picture
 * @property {(tag: Tag|null) => string} [refusal] why no shape of that tag can be drawn; "" where it can
 * @property {(draft: Draft|null, tag: Tag|null) => string} [told] what is to be done next
 * @property {boolean} [endsInPlace] a second Enter on one place finishes
 */

export {};
