/**
 * What a file is, by its content. Its name decides only among files that begin in the same way.
 */

/** @typedef {"jpeg" | "png" | "webp" | "gif" | "bmp" | "avif" | "tiff"} ImageKind */
/** @typedef {"heic" | "raw" | "jpeg-xl" | "jpeg-2000" | "psd" | "dicom" | "svg" | "pdf" | "video" | "archive"} ForeignKind */

/** The media types of the images that can be read. @type {Readonly<Record<ImageKind, string>>} */
export const MEDIA_TYPES = Object.freeze({
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  bmp: "image/bmp",
  avif: "image/avif",
  tiff: "image/tiff",
});

/** How files begin; `at` is 0 unless told. @type {readonly { kind: ImageKind | ForeignKind, text: string, at?: number }[]} */
const BEGINNINGS = [
  { kind: "jpeg", text: "\xff\xd8\xff" },
  { kind: "png", text: "\x89PNG\r\n\x1a\n" },
  { kind: "gif", text: "GIF87a" },
  { kind: "gif", text: "GIF89a" },
  { kind: "bmp", text: "BM" },
  { kind: "raw", text: "CR\x02", at: 8 },
  { kind: "tiff", text: "II*\0" },
  { kind: "tiff", text: "MM\0*" },
  { kind: "tiff", text: "II+\0" },
  { kind: "tiff", text: "MM\0+" },
  { kind: "raw", text: "IIU\0" },
  { kind: "raw", text: "IIRO" },
  { kind: "raw", text: "IIRS" },
  { kind: "raw", text: "MMOR" },
  { kind: "raw", text: "FUJIFILMCCD-RAW" },
  { kind: "jpeg-xl", text: "\xff\x0a" },
  { kind: "jpeg-xl", text: "\0\0\0\x0cJXL " },
  { kind: "jpeg-2000", text: "\0\0\0\x0cjP  " },
  { kind: "psd", text: "8BPS" },
  { kind: "dicom", text: "DICM", at: 128 },
  { kind: "pdf", text: "%PDF" },
  { kind: "video", text: "\x1aE\xdf\xa3" },
  { kind: "video", text: "\0\0\x01\xba" },
  { kind: "video", text: "FLV\x01" },
  { kind: "archive", text: "PK\x03\x04" },
  { kind: "archive", text: "\x1f\x8b" },
  { kind: "archive", text: "7z\xbc\xaf" },
  { kind: "archive", text: "Rar!" },
];

/** Kinds of the media container whose name stands at byte 4, by the brands it is compatible with. */
const BRANDS = /** @type {[ImageKind | ForeignKind, string[]][]} */ ([
  ["avif", ["avif", "avis"]],
  ["heic", ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"]],
  ["raw", ["crx "]],
]);

/** Camera files that begin as a TIFF does: read as one they would give their preview. */
const RAW_NAMES = /\.(nef|nrw|arw|sr2|srf|dng|pef|srw|3fr|iiq|erf|kdc|dcr|mos|mef)$/i;

/** How many bytes from the start tell the kind. */
export const KIND_BYTES = 512;

/**
 * @param {Uint8Array} bytes the first KIND_BYTES or more
 * @param {string} name of the file
 * @returns {ImageKind | ForeignKind | null} null for nothing that is known here
 */
export function kindOf(bytes, name) {
  const text = String.fromCharCode(...bytes.subarray(0, KIND_BYTES));
  if (text.startsWith("ftyp", 4)) return containerKind(text);
  if (text.startsWith("RIFF")) return text.startsWith("WEBP", 8) ? "webp" : "video";
  const found = BEGINNINGS.find((one) => text.startsWith(one.text, one.at ?? 0))?.kind ?? null;
  if (found === "tiff" && RAW_NAMES.test(name)) return "raw";
  if (found === null && /^\s*(<\?xml|<!--|<svg)/.test(text) && /\.svg$|<svg/i.test(name + text))
    return "svg";
  return found;
}

/**
 * @param {ImageKind | ForeignKind | null} kind
 * @returns {kind is ImageKind}
 */
export function isImageKind(kind) {
  return kind !== null && Object.hasOwn(MEDIA_TYPES, kind);
}

/**
 * @param {string} text the start of the file
 * @returns {ImageKind | ForeignKind}
 */
function containerKind(text) {
  const length = Math.max(16, text.charCodeAt(2) * 256 + text.charCodeAt(3));
  const brands = Array.from(text.slice(8, length).matchAll(/.{4}/gs), ([brand]) => brand);
  for (const [kind, names] of BRANDS) if (names.some((name) => brands.includes(name))) return kind;
  return "video";
}
