/**
 * Files out of a file picker, a drop or the clipboard, under names that tell the folders that they lie in.
 *
 * @module
 */

/** @typedef {import("../scene/intake.js").Brought} Brought */

/** What systems leave in folders without anybody asking; also everything whose name begins with a dot. */
const LITTER = new Set(["thumbs.db", "desktop.ini", "__macosx"]);

/**
 * @param {Iterable<File>} files of an input, of files or of a folder
 * @returns {Brought[]}
 */
export function fromInput(files) {
  return [...files]
    .map((file) => ({ name: file.webkitRelativePath || file.name, file }))
    .filter(({ name }) => !isLitter(name));
}

/**
 * @param {DataTransfer} transfer of a drop or a paste; it is read before this returns, as it must be
 * @returns {Promise<Brought[]>} with everything in its folders
 */
export async function fromTransfer(transfer) {
  const found = [...transfer.items]
    .filter(({ kind }) => kind === "file")
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const brought = await Promise.all(
    found.map(async ({ entry, file }) => {
      if (entry?.isDirectory) return await fromDirectory(/** @type {any} */ (entry), entry.name);
      return file ? [{ name: file.name, file }] : [];
    }),
  );
  return brought.flat();
}

/**
 * The folder that everything lies in.
 * @param {readonly Brought[]} brought
 * @returns {string | null} null where there is none
 */
export function commonFolder(brought) {
  const [folder] = brought[0]?.name.split("/") ?? [];
  return brought.length > 0 && brought.every(({ name }) => name.startsWith(`${folder}/`))
    ? folder
    : null;
}

/**
 * @param {readonly Brought[]} brought all in this folder
 * @param {string} folder
 * @returns {Brought[]} with names from there on
 */
export function within(brought, folder) {
  return brought.map((one) => ({ ...one, name: one.name.slice(folder.length + 1) }));
}

/**
 * @param {FileSystemDirectoryEntry} directory
 * @param {string} path
 * @returns {Promise<Brought[]>}
 */
async function fromDirectory(directory, path) {
  /** @type {Brought[]} */
  const brought = [];
  try {
    for await (const entry of entriesOf(directory)) {
      const name = `${path}/${entry.name}`;
      if (isLitter(name)) continue;
      if (entry.isDirectory)
        brought.push(...(await fromDirectory(/** @type {any} */ (entry), name)));
      else brought.push(await fromEntry(/** @type {any} */ (entry), name));
    }
  } catch (reason) {
    brought.push({ name: path, problem: unreadable(reason) });
  }
  return brought;
}

/** @param {FileSystemDirectoryEntry} directory */
async function* entriesOf(directory) {
  const reader = directory.createReader();
  for (;;) {
    // It gives some at a time, and none when there are no more.
    const entries = await new Promise(
      (/** @type {(entries: FileSystemEntry[]) => void} */ resolve, reject) =>
        reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return;
    yield* entries;
  }
}

/**
 * @param {FileSystemFileEntry} entry
 * @param {string} name
 * @returns {Promise<Brought>}
 */
async function fromEntry(entry, name) {
  try {
    return { name, file: await new Promise((resolve, reject) => entry.file(resolve, reject)) };
  } catch (reason) {
    return { name, problem: unreadable(reason) };
  }
}

/** @param {unknown} reason */
function unreadable(reason) {
  return {
    what: `The browser cannot read it: ${/** @type {Error} */ (reason).message}`,
    remedy: "Is it still there, and may you open it? Then add it again.",
  };
}

/** @param {string} path what was chosen itself, its first part, is wanted */
function isLitter(path) {
  const [, ...inside] = path.split("/");
  return inside.some((part) => part.startsWith(".") || LITTER.has(part.toLowerCase()));
}
