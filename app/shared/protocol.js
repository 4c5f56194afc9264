/**
 * What the page and the session say to each other. Generated from Python by the build: do not edit.
 */

export const SCHEMA_VERSION = 1;

/** Key paths of the object stores, by their names. */
export const KEY_PATHS = {
  projects: ["id"],
  assets: ["projectId", "id"],
  documents: ["projectId", "assetId"],
  predictions: ["projectId", "assetId", "predictorId"],
  history: ["projectId", "seq"],
  images: ["digest"],
};

/**
 * Adds a recognised model as the next iteration and chooses it.
 *
 * @typedef {object} AddPredictorCommand
 * @property {"add-predictor"} type
 * @property {Record<string, unknown>} card
 * @property {string} name
 * @property {string} source
 * @property {string} digest
 * @property {number} bytes
 */

/**
 * Asks again; the earlier suggestions stay until the new ones arrive.
 *
 * @typedef {object} AskAnewCommand
 * @property {"ask-anew"} type
 * @property {string} assetId
 */

/**
 * Model Assist: asks for suggestions; where there are some, hides or shows them.
 *
 * @typedef {object} AssistCommand
 * @property {"assist"} type
 * @property {string} assetId
 */

/**
 * Which predictor is asked, or none.
 *
 * @typedef {object} ChoosePredictorCommand
 * @property {"choose-predictor"} type
 * @property {string | null} predictorId
 */

/**
 * Commits the selected suggestions; `painted` are those in sight when the key went down.
 *
 * @typedef {object} CommitCommand
 * @property {"commit"} type
 * @property {string} assetId
 * @property {number[]} painted
 */

/**
 * Commits every suggestion that is shown.
 *
 * @typedef {object} CommitAllCommand
 * @property {"commit-all"} type
 * @property {string} assetId
 * @property {number[]} painted
 */

/**
 * Commits every suggestion that is shown, marks the asset labelled and opens the next one.
 *
 * @typedef {object} CommitAllAndNextCommand
 * @property {"commit-all-and-next"} type
 * @property {string} assetId
 * @property {number[]} painted
 */

/**
 * Deletes annotations; what came from a model is remembered as rejected.
 *
 * @typedef {object} DeleteAnnotationsCommand
 * @property {"delete-annotations"} type
 * @property {string} assetId
 * @property {string[]} annotationIds
 */

/**
 * Commits the selected suggestions, marks the asset labelled and opens the next one.
 *
 * @typedef {object} DoneCommand
 * @property {"done"} type
 * @property {string} assetId
 * @property {number[]} painted
 */

/**
 * Opens an asset.
 *
 * @typedef {object} GoToCommand
 * @property {"go-to"} type
 * @property {string} assetId
 */

/**
 * Opens the asset that was last worked on, or the one before where that is open.
 *
 * @typedef {object} LastWorkedOnCommand
 * @property {"last-worked-on"} type
 */

/**
 * Maps each class to the tag of its name, which is made where it is missing.
 *
 * @typedef {object} MakeTagsCommand
 * @property {"make-tags"} type
 * @property {string} predictorId
 * @property {number[]} classIds
 */

/**
 * The tag of a model's class, or none.
 *
 * @typedef {object} MapClassCommand
 * @property {"map-class"} type
 * @property {string} predictorId
 * @property {number} classId
 * @property {string | null} tagId
 */

/**
 * A predictor could not answer.
 *
 * @typedef {object} RecordFailureCommand
 * @property {"record-failure"} type
 * @property {string} assetId
 * @property {string} predictorId
 * @property {string} code
 * @property {string} reason
 */

/**
 * A predictor answered. The columns are not checked yet.
 *
 * @typedef {object} RecordPredictionsCommand
 * @property {"record-predictions"} type
 * @property {string} assetId
 * @property {string} predictorId
 * @property {number} width
 * @property {number} height
 * @property {number} floor
 * @property {number} cap
 * @property {number} milliseconds
 */

/**
 * Does the last undone step again; goes to its asset first, where that is not open.
 *
 * @typedef {object} RedoCommand
 * @property {"redo"} type
 */

/**
 * Says that suggestions are wrong.
 *
 * @typedef {object} RejectCommand
 * @property {"reject"} type
 * @property {string} assetId
 * @property {number[]} candidates
 */

/**
 * Takes a finished asset up again.
 *
 * @typedef {object} ReopenCommand
 * @property {"reopen"} type
 * @property {string} assetId
 */

/**
 * Marks suggestions to be committed, or takes the mark away.
 *
 * @typedef {object} SelectCommand
 * @property {"select"} type
 * @property {string} assetId
 * @property {number[]} candidates
 * @property {"toggle" | "add" | "remove" | "only"} mode
 */

/**
 * Whether suggestions are asked for ahead, without a key.
 *
 * @typedef {object} SetAssistOnOpenCommand
 * @property {"set-assist-on-open"} type
 * @property {boolean} on
 */

/**
 * The IoU above which the lower of two suggestions of one tag is hidden.
 *
 * @typedef {object} SetOverlapCommand
 * @property {"set-overlap"} type
 * @property {string} predictorId
 * @property {number} value
 * @property {boolean} final
 */

/**
 * The score from which suggestions are shown, for one tag or all. Only what is `final` is stored: while a slider moves it is not.
 *
 * @typedef {object} SetThresholdCommand
 * @property {"set-threshold"} type
 * @property {string} predictorId
 * @property {number} value
 * @property {string | null} tagId
 * @property {boolean} final
 */

/**
 * Hides or shows suggestions.
 *
 * @typedef {object} ShowSuggestionsCommand
 * @property {"show-suggestions"} type
 * @property {boolean} shown
 */

/**
 * Opens the asset beside the current one in the work list.
 *
 * @typedef {object} StepCommand
 * @property {"step"} type
 * @property {"next" | "previous"} direction
 */

/**
 * Prefers another reading of the object that a suggestion is a reading of.
 *
 * @typedef {object} SwapReadingCommand
 * @property {"swap-reading"} type
 * @property {string} assetId
 * @property {number} candidate
 */

/**
 * Takes back the last step; goes to its asset first, where that is not open.
 *
 * @typedef {object} UndoCommand
 * @property {"undo"} type
 */

/**
 * @typedef {AddPredictorCommand | AskAnewCommand | AssistCommand | ChoosePredictorCommand | CommitCommand | CommitAllCommand | CommitAllAndNextCommand | DeleteAnnotationsCommand | DoneCommand | GoToCommand | LastWorkedOnCommand | MakeTagsCommand | MapClassCommand | RecordFailureCommand | RecordPredictionsCommand | RedoCommand | RejectCommand | ReopenCommand | SelectCommand | SetAssistOnOpenCommand | SetOverlapCommand | SetThresholdCommand | ShowSuggestionsCommand | StepCommand | SwapReadingCommand | UndoCommand} Command
 */
