// A session thread of a test's own, with a database of its own, in the page; and what lies in such databases.

() => {
  const databaseOf = (scope) => `twoclick:${scope}`;

  /** Starts a session thread; gives what the page's own modules need of `threads`. */
  async function startSession(scope) {
    const { Link } = await import(new URL("shared/rpc.js", document.baseURI));
    const { files, version } = await (await fetch("assets.json")).json();
    const { path: wheel } = files.find(({ path }) => path.startsWith("wheels/"));
    const base = new URL(".", document.baseURI).href;
    const worker = new Worker(new URL("workers/session/worker.js", base), { type: "module" });
    const events = [];
    const { promise: ready, resolve, reject } = Promise.withResolvers();
    const onEvent = (event) => {
      if (event.event === "ready") resolve();
      if (event.event === "failed") reject(new Error(event.error.message));
      events.push(event);
    };
    const link = new Link({ end: worker, epoch: 1, onEvent });
    const options = { base, scope, wheel, version };
    worker.postMessage({ epoch: 1, lock: `twoclick-life:${crypto.randomUUID()}`, options });
    await ready;
    return {
      events,
      ask: (_name, kind, fields, attachments) => link.request(kind, fields, attachments),
      request: async (kind, fields, attachments) =>
        (await link.request(kind, fields, attachments)).result,
      stop() {
        worker.terminate();
        link.close("the test ended it");
      },
    };
  }

  /** The page's own services of projects and project files over a session thread. */
  async function servicesOver(session, scope) {
    const module = (path) => import(new URL(path, document.baseURI));
    const { createProjectList } = await module("scene/project-list.js");
    const { createProjectFile } = await module("scene/project-file.js");
    const scene = { state: { project: null } };
    let open = null;
    const openProject = async (projectId) => {
      await session.request("open-project", { projectId, readOnly: false, author: "tester" });
      open = projectId;
      scene.state.project = session.events.findLast(({ event }) => event === "project").project;
    };
    const list = createProjectList({ threads: session, scope, openProject, openId: () => open });
    const { alone, inSteps } = list;
    const shown = [];
    const file = createProjectFile({
      ...{ threads: session, scene, scope, alone, inSteps },
      openProject: async (id) => shown.push(id),
    });
    return { ...list, ...file, openProject, shown };
  }

  function opened(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  /** Everything in a database as JSON: bytes as {$bytes}, blobs as {$blob}, both in base64. */
  async function contentOf(scope) {
    const database = await opened(indexedDB.open(databaseOf(scope)));
    const content = {};
    for (const name of database.objectStoreNames) {
      const records = await opened(database.transaction(name).objectStore(name).getAll());
      content[name] = await Promise.all(records.map(plain));
    }
    database.close();
    return content;
  }

  async function plain(record) {
    const fields = Object.entries(record).map(async ([name, value]) => {
      if (value instanceof ArrayBuffer) return [name, { $bytes: base64(value) }];
      if (value instanceof Blob)
        return [name, { $blob: base64(await value.arrayBuffer()), type: value.type }];
      return [name, value];
    });
    return Object.fromEntries(await Promise.all(fields));
  }

  const base64 = (buffer) => new Uint8Array(buffer).toBase64();

  /** What a database looks like. */
  async function formOf(scope) {
    const database = await opened(indexedDB.open(databaseOf(scope)));
    const { version } = database;
    const names = [...database.objectStoreNames];
    const stores = names.map((name) => {
      const store = database.transaction(name).objectStore(name);
      return [name, { keyPath: store.keyPath, indexes: [...store.indexNames] }];
    });
    database.close();
    return { version, stores: Object.fromEntries(stores) };
  }

  /** A database of an earlier version, written as that version wrote it. */
  async function writeDatabase(scope, version, { keyPaths, indexes = {}, records }) {
    const opening = indexedDB.open(databaseOf(scope), version);
    opening.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(keyPaths)) {
        const store = opening.result.createObjectStore(name, { keyPath });
        for (const field of indexes[name] ?? []) store.createIndex(field, field);
      }
    };
    const database = await opened(opening);
    const names = Object.keys(records);
    const transaction = database.transaction(names, "readwrite");
    for (const name of names)
      for (const record of records[name]) transaction.objectStore(name).put(fromJson(record));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = () => reject(transaction.error);
    });
    database.close();
  }

  function fromJson(record) {
    const fields = Object.entries(record).map(([name, value]) => {
      if (value?.$bytes !== undefined) return [name, Uint8Array.fromBase64(value.$bytes).buffer];
      if (value?.$blob !== undefined)
        return [name, new Blob([Uint8Array.fromBase64(value.$blob)], { type: record.type })];
      return [name, value];
    });
    return Object.fromEntries(fields);
  }

  self.bench = { startSession, servicesOver, contentOf, formOf, writeDatabase };
};
