/**
 * Models that a person brings: recognised, loaded once to see that they run, and only then added to the project with
 * their files. Whatever goes wrong before leaves the project as it is.
 */

import { KEPT } from "./model-files.js";
import { cannotRun, tooLarge } from "./model-refusals.js";

/**
 * @typedef {import("./models.js").Interpretation} Interpretation
 * @typedef {import("./model-files.js").ModelFile} ModelFile
 * @typedef {import("./types.js").ModelCard} ModelCard
 *
 * @typedef {object} BroughtModel
 * @property {string} name of the file
 * @property {string} digest SHA-256 of the file and, where there are any, of its weights' digests
 * @property {number} bytes of all its files
 * @property {ModelFile[]} files
 * @property {Interpretation[]} interpretations by falling confidence
 * @property {boolean} ambiguous whether a person has to choose among them, or to confirm the only one
 * @property {boolean} undescribed whether no family knows it, so that a person has to say how it is read
 * @property {ModelCard | null} toDescribe a guess of what they would say; null where they cannot
 * @property {File[]} names lists of class names that came with it
 */

const MODEL = /\.(?:onnx|ort)$/i;
const NAMES = /\.(?:ya?ml|txt|json|names|labels)$/i;

/** Models in other formats, and what they are. @type {readonly [RegExp, string][]} */
const NOT_ONNX = [
  [/\.pth?$/i, "a checkpoint of PyTorch"],
  [/\.torchscript$/i, "a model for TorchScript"],
  [/\.(?:engine|trt)$/i, "built for TensorRT and one graphics card"],
  [/\.tflite$/i, "a model for TensorFlow Lite"],
  [/\.(?:pb|h5|keras)$/i, "a model of TensorFlow"],
  [/\.(?:mlmodel|mlpackage)$/i, "a model for Core ML"],
  [/\.pdmodel$/i, "a model of Paddle"],
  [/\.safetensors$/i, "weights without their network"],
];

/** @param {{ name: string }} file */
export function isModelFile({ name }) {
  return MODEL.test(name);
}

/** Whether it is a model, be it one that has to be exported first. @param {{ name: string }} file */
export function isAnyModel(file) {
  return isModelFile(file) || otherFormat(file) !== undefined;
}

/** @param {{ name: string }} file @returns {string | undefined} what it is, if it is a model in another format */
function otherFormat({ name }) {
  return NOT_ONNX.find(([pattern]) => pattern.test(name))?.[1];
}

/**
 * @param {{
 *   models: ReturnType<typeof import("./models.js").createModels>,
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   dispatch: (command: any, attachments?: any[]) => Promise<unknown>,
 *   active: () => import("./types.js").PredictorRow | null,
 * }} parts `active`: the predictor that is in use
 */
export function createModelIntake({ models, threads, dispatch, active }) {
  /**
   * The names that a list gives to the classes of a model.
   * @param {ModelCard} card
   * @param {File} file
   * @returns {Promise<string[]>} rejects where they do not fit, and says why
   */
  async function namesFrom(card, file) {
    const { name } = file;
    const bytes = await file.arrayBuffer();
    const { result } = await threads.ask("compute", "name-classes", { card, name }, [bytes]);
    return result.names;
  }

  return {
    namesFrom,

    /**
     * The card of a model that no family knows, read as a description says.
     * @param {ModelCard} card any of this model
     * @param {unknown} description
     * @returns {Promise<ModelCard>} rejects where it describes another model, and says why
     */
    async described(card, description) {
      const { result } = await threads.ask("compute", "describe", { card, description });
      return result.card;
    },

    /**
     * What files that were brought together are. Rejects with what is wrong, which file, and what to do.
     * @param {readonly File[]} brought
     * @param {(stage: string) => void} onStage
     * @returns {Promise<BroughtModel>}
     */
    async look(brought, onStage) {
      const [file, ...more] = brought.filter(isModelFile);
      if (!file) throw new Error(noModel(brought));
      if (more.length > 0)
        throw new Error(`${listed([file, ...more])} are several models: add one after the other.`);
      refuseLarge(file.name, [{ path: "", blob: file }]);
      onStage(`Reading ${file.name}`);
      const recognition = await models.recogniseFile(file.name, file);
      const { interpretations, ambiguous, undescribed, toDescribe, dataFiles } = recognition;
      const weights = dataFiles.map((path) => ({ path, blob: weightsNamed(path, file, brought) }));
      const files = [{ path: "", blob: /** @type {Blob} */ (file) }, ...weights];
      refuseLarge(file.name, files);
      const digest = await models.digestOf(file.name, files);
      onStage(`Loading ${file.name}`);
      await models
        .loadFiles(digest, async () => files)
        .catch((reason) => {
          throw new Error(cannotRun(file.name, reason.message));
        });
      return {
        name: file.name,
        digest,
        bytes: files.reduce((sum, { blob }) => sum + blob.size, 0),
        files,
        interpretations,
        ambiguous,
        undescribed,
        toDescribe,
        names: brought.filter((one) => one !== file && NAMES.test(one.name)),
      };
    },

    /**
     * Adds it, read as the card says, as the next iteration; one that the project has already is in use again. Rejects
     * where names that came with it do not fit.
     * @param {BroughtModel} model
     * @param {ModelCard} card
     */
    async add({ name, digest, bytes, files, names }, card) {
      const classNames = names.length > 0 ? await namesFrom(card, names[0]) : card.classNames;
      await dispatch(
        {
          type: "add-predictor",
          card: { ...card, classNames },
          name: name.replace(MODEL, ""),
          source: KEPT,
          digest,
          bytes,
          files: files.map(({ path, blob }) => ({ path, bytes: blob.size })),
        },
        files.map(({ blob }) => blob),
      );
      // One that the project had already has kept the names that it had.
      const predictor = active();
      const differs = predictor?.classes.some((one, place) => one.name !== classNames[place]);
      if (names.length > 0 && predictor?.digest === digest && differs)
        await dispatch({ type: "name-classes", predictorId: predictor.id, names: classNames });
    },
  };
}

/**
 * @param {string} path as the model has it
 * @param {File} model
 * @param {readonly File[]} brought
 */
function weightsNamed(path, model, brought) {
  const wanted = path.split("/").pop();
  const found = brought.find(({ name }) => name === wanted);
  if (!found)
    throw new Error(
      `${model.name} keeps its weights in ${path}: choose both files together, or drop them together.`,
    );
  return found;
}

/** @param {string} name @param {ModelFile[]} files */
function refuseLarge(name, files) {
  const refusal = tooLarge(name, files);
  if (refusal) throw new Error(refusal);
}

/** @param {readonly File[]} brought */
function noModel(brought) {
  const other = brought.find(otherFormat);
  if (!other) return `There is no model among ${listed(brought)}: choose an .onnx or .ort file.`;
  return `${other.name} is ${otherFormat(other)}, which a browser cannot run. Have the tool that it was trained with export it to ONNX, and choose that .onnx file.`;
}

/** @param {readonly { name: string }[]} files */
function listed(files) {
  const names = files.slice(0, 3).map(({ name }) => name);
  return files.length > 3 ? `${names.join(", ")} and ${files.length - 3} more` : names.join(", ");
}
