/**
 * Line icons on a 16 px grid, drawn with the colour of the text around them. Always beside a name:
 * they are hidden from assistive technology.
 *
 * @module
 */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = Object.freeze({
  previous: "M10 3.5 5.5 8l4.5 4.5",
  next: "M6 3.5 10.5 8 6 12.5",
  rename: "M3 13v-2.5l7.5-7.5 2.5 2.5L5.5 13ZM9 4.5l2.5 2.5",
  duplicate: "M2.5 2.5h8v8h-8ZM5.5 13.5h8v-8",
  export: "M8 10V2M5 4.5l3-3 3 3M2.5 8.5v5h11v-5",
  save: "M8 2v7M5 6.5l3 3 3-3M2.5 10v3.5h11V10",
  more: "m4 6.5 4 4 4-4",
  undo: "M6 3 3 6l3 3M3.2 6H10a3.5 3.5 0 0 1 0 7H7",
  redo: "m10 3 3 3-3 3M12.8 6H6a3.5 3.5 0 0 0 0 7h3",
  settings: "M2 4.5h7M12.5 4.5H14M2 11.5h1.5M7 11.5h7M9 2.8v3.4M5.2 9.8v3.4",
  assist: "M8 1.8 9.5 6l4.2 1.5L9.5 9 8 13.2 6.5 9 2.3 7.5 6.5 6ZM13 11.5v3M11.5 13h3",
  check: "m3 8.5 3.2 3.2L13 4.8",
  "check-twice": "m1.5 8.5 3 3L9.5 5M8 11l.7.7L15 5",
  nothing: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM4.2 11.8l7.6-7.6",
  todo: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Z",
  started: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM8 5v3.2l2 1.3",
  returned: "M6 4 3 7l3 3M3.2 7H13v4.5",
  skipped: "m3.5 3.5 4.5 4.5-4.5 4.5M9 3.5 13.5 8 9 12.5",
  failed: "M8 2.2 14.3 13H1.7ZM8 6.5v3M8 11.2v.3",
  disagree: "M3 6h10M3 10h10M11 3 5 13",
  readings: "M2.5 2.5h7.5v7.5H2.5ZM6 6h7.5v7.5H6Z",
  delete: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9",
  select: "M4 2.5v9.8l2.6-2.4 1.7 3.8 1.9-.8-1.7-3.7H12Z",
  box: "M2.5 4h11v8h-11Z",
  polygon: "M8 2.5 13.5 6l-2 7h-7l-2-6Z",
  "rotated-box": "M5.6 2.2 14 6.4l-3.6 7.4L2 9.6Z",
  keypoints:
    "M8 2a1.6 1.6 0 1 0 0 3.2A1.6 1.6 0 0 0 8 2ZM8 5.2v4M3 7.5l5-1 5 1M4.5 14 8 9.2l3.5 4.8",
  "whole-image": "M2 3h12v10H2ZM4.5 5.5h3.5",
  edit: "m3 13 .7-3.2 7-7 2.5 2.5-7 7ZM9.4 4.1l2.5 2.5",
  add: "M8 3v10M3 8h10",
  panel: "M2 3h12v10H2ZM6 3v10",
  lists: "M2 3h12v10H2ZM10 3v10",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  offline: "M8 2.5v7M5 7l3 3 3-3M3 13h10",
  close: "m4 4 8 8M12 4l-8 8",
  import: "M2 8h7.5M6.5 5l3 3-3 3M8 2.5h5.5v11H8",
  folder: "M2 4h4l1.5 2H14v7H2Z",
  plus: "M8 3v10M3 8h10",
  help: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2M8 11v.3",
  image: "M2.5 3h11v10h-11ZM2.5 11l3-3.5 3 3 2-2 3 3M10.5 6v.2",
});

/** @typedef {keyof typeof PATHS} IconName */

/**
 * @param {IconName} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
