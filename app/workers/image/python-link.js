/**
 * The way to the compute thread, for what the browser does not read itself. The page hands out the port, and a new
 * one when one of the two threads was started again.
 */

import { Link } from "../../shared/rpc.js";

/** A port is one link's own: nobody else's messages come by it. */
const EPOCH = 0;

export function createPythonLink() {
  /** @type {Link | null} */
  let link = null;
  const connected = /** @type {PromiseWithResolvers<void>} */ (Promise.withResolvers());

  return {
    /** @param {MessagePort} port */
    connect(port) {
      link?.close("the Python thread ended while it read an image");
      link = new Link({ end: port, epoch: EPOCH, onEvent: () => {} });
      connected.resolve();
    },

    /**
     * @param {string} kind
     * @param {Record<string, unknown>} fields
     * @param {ArrayBuffer} file moved
     * @returns {Promise<import("../../shared/rpc.js").Reply>} rejects with `RemoteError`
     */
    async ask(kind, fields, file) {
      await connected.promise;
      return await /** @type {Link} */ (link).request(kind, fields, [file]);
    },
  };
}
