/**
 * The image thread asks by a port of its own, and so its requests and the page's may have the same ids: towards
 * Python, those of the image thread are negative and never used again.
 */

/**
 * @typedef {import("../python.js").Handle} Handle
 * @typedef {{ port: MessagePort, id: number, epoch: number }} Asked
 */

export function createImageRequests() {
  /** @type {Map<number, Asked>} by the id that Python knows, until answered */
  const asked = new Map();
  /** @type {MessagePort | null} */
  let current = null;
  let last = 0;

  return {
    /**
     * Serve an image thread; the one before is gone.
     * @param {MessagePort} port
     * @param {Handle} handle
     */
    serve(port, handle) {
      current?.close();
      current = port;
      port.onmessage = ({ data: { id, epoch, text, attachments } }) => {
        last -= 1;
        asked.set(last, { port, id, epoch });
        handle(last, text, attachments);
      };
    },

    /** Takes what Python answers to negative ids. */
    end: {
      /**
       * @param {any} envelope
       * @param {Transferable[]} transfer
       */
      postMessage(envelope, transfer) {
        const one = asked.get(envelope.id);
        asked.delete(envelope.id);
        one?.port.postMessage({ ...envelope, id: one.id, epoch: one.epoch }, transfer);
      },
    },
  };
}
