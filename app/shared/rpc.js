/**
 * The one way threads talk: numbered requests with replies, and events that nobody asked for.
 *
 * A message is JSON text plus attachments (array buffers, blobs, bitmaps, ports). Text goes to Python as
 * it is, so no object graph is converted twice; attachments are moved, not copied, where the platform can.
 * Every message carries the epoch of the worker that it belongs to: what an earlier, dead worker still
 * says is dropped.
 */

/**
 * @typedef {ArrayBuffer | Blob | ImageBitmap | MessagePort | FileSystemFileHandle} Attachment
 * @typedef {{ id: number, epoch: number, text: string, attachments: Attachment[] }} Envelope
 * @typedef {{ result: any, attachments: Attachment[] }} Reply
 * @typedef {{
 *   postMessage(message: unknown, transfer: Transferable[]): void,
 *   onmessage: ((event: MessageEvent) => void) | null,
 * }} MessageEnd
 */

/** What the other side refused or failed at: `code` for programs, `message` for people. */
export class RemoteError extends Error {
  /** @param {{ code: string, message: string, detail?: string }} error */
  constructor({ code, message, detail }) {
    super(message);
    this.name = "RemoteError";
    this.code = code;
    this.detail = detail ?? "";
  }
}

/**
 * The attachments that can be moved. A blob or a place on disk is a handle already and is cloned by reference.
 * @param {readonly Attachment[]} attachments
 * @returns {Transferable[]}
 */
export function movable(attachments) {
  return attachments.filter((item) => !(item instanceof Blob || isPlace(item)));
}

/**
 * @param {Attachment} item
 * @returns {item is FileSystemFileHandle}
 */
function isPlace(item) {
  return "FileSystemFileHandle" in globalThis && item instanceof FileSystemFileHandle;
}

/** The asking side of a link to one worker, alive for one epoch. */
export class Link {
  /**
   * @param {{
   *   end: MessageEnd,
   *   epoch: number,
   *   onEvent: (event: any, attachments: Attachment[]) => void,
   * }} options
   */
  constructor({ end, epoch, onEvent }) {
    this.end = end;
    this.epoch = epoch;
    this.onEvent = onEvent;
    this.nextId = 1;
    /** @type {RemoteError | null} why nobody answers any more */
    this.lost = null;
    /** @type {Map<number, { resolve: (reply: Reply) => void, reject: (reason: Error) => void }>} */
    this.waiting = new Map();
    end.onmessage = (message) => this.#take(message.data);
  }

  /**
   * Ask for something.
   * @param {string} kind
   * @param {Record<string, unknown>} [fields]
   * @param {Attachment[]} [attachments]
   * @returns {Promise<Reply>} rejects with `RemoteError` when the worker refuses, fails or dies
   */
  request(kind, fields = {}, attachments = []) {
    if (this.lost) return Promise.reject(this.lost);
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      const text = JSON.stringify({ kind, ...fields });
      this.end.postMessage({ id, epoch: this.epoch, text, attachments }, movable(attachments));
    });
  }

  /**
   * Tell something that needs no answer.
   * @param {string} kind
   * @param {Record<string, unknown>} [fields]
   * @param {Attachment[]} [attachments]
   */
  tell(kind, fields = {}, attachments = []) {
    const text = JSON.stringify({ kind, ...fields });
    this.end.postMessage({ id: 0, epoch: this.epoch, text, attachments }, movable(attachments));
  }

  /**
   * The worker is gone: nobody will answer any more.
   * @param {string} reason for people
   */
  close(reason) {
    this.end.onmessage = null;
    this.lost = new RemoteError({ code: "worker-lost", message: reason });
    for (const { reject } of this.waiting.values()) reject(this.lost);
    this.waiting.clear();
  }

  /** @param {Envelope} envelope */
  #take({ id, epoch, text, attachments }) {
    if (epoch !== this.epoch) return;
    const body = JSON.parse(text);
    if (id === 0) {
      this.onEvent(body, attachments);
      return;
    }
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    if (body.ok) waiting.resolve({ result: body.result, attachments });
    else waiting.reject(new RemoteError(body.error));
  }
}

/** The answering side, in a worker whose requests are handled in JavaScript. */
export class Responder {
  /**
   * @param {{
   *   end: MessageEnd,
   *   epoch: number,
   *   handlers: Record<string, (fields: any, attachments: any[]) => Promise<{
   *     result?: unknown, attachments?: Attachment[] }> | { result?: unknown, attachments?: Attachment[] }>,
   * }} options
   */
  constructor({ end, epoch, handlers }) {
    this.end = end;
    this.epoch = epoch;
    this.handlers = handlers;
    end.onmessage = (message) => this.#take(message.data);
  }

  /**
   * @param {Record<string, unknown>} event
   * @param {Attachment[]} [attachments]
   */
  emit(event, attachments = []) {
    this.#post(0, event, attachments);
  }

  /** @param {Envelope} envelope */
  async #take({ id, epoch, text, attachments }) {
    if (epoch !== this.epoch) return;
    const { kind, ...fields } = JSON.parse(text);
    try {
      const handler = this.handlers[kind];
      if (!handler) throw new Error(`no request of the kind "${kind}" is known here`);
      const answer = await handler(fields, attachments);
      if (id !== 0)
        this.#post(id, { ok: true, result: answer.result ?? null }, answer.attachments ?? []);
    } catch (reason) {
      if (id === 0) console.error(`"${kind}" failed`, reason);
      else this.#post(id, { ok: false, error: describeError(reason) }, []);
    }
  }

  /**
   * @param {number} id
   * @param {unknown} body
   * @param {Attachment[]} attachments
   */
  #post(id, body, attachments) {
    const envelope = { id, epoch: this.epoch, text: JSON.stringify(body), attachments };
    this.end.postMessage(envelope, movable(attachments));
  }
}

/**
 * @param {unknown} reason anything thrown
 * @returns {{ code: string, message: string, detail?: string }}
 */
export function describeError(reason) {
  if (reason instanceof RemoteError) {
    return { code: reason.code, message: reason.message, detail: reason.detail };
  }
  if (reason instanceof Error) {
    return { code: reason.name, message: reason.message, detail: reason.stack };
  }
  return { code: "unknown", message: String(reason) };
}
