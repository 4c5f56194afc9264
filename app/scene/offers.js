/**
 * What ships with the page to begin with: sample projects and starter models, as `offers.json` lists them.
 * Their files are downloaded by name, at first use.
 */

/**
 * @typedef {import("./types.js").SampleOffer} SampleOffer
 * @typedef {import("./types.js").StarterModel} StarterModel
 * @typedef {import("./types.js").NewProject} NewProject
 * @typedef {(label: string, fraction: number | null) => void} OnProgress
 *
 * @typedef {object} Starter
 * @property {string} name
 * @property {string} describes
 * @property {string} license
 * @property {string} set of files, and the path of the model without its ending
 *
 * @typedef {object} Sample
 * @property {string} name
 * @property {string} describes
 * @property {string} set of files, and the folder that they lie in
 * @property {string} project the file in it that says what belongs to the project
 * @property {string} starterModel the name of the model that it is opened with
 *
 * @typedef {{ file: string, width: number, height: number, sha256: string, bytes: number }} SampleAsset
 */

/**
 * @param {{ models: ReturnType<typeof import("./models.js").createModels>, assets: any, base: string }} parts
 */
export function createOffers({ models, assets, base }) {
  /** @type {Promise<{ starterModels: Starter[], samples: Sample[] }> | null} */
  let listed = null;

  /** Only what this build of the page has files for. */
  async function list() {
    listed ??= readJson("offers.json").catch((reason) => {
      listed = null;
      throw reason;
    });
    const { starterModels, samples } = await listed;
    const exists = (/** @type {{ set: string }} */ { set }) => assets.sizeOf(set) > 0;
    return { starterModels: starterModels.filter(exists), samples: samples.filter(exists) };
  }

  /** @param {string} name */
  async function starter(name) {
    const found = (await list()).starterModels.find((model) => model.name === name);
    if (!found) throw new Error(`this page has no starter model "${name}"`);
    return found;
  }

  /** @param {string[]} sets */
  async function downloadOf(sets) {
    const kept = await Promise.all(sets.map((set) => assets.has(set)));
    const missing = sets.filter((_, place) => !kept[place]);
    const bytes = missing.reduce((sum, set) => sum + assets.sizeOf(set), 0);
    return { bytes, offline: missing.length === 0 };
  }

  /**
   * The model of this name as a predictor, downloaded and recognised.
   * @param {string} name
   */
  async function predictor(name) {
    const source = `${(await starter(name)).set}.onnx`;
    return { ...(await models.recognise(source)), name, source };
  }

  /** @param {string} path */
  async function readJson(path) {
    return await (await read(path)).json();
  }

  /** @param {string} path */
  async function read(path) {
    const response = await fetch(new URL(path, base));
    if (!response.ok) throw new Error(`${path} could not be read (${response.status})`);
    return response;
  }

  return {
    predictor,

    /** @returns {Promise<SampleOffer[]>} */
    async samples() {
      const { samples } = await list();
      return await Promise.all(
        samples.map(async ({ name, describes, set, starterModel }) => {
          const model = await starter(starterModel);
          return { name, describes, ...(await downloadOf([set, model.set])) };
        }),
      );
    },

    /** @returns {Promise<StarterModel[]>} */
    async starterModels() {
      const { starterModels } = await list();
      return await Promise.all(
        starterModels.map(async ({ name, describes, license, set }) => {
          const offline = await assets.has(set);
          return { name, describes, license, bytes: assets.sizeOf(set), offline };
        }),
      );
    },

    /**
     * A sample as a new project, with everything that it needs here.
     * @param {string} name
     * @param {OnProgress} onProgress
     * @returns {Promise<NewProject>}
     */
    async readSample(name, onProgress) {
      const sample = (await list()).samples.find((one) => one.name === name);
      if (!sample) throw new Error(`this page has no sample "${name}"`);
      await assets.ensure(sample.set, (/** @type {any} */ { received, total }) =>
        onProgress(name, received / total),
      );
      onProgress("Reading the images", null);
      const project = await readJson(`${sample.set}/${sample.project}`);
      const images = await Promise.all(
        project.assets.map(async (/** @type {SampleAsset} */ asset) => {
          const { file, width, height, sha256, bytes } = asset;
          const blob = await (await read(`${sample.set}/${file}`)).blob();
          return { name: file, width, height, digest: sha256, bytes, type: blob.type, blob };
        }),
      );
      const tags = project.tags.map((/** @type {any} */ tag, /** @type {number} */ i) => ({
        ...tag,
        key: i < 9 ? String(i + 1) : null,
      }));
      onProgress(`Model: ${sample.starterModel}`, null);
      return { name: project.name, tags, images, predictor: await predictor(sample.starterModel) };
    },
  };
}
