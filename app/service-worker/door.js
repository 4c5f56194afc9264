/**
 * The one door out: requests to deployments, and to nothing else. It answers windows of this address only, forwards
 * only to origins that the person has allowed here, follows no redirect, sends no cookie, and writes down everything
 * that left.
 */

import { openDB } from "../vendor/idb/index.js";
import { isMixed } from "./address-space.js";

/**
 * @typedef {import("./messages.js").DoorQuestion} DoorQuestion
 * @typedef {import("./messages.js").DoorRequest} DoorRequest
 * @typedef {import("./messages.js").DoorAnswer} DoorAnswer
 * @typedef {import("./messages.js").DoorFailure} DoorFailure
 * @typedef {import("./messages.js").Leaving} Leaving
 */

/** A larger answer is a failure. Bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The latest entries of the list of what left. */
const MOST_ENTRIES = 2000;

/** What is asked by the documents that ask by themselves: connect.html, reach.html. */
const ASKED = { permission: "asking permission", reach: "does it answer?" };

export class Door {
  /** @type {string} */
  #scope;
  /** @type {Promise<import("../vendor/idb/index.js").IDBPDatabase> | null} */
  #opened = null;

  /** @param {string} scope */
  constructor(scope) {
    this.#scope = scope;
  }

  /**
   * Only windows may ask: what reads foreign files and answers runs in workers.
   * @param {Client} client
   */
  admits(client) {
    return client.type === "window" && client.url.startsWith(this.#scope);
  }

  /**
   * What a relay passes on leaves this computer, though its address is the page's own: the door alone sends it. That
   * does not come by here; whatever does was sent around the door. What the relay says of itself leaves nowhere.
   *
   * @param {Request} request
   */
  shuts(request) {
    const { pathname, origin } = new URL(request.url);
    const relay = new URL("relay", this.#scope);
    const isBelow = origin === relay.origin && `${pathname}/`.startsWith(`${relay.pathname}/`);
    return isBelow && pathname !== `${relay.pathname}/.twoclick`;
  }

  /** @returns {Promise<string[]>} that the person lets images go to */
  async allowedOrigins() {
    const database = await this.#database();
    return (await database.getAllKeys("allowed")).map(String);
  }

  /**
   * @param {DoorQuestion} question
   * @param {MessagePort} port where the answer goes; for a request, "cancel" comes this way
   * @returns {Promise<void>}
   */
  async answer(question, port) {
    try {
      port.postMessage({ done: await this.#done(question, port) });
    } catch (error) {
      port.postMessage({ error: String(error) });
    }
  }

  /**
   * @param {DoorQuestion} question
   * @param {MessagePort} port
   * @returns {Promise<unknown>}
   */
  async #done(question, port) {
    const database = await this.#database();
    switch (question.door) {
      case "send":
        return this.#send(question.request, port);
      case "allow":
        return database.put("allowed", { origin: question.origin, at: Date.now() });
      case "disallow":
        return database.delete("allowed", question.origin);
      case "allowed":
        return this.allowedOrigins();
      case "keep-secret":
        return database.put("secrets", { address: question.address, secret: question.secret });
      case "forget-secret":
        return database.delete("secrets", question.address);
      case "secrets":
        return database.getAllKeys("secrets");
      case "left":
        return database.getAll("left");
      case "note-asking":
        return this.#noteDown({
          ...{ at: Date.now(), origin: question.origin, path: "/", method: "GET" },
          ...{ sent: 0, received: 0, outcome: ASKED[question.why] },
        });
      case "clear-left":
        return database.clear("left");
    }
  }

  /**
   * @param {DoorRequest} request
   * @param {MessagePort} port
   * @returns {Promise<DoorAnswer | DoorFailure>}
   */
  async #send(request, port) {
    const { origin, pathname } = new URL(request.url);
    const database = await this.#database();
    // A credential goes to the address that it was given for, and nowhere else.
    const allowed = origin === new URL(request.address).origin;
    if (!allowed || !(await database.get("allowed", origin)))
      return { failure: "not-allowed-origin", detail: origin };
    if (isMixed(request.url, this.#scope)) return { failure: "plain-http", detail: "" };
    const secret = request.secret ?? (await database.get("secrets", request.address))?.secret;
    const entry = { at: Date.now(), origin, path: pathname, method: request.method };
    const sent = request.body?.byteLength ?? 0;
    const answer = await carry(withSecret(request, secret), port);
    const outcome = "failure" in answer ? answer.failure : String(answer.status);
    const received = "failure" in answer ? 0 : answer.body.byteLength;
    await this.#noteDown({ ...entry, sent, received, outcome });
    return answer;
  }

  /** @param {Leaving} entry */
  async #noteDown(entry) {
    const database = await this.#database();
    const written = database.transaction("left", "readwrite");
    const last = Number(await written.store.add(entry));
    if (last > MOST_ENTRIES)
      await written.store.delete(IDBKeyRange.upperBound(last - MOST_ENTRIES));
    await written.done;
  }

  #database() {
    this.#opened ??= openDB(`twoclick-door:${new URL(this.#scope).pathname}`, 1, {
      upgrade(database) {
        database.createObjectStore("allowed", { keyPath: "origin" });
        database.createObjectStore("secrets", { keyPath: "address" });
        database.createObjectStore("left", { autoIncrement: true });
      },
      terminated: () => {
        this.#opened = null;
      },
    }).catch((error) => {
      this.#opened = null;
      throw error;
    });
    return this.#opened;
  }
}

/**
 * The request with its credential where the protocol wants it.
 *
 * @param {DoorRequest} request
 * @param {string | undefined} secret
 * @returns {DoorRequest}
 */
function withSecret(request, secret) {
  const place = request.credential;
  if (!place || !secret) return request;
  if (place.where === "query") {
    const url = new URL(request.url);
    url.searchParams.set(place.name, secret);
    return { ...request, url: url.href };
  }
  const value = place.where === "basic" ? `Basic ${base64(secret)}` : `${place.prefix}${secret}`;
  return { ...request, headers: { ...request.headers, [place.name]: value } };
}

/** @param {string} text @returns {string} of its UTF-8 (RFC 7617) */
function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/**
 * @param {DoorRequest} request
 * @param {MessagePort} port
 * @returns {Promise<DoorAnswer | DoorFailure>}
 */
async function carry({ method, url, headers, body, timeout }, port) {
  const stop = new AbortController();
  /** @type {"timed-out" | "cancelled" | null} */
  let stopped = null;
  const end = (/** @type {"timed-out" | "cancelled"} */ why) => {
    stopped ??= why;
    stop.abort();
  };
  const timer = setTimeout(end, timeout * 1000, "timed-out");
  port.onmessage = () => end("cancelled");
  try {
    const response = await fetch(url, {
      method,
      headers,
      body: method === "GET" ? undefined : body,
      mode: "cors",
      credentials: "omit",
      redirect: "manual",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: stop.signal,
    });
    if (response.type === "opaqueredirect") return { failure: "redirected", detail: "" };
    const bytes = await read(response);
    if (bytes === null)
      return { failure: "answer-too-large", detail: `more than ${MOST_BYTES} bytes` };
    return { status: response.status, headers: Object.fromEntries(response.headers), body: bytes };
  } catch (error) {
    if (stopped) return { failure: stopped, detail: `after ${timeout} seconds` };
    return { failure: "unreachable", detail: String(error) };
  } finally {
    clearTimeout(timer);
    port.onmessage = null;
  }
}

/**
 * @param {Response} response
 * @returns {Promise<ArrayBuffer | null>} null for more than MOST_BYTES
 */
async function read(response) {
  const parts = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MOST_BYTES) {
      await reader?.cancel();
      return null;
    }
    parts.push(part.value);
  }
  return new Blob(parts).arrayBuffer();
}
