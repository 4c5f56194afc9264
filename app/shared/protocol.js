/**
 * What the page and the session say to each other. Generated from Python by the build: do not edit.
 */

export const SCHEMA_VERSION = 4;

/** Key paths of the object stores, by their names. */
export const KEY_PATHS = {
  projects: ["id"],
  assets: ["projectId", "id"],
  documents: ["projectId", "assetId"],
  predictions: ["projectId", "assetId", "predictorId"],
  history: ["projectId", "seq"],
  runs: ["projectId", "id"],
  runParts: ["projectId", "runId", "number", "what"],
  modelFiles: ["projectId", "digest", "path"],
  images: ["digest"],
  thumbnails: ["digest", "page"],
  unfinished: ["projectId"],
};

/** Fields of object stores that are indexed. */
export const INDEXES = {
  assets: ["digest"],
};

/**
 * A shape by itself, in pixels of the oriented image; rings are x, y, x, y ..., not closed.
 *
 * @typedef {{ kind: "box", box: [number, number, number, number] }
 *   | { kind: "rotated-box", ring: number[] }
 *   | { kind: "polygon", rings: number[][] }
 *   | { kind: "keypoints", box: [number, number, number, number], points: number[],
 *       visibility: number[] }
 *   | { kind: "whole-image", box: [number, number, number, number] }} Shape
 */

/**
 * Adds a recognised model, or a deployment, as the next iteration and chooses it. `files` are a person's own, to be kept; without any, `source` is where the page has it, or the address of the deployment.
 *
 * @typedef {object} AddPredictorCommand
 * @property {"add-predictor"} type
 * @property {Record<string, unknown>} card
 * @property {string} name
 * @property {string} source
 * @property {string} digest
 * @property {number} bytes
 * @property {ModelPart[]} [files]
 * @property {"model" | "deployment"} [kind]
 */

/**
 * Adds a tag; without a colour it is given the next one.
 *
 * @typedef {object} AddTagCommand
 * @property {"add-tag"} type
 * @property {string} name
 * @property {string | null} color
 */

/**
 * Says that a labelled asset is right.
 *
 * @typedef {object} ApproveCommand
 * @property {"approve"} type
 * @property {string} assetId
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
 * Gives an annotation or a suggestion, whichever is named, another shape.
 *
 * @typedef {object} ChangeShapeCommand
 * @property {"change-shape"} type
 * @property {string} assetId
 * @property {string | null} annotationId
 * @property {number | null} candidate
 * @property {Shape} shape
 */

/**
 * Another name, colour or key for a tag; other keypoints where they are told, as a person types them (see `domain.keypoint_names`).
 *
 * @typedef {object} ChangeTagCommand
 * @property {"change-tag"} type
 * @property {string} tagId
 * @property {string} name
 * @property {string} color
 * @property {string | null} key
 * @property {string | null} [keypoints]
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
 * Takes a tag away that no annotation has.
 *
 * @typedef {object} DeleteTagCommand
 * @property {"delete-tag"} type
 * @property {string} tagId
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
 * Adds an annotation by hand; without a tag it takes the one used last, else the first.
 *
 * @typedef {object} DrawCommand
 * @property {"draw"} type
 * @property {string} assetId
 * @property {string | null} tagId
 * @property {Shape} shape
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
 * Gives the classes of a model names, all of them, in their order.
 *
 * @typedef {object} NameClassesCommand
 * @property {"name-classes"} type
 * @property {string} predictorId
 * @property {string[]} names
 */

/**
 * Moves an annotation or a suggestion by image pixels, not beyond the edges of the image. One nudge after the other of the same shape is one step.
 *
 * @typedef {object} NudgeCommand
 * @property {"nudge"} type
 * @property {string} assetId
 * @property {string | null} annotationId
 * @property {number | null} candidate
 * @property {number} dx
 * @property {number} dy
 */

/**
 * Opens the list of the assets that match, in their order; it stays as it is until another is opened. `value` is a label state, the id of a tag, or a part of a name.
 *
 * @typedef {object} OpenWorkListCommand
 * @property {"open-work-list"} type
 * @property {"all" | "open" | "label-state" | "tag" | "name"} kind
 * @property {string | null} value
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
 * A predictor answered. The columns are not checked yet. `labels` are the classes by the ids in the columns, of a deployment, which tells them with its answers; None where they are the predictor's own.
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
 * @property {string[] | null} [labels]
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
 * Takes a predictor out of use and frees its file; what came of it stays.
 *
 * @typedef {object} RemovePredictorCommand
 * @property {"remove-predictor"} type
 * @property {string} predictorId
 */

/**
 * Gives a predictor another name.
 *
 * @typedef {object} RenamePredictorCommand
 * @property {"rename-predictor"} type
 * @property {string} predictorId
 * @property {string} name
 */

/**
 * Takes a finished or skipped asset up again.
 *
 * @typedef {object} ReopenCommand
 * @property {"reopen"} type
 * @property {string} assetId
 */

/**
 * Gives an asset back to be mended, saying what is wrong.
 *
 * @typedef {object} ReturnAssetCommand
 * @property {"return-asset"} type
 * @property {string} assetId
 * @property {string} note
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
 * Gives annotations and suggestions another tag.
 *
 * @typedef {object} SetTagCommand
 * @property {"set-tag"} type
 * @property {string} assetId
 * @property {string[]} annotationIds
 * @property {number[]} candidates
 * @property {string} tagId
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
 * Leaves an asset out, saying why, and opens the next one.
 *
 * @typedef {object} SkipCommand
 * @property {"skip"} type
 * @property {string} assetId
 * @property {string} reason
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
 * Undoes what was made of classes at once: they have no tag again, and the tags that were made for them are taken away; those that something has stay, with their classes.
 *
 * @typedef {object} TakeTagsBackCommand
 * @property {"take-tags-back"} type
 * @property {string} predictorId
 * @property {number[]} classIds
 * @property {string[]} tagIds
 */

/**
 * Takes back the last step; goes to its asset first, where that is not open.
 *
 * @typedef {object} UndoCommand
 * @property {"undo"} type
 */

/**
 * An annotation; `index` is the place of its shape in the columns that come with it.
 *
 * @typedef {object} AnnotationRow
 * @property {string} id
 * @property {string} tagId
 * @property {string} origin
 * @property {string | null} predictorId
 * @property {number | null} iteration
 * @property {number | null} score
 * @property {boolean} edited
 * @property {number} index
 */

/**
 * An asset as lists show it; `selected`, `prediction` and `reason` are for the active predictor. `note` is why it was skipped or returned; `page` and `depth` are those of its image in its file.
 *
 * @typedef {object} AssetRow
 * @property {string} id
 * @property {string} name
 * @property {number} width
 * @property {number} height
 * @property {string} digest
 * @property {string} labelState
 * @property {number} annotations
 * @property {number} selected
 * @property {"none" | "queued" | "ready" | "failed"} prediction
 * @property {string | null} reason
 * @property {string | null} note
 * @property {number} page
 * @property {number} depth
 */

/**
 * A class of a predictor and its tag.
 *
 * @typedef {object} ClassRow
 * @property {number} id
 * @property {string} name
 * @property {string | null} tagId
 */

/**
 * What Commit All takes, and how many other readings it leaves out.
 *
 * @typedef {object} CommitAllRow
 * @property {number} count
 * @property {number} dropped
 */

/**
 * How many candidates are hidden, by reason.
 *
 * @typedef {object} HiddenRow
 * @property {number} belowThreshold
 * @property {number} overlap
 * @property {number} alreadyLabelled
 * @property {number} rejected
 * @property {number} passedOver
 * @property {number} unmapped
 */

/**
 * Names of the steps that undo takes back and redo does again.
 *
 * @typedef {object} HistoryRow
 * @property {string | null} undo
 * @property {string | null} redo
 */

/**
 * A file of a model: "" for the model itself, else the path that it knows its weights by; `token` stands for the bytes.
 *
 * @typedef {object} ModelPart
 * @property {string} path
 * @property {number} bytes
 */

/**
 * A predictor with the person's settings for it; `unmapped` counts classes without a tag; `added_at` in milliseconds since 1970 UTC, 0 where it is not known.
 *
 * @typedef {object} PredictorRow
 * @property {string} id
 * @property {number} iteration
 * @property {string} name
 * @property {string} kind
 * @property {string} family
 * @property {string} source
 * @property {string} digest
 * @property {number} bytes
 * @property {number} floor
 * @property {number} threshold
 * @property {Record<string, number>} tagThresholds
 * @property {number} overlap
 * @property {ClassRow[]} classes
 * @property {number} unmapped
 * @property {number} addedAt
 * @property {boolean} removed
 * @property {Record<string, unknown>} card
 */

/**
 * Which project is open.
 *
 * @typedef {object} ProjectName
 * @property {string} id
 * @property {string} name
 */

/**
 * A tag; `uses` counts the annotations that have it; `keypoints` and `skeleton` as those of `domain.tag.Tag`.
 *
 * @typedef {object} TagRow
 * @property {string} id
 * @property {string} name
 * @property {string} color
 * @property {string | null} key
 * @property {number} uses
 * @property {string[]} keypoints
 * @property {[number, number][]} skeleton
 */

/**
 * The assets being worked through, and what they were chosen by.
 *
 * @typedef {object} WorkListRow
 * @property {string} name
 * @property {"all" | "open" | "label-state" | "tag" | "name"} kind
 * @property {string | null} value
 * @property {string[]} assetIds
 */

/**
 * Everything committed on the asset that was opened.
 *
 * @typedef {object} AssetEvent
 * @property {"asset"} event
 * @property {number} revision
 * @property {string} assetId
 * @property {AnnotationRow[]} annotations
 */

/**
 * Assets that are new in the project, and the work list with them.
 *
 * @typedef {object} AssetsAddedEvent
 * @property {"assets-added"} event
 * @property {number} revision
 * @property {AssetRow[]} assets
 * @property {WorkListRow} workList
 */

/**
 * For which assets the predictor is to be asked, in this order; takes the place of what was wanted before. Without a predictor nothing is wanted.
 *
 * @typedef {object} AssistWantedEvent
 * @property {"assist-wanted"} event
 * @property {string | null} predictorId
 * @property {string[]} assetIds
 */

/**
 * What a step changed on one asset, and every asset row that is another now. The shapes are those of `added` and then `updated`.
 *
 * @typedef {object} ChangesEvent
 * @property {"changes"} event
 * @property {number} revision
 * @property {string | null} commandId
 * @property {string | null} name
 * @property {string} assetId
 * @property {AnnotationRow[]} added
 * @property {AnnotationRow[]} updated
 * @property {string[]} removed
 * @property {AssetRow[]} assets
 * @property {HistoryRow} history
 */

/**
 * Another asset is open; what is on it follows.
 *
 * @typedef {object} CurrentEvent
 * @property {"current"} event
 * @property {number} revision
 * @property {string} assetId
 * @property {string | null} why
 */

/**
 * How many steps were ever taken, and how many of them the last project file has, which was written at `filed_at` in milliseconds since 1970 UTC.
 *
 * @typedef {object} FiledEvent
 * @property {"filed"} event
 * @property {number} revision
 * @property {number} changes
 * @property {number} filedChanges
 * @property {number | null} filedAt
 */

/**
 * The store refused: editing is frozen, `unsaved` steps are kept until they can be saved.
 *
 * @typedef {object} NotSavedEvent
 * @property {"not-saved"} event
 * @property {string} reason
 * @property {number} unsaved
 */

/**
 * The candidates of the current asset, once for each answer of a predictor; `scores` float64 (n,), `classes` int32 (n,).
 *
 * @typedef {object} PredictionsEvent
 * @property {"predictions"} event
 * @property {number} revision
 * @property {string} assetId
 * @property {string} predictorId
 * @property {number} count
 */

/**
 * A project was opened: everything but what is on its assets.
 *
 * @typedef {object} ProjectEvent
 * @property {"project"} event
 * @property {number} revision
 * @property {ProjectName} project
 * @property {TagRow[]} tags
 * @property {string | null} lastTagId
 * @property {AssetRow[]} assets
 * @property {PredictorRow[]} predictors
 * @property {string | null} activePredictorId
 * @property {boolean} assistOnOpen
 * @property {boolean} suggestionsShown
 * @property {WorkListRow} workList
 * @property {string} currentAssetId
 * @property {HistoryRow} history
 * @property {boolean} readOnly
 */

/**
 * How far a run is: `done` of `total` images in its direction; `reason` says why it is paused. With it comes what it did so far: images that are others now, annotations added and removed, and those that were there already.
 *
 * @typedef {object} RunProgressEvent
 * @property {"run-progress"} event
 * @property {string} runId
 * @property {string} name
 * @property {"forward" | "back"} direction
 * @property {"moving" | "paused" | "finished"} state
 * @property {string | null} reason
 * @property {number} done
 * @property {number} total
 * @property {number} changed
 * @property {number} added
 * @property {number} removed
 * @property {number} skipped
 */

/**
 * The store has everything up to `revision`; `pending` steps are on their way.
 *
 * @typedef {object} SavedEvent
 * @property {"saved"} event
 * @property {number} revision
 * @property {number} pending
 */

/**
 * Steps are on their way to the store.
 *
 * @typedef {object} SavingEvent
 * @property {"saving"} event
 * @property {number} pending
 */

/**
 * Settings that changed; those that did not are None here and absent on the wire. With `tags` comes which of them was last given by hand.
 *
 * @typedef {object} SettingsEvent
 * @property {"settings"} event
 * @property {number} revision
 * @property {ProjectName | null} [project]
 * @property {TagRow[] | null} [tags]
 * @property {string | null} [lastTagId]
 * @property {PredictorRow[] | null} [predictors]
 * @property {string | null} [activePredictorId]
 * @property {boolean} [activePredictorChanged]
 * @property {boolean | null} [assistOnOpen]
 * @property {boolean | null} [suggestionsShown]
 */

/**
 * One sentence for the person.
 *
 * @typedef {object} StatusEvent
 * @property {"status"} event
 * @property {"info" | "warning" | "error"} level
 * @property {string} text
 */

/**
 * What is shown of the candidates of the current asset: see `session.view`. The shapes are those that the `edited` ones are shown with, in their order.
 *
 * @typedef {object} ViewEvent
 * @property {"view"} event
 * @property {number} revision
 * @property {string} assetId
 * @property {string | null} predictorId
 * @property {"none" | "queued" | "ready" | "failed"} prediction
 * @property {string | null} reason
 * @property {boolean} shown
 * @property {number[]} status
 * @property {(string | null)[]} tags
 * @property {number[]} selected
 * @property {[number, number][]} readings
 * @property {number[]} disagreements
 * @property {HiddenRow} hidden
 * @property {CommitAllRow} commitAll
 * @property {number | null} threshold
 * @property {number | null} overlap
 * @property {number | null} floor
 * @property {number[]} edited
 */

/**
 * Another work list was opened.
 *
 * @typedef {object} WorkListEvent
 * @property {"work-list"} event
 * @property {number} revision
 * @property {string} name
 * @property {"all" | "open" | "label-state" | "tag" | "name"} kind
 * @property {string | null} value
 * @property {string[]} assetIds
 */

/**
 * @typedef {AddPredictorCommand | AddTagCommand | ApproveCommand | AskAnewCommand | AssistCommand | ChangeShapeCommand | ChangeTagCommand | ChoosePredictorCommand | CommitCommand | CommitAllCommand | CommitAllAndNextCommand | DeleteAnnotationsCommand | DeleteTagCommand | DoneCommand | DrawCommand | GoToCommand | LastWorkedOnCommand | MakeTagsCommand | MapClassCommand | NameClassesCommand | NudgeCommand | OpenWorkListCommand | RecordFailureCommand | RecordPredictionsCommand | RedoCommand | RejectCommand | RemovePredictorCommand | RenamePredictorCommand | ReopenCommand | ReturnAssetCommand | SelectCommand | SetAssistOnOpenCommand | SetOverlapCommand | SetTagCommand | SetThresholdCommand | ShowSuggestionsCommand | SkipCommand | StepCommand | SwapReadingCommand | TakeTagsBackCommand | UndoCommand} Command
 */

/**
 * @typedef {AssetEvent | AssetsAddedEvent | AssistWantedEvent | ChangesEvent | CurrentEvent | FiledEvent | NotSavedEvent | PredictionsEvent | ProjectEvent | RunProgressEvent | SavedEvent | SavingEvent | SettingsEvent | StatusEvent | ViewEvent | WorkListEvent} SessionEvent
 */
