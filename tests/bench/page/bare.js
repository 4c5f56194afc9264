/**
 * The yardsticks: a page with nothing of the app in it, on the same origin, isolated in the same way and served the
 * same vendor files by the same service worker.
 */

const workers = new Map();

/** Ask a worker of this folder, which starts at its first question; gives its answer. */
globalThis.ask = (name, question) =>
  new Promise((resolve, reject) => {
    if (!workers.has(name)) {
      workers.set(name, new Worker(new URL(`${name}.js`, import.meta.url), { type: "module" }));
    }
    const worker = workers.get(name);
    const { port1, port2 } = new MessageChannel();
    worker.onerror = ({ message }) => reject(new Error(message));
    port1.onmessage = ({ data }) => {
      if (data.error) reject(new Error(data.error));
      else resolve(data.answer);
    };
    worker.postMessage(question, [port2]);
  });
