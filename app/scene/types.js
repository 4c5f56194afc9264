/**
 * The shapes of the scene: the page's read-only projection of the session, and of the `app` object
 * that every panel and the canvas are built from. Types only; this module has no code.
 *
 * All geometry is in pixels of the oriented image; (0, 0) is the top-left corner of the top-left
 * pixel. A box is `[x0, y0, x1, y1]`.
 *
 * @module
 */

/** @typedef {readonly [number, number, number, number]} Box */
/** @typedef {import("../shared/outline.js").Outline} Outline */
/** @typedef {import("../tools/toolbox.js").ToolId} ToolId */

/** @typedef {"todo"|"started"|"labelled"|"approved"|"returned"|"skipped"} LabelState */
/** @typedef {"none"|"queued"|"ready"|"failed"} PredictionState */
/** @typedef {"starting"|"ready"|"restarting"|"failed"} ThreadState */

/** @typedef {import("../shared/protocol.js").TagRow} Tag `color` is "#rrggbb", `key` "1" to "9" */
/** @typedef {import("../shared/protocol.js").ClassRow} PredictorClass */
/**
 * What the page reads of a model's card, which Python made; the rest is handed back as it came.
 * @typedef {{
 *   recipe: { width: number, height: number, channels?: string },
 *   flexible?: { longest: number } | null,
 *   evidence: string[],
 *   family: string,
 *   task: string,
 *   classNames: string[],
 *   deployment?: DeploymentSpec,
 *   skeleton?: import("../shared/outline.js").Skeleton,
 *   [more: string]: unknown,
 * }} ModelCard
 */
/**
 * A deployment as the person set it up, as Python has it (`deployments/deployment.py`); `takes`: what it is sent, and
 * `title`: what people know its protocol as.
 *
 * @typedef {object} DeploymentSpec
 * @property {string} address
 * @property {string} protocol
 * @property {Record<string, string>} settings
 * @property {string[]} classes
 * @property {"image/jpeg"|"image/png"} mediaType
 * @property {number} quality 1 to 100
 * @property {number|null} longest side in pixels, null for the image's own
 * @property {number} timeout in seconds
 * @property {"picture"|"tensor"} takes
 * @property {string} title
 */
/**
 * A setting that a protocol needs of the person.
 * @typedef {{key: string, label: string, kind: "text"|"number"|"choice"|"json", choices: string[],
 *   default: string, required: boolean, hint: string, only_with: [key: string, values: string[]]|null}} ProtocolField
 * @typedef {{name: string, title: string, fields: ProtocolField[], hasCredential: boolean,
 *   takes: "picture"|"tensor"}} ProtocolRow
 */
/**
 * What a server says of itself: the protocol that it speaks, and what is known of its settings.
 * @typedef {{protocol: string, says: string, certain: boolean, settings: Record<string, string>,
 *   choices: Record<string, string[]>, classes: string[]}} Finding
 */
/** @typedef {{predictorId: string, state: "asking"|"ready"|"refused", says: string}} DeploymentHealth */
/** @typedef {import("../shared/protocol.js").PredictorRow & { card: ModelCard }} PredictorRow */
/** @typedef {import("../shared/protocol.js").WorkListRow} WorkList */
/**
 * Steps ever taken in the project, how many of them the last project file has, and when that was written, in
 * milliseconds since 1970 (null: never).
 * @typedef {{changes: number, filedChanges: number, filedAt: number|null}} Filing
 */
/** @typedef {import("../shared/protocol.js").HistoryRow} History */
/** @typedef {import("../shared/protocol.js").HiddenRow} HiddenCounts */
/** @typedef {import("../shared/protocol.js").Command} Command */
/**
 * @typedef {import("../shared/protocol.js").AssetRow & { labelState: LabelState }} AssetRow
 */

/**
 * An annotation is the outline of its shape as well.
 *
 * @typedef {object} AnnotationFields
 * @property {string} id
 * @property {string} tagId
 * @property {"hand"|"model"|"import"} origin
 * @property {string|null} predictorId
 * @property {number|null} iteration
 * @property {number|null} score
 * @property {boolean} edited
 */
/** @typedef {AnnotationFields & Outline} Annotation */

/**
 * What a predictor answered for one asset, as columns. A candidate is an index into them.
 *
 * @typedef {object} Predictions
 * @property {string} predictorId
 * @property {number} count
 * @property {Outline[]} outlines
 * @property {Float64Array} scores falling
 * @property {Int32Array} classes
 */

/**
 * The session's judgement of every candidate. Status codes: 0 shown, 1 below the threshold,
 * 2 overlap, 3 already labelled, 4 rejected, 5 consumed, 6 passed over, 7 unmapped,
 * 8 other reading, 9 reading of a consumed one.
 *
 * @typedef {import("../shared/protocol.js").ViewEvent} View
 */

/**
 * A window of 16-bit values: what is at `low` or below is black, at `high` or above white.
 * @typedef {{low: number, high: number}} Levels
 *
 * @typedef {object} ShownImage
 * @property {ImageBitmap} bitmap the whole image, or a smaller copy of a very large one
 * @property {number} width of the image, in its own pixels
 * @property {number} height
 * @property {{range: Levels, auto: Levels, shown: Levels}|null} levels of 16-bit grey: from its least
 *   to its greatest value, from the 1 % to the 99 %, which is what a model sees, and what is on the
 *   screen
 */

/**
 * @typedef {object} CurrentAsset
 * @property {string} id
 * @property {AssetRow} row
 * @property {ShownImage|null} image
 * @property {Annotation[]} annotations
 * @property {Predictions|null} predictions
 * @property {View|null} view
 * @property {ReadonlyMap<number, Outline>} edits the shapes of the suggestions that a person changed, by
 *   candidate
 */

/**
 * @typedef {object} SceneState
 * @property {{id: string, name: string}|null} project
 * @property {boolean} readOnly another tab writes the project: it can be looked at here, not changed
 * @property {Tag[]} tags
 * @property {Map<string, Tag>} tagById
 * @property {AssetRow[]} assets
 * @property {Map<string, AssetRow>} assetById
 * @property {PredictorRow[]} predictors
 * @property {PredictorRow|null} activePredictor
 * @property {boolean} assistOnOpen
 * @property {boolean} suggestionsShown
 * @property {string|null} lastTagId
 * @property {WorkList} workList
 * @property {History} history
 * @property {Filing} filing
 * @property {import("../shared/protocol.js").RunProgressEvent|null} run what goes on, or is paused, on many images
 * @property {CurrentAsset|null} current
 * @property {{state: "saved"|"saving"|"failed", pending: number, reason: string|null}} saved
 * @property {{level: "info"|"warning"|"error", text: string, at: number}|null} status
 * @property {{assetId: string, stage: "image"|"inference"|"decoding"|null, startedAt: number}|null} assistRun
 * @property {{session: ThreadState, compute: ThreadState, image: ThreadState, inference: ThreadState}} threads
 * @property {{loading: {name: string, fraction: number|null}|null}} models
 * @property {DeploymentHealth|null} deployment whether the deployment in use can be asked; null where it is none
 */

/**
 * @typedef {"project"|"current"|"image"|"annotations"|"predictions"|"view"|"saved"|"status"
 *   |"history"|"settings"|"workList"|"filing"|"run"|"threads"|"assist"|"assets"} SceneKey
 */

/**
 * @typedef {object} Scene
 * @property {SceneState} state
 * @property {(listener: (changed: Set<SceneKey>) => void) => () => void} subscribe
 */

/**
 * @typedef {{accepted: true, name: string|null, revision: number, added: string[]}} Accepted
 *   `added`: the annotations that there are now and were not before
 */

/** @typedef {{kind: "suggestion", id: number}|{kind: "annotation", id: string}} Focus */

/** @typedef {ReturnType<typeof import("./intake.js").createIntake>} ImageIntake */
/** @typedef {ReturnType<typeof import("./label-export.js").createLabelExport>} LabelExport */
/** @typedef {ReturnType<typeof import("./label-import.js").createLabelImport>} LabelImport */
/** @typedef {ReturnType<typeof import("./runs.js").createRuns>} Runs */
/** @typedef {ReturnType<typeof import("./model-intake.js").createModelIntake>} ModelIntake */
/** @typedef {ReturnType<typeof import("./trials.js").createTrials>} Trials */
/** @typedef {ReturnType<typeof import("./deployments.js").createDeployments>} Deployments */
/** @typedef {ReturnType<typeof import("./door.js").createDoor>} Door */

/**
 * @typedef {object} ProjectSummary
 * @property {string} id
 * @property {string} name
 * @property {number} assets
 * @property {number} finished labelled and approved assets
 * @property {number} createdAt milliseconds since 1970, as all times here
 * @property {number} openedAt
 * @property {number|null} deletedAt null where it is not put away
 * @property {number} changes
 * @property {number} filedChanges how many of them the last project file has
 * @property {number|null} filedAt
 */

/**
 * An image to be taken into a project: what is known of it, and its file.
 *
 * @typedef {object} NewImage
 * @property {string} name
 * @property {number} width oriented, in pixels
 * @property {number} height
 * @property {string} digest SHA-256 of the file, in hexadecimal
 * @property {string} type media type
 * @property {number} bytes
 * @property {number} [page] place of the image in a file of many
 * @property {number} [depth] bits of one sample
 * @property {Blob} blob the file
 */

/**
 * What became of images: those that were there already by content, and those whose name was taken.
 *
 * @typedef {object} Intake
 * @property {number} added
 * @property {{name: string, of: string}[]} duplicates
 * @property {{name: string, to: string}[]} renamed
 */

/** @typedef {(label: string, fraction: number|null) => void} FileProgress */
/** @typedef {{onProgress?: FileProgress, signal?: AbortSignal}} FileWork */

/**
 * A file of a model in a project file: `digest` is the predictor's, `name` the path that the model knows the file by.
 *
 * @typedef {{path: string, digest: string, name: string, bytes: number}} KeptPart
 */

/**
 * What a project file holds, and the project of the same id that this browser has.
 *
 * @typedef {object} FoundProject
 * @property {{id: string, name: string}} project
 * @property {number} writtenAt milliseconds since 1970
 * @property {string[]} paths of the parts with records, in their order
 * @property {{path: string, digest: string, type: string, bytes: number}[]} images
 * @property {KeptPart[]} models
 * @property {{id: string, name: string, deletedAt: number|null}|null} existing
 */

/**
 * @typedef {object} NewProject
 * @property {string} name
 * @property {{name: string, color?: string, key?: string}[]} [tags]
 * @property {NewImage[]} images at least one
 * @property {Record<string, unknown>|null} [predictor] a recognised model: card, name, source, digest, bytes
 */

/**
 * @typedef {object} SampleOffer
 * @property {string} name
 * @property {string} describes
 * @property {number} bytes still to be downloaded
 * @property {boolean} offline already kept by this browser
 */

/**
 * @typedef {object} StarterModel
 * @property {string} name
 * @property {string} describes what it finds
 * @property {number} bytes
 * @property {string} license
 * @property {boolean} offline
 */

/** @typedef {{level: "info"|"warning"|"error", text: string, at: number}} Notice */
/** @typedef {"camera"|"focus"|"reveal"|"display"|"notice"|"painted"|"tool"|"draft"} PageKey */
/**
 * The suggestions that are on the image that is on the screen, those out of view included.
 *
 * @typedef {{assetId: string|null, candidates: number[], outside: number}} Painted
 */

/**
 * What only the page knows and nobody stores; made by `createPageState` (ui/page-state.js).
 *
 * @typedef {object} PageState
 * @property {import("../shared/camera.js").Camera} camera
 * @property {Focus|null} focus the shape last clicked or reached by key
 * @property {Focus|null} hover the shape under the pointer, on the canvas or in a list
 * @property {{chips: boolean, shapes: boolean}} display
 * @property {"score"|"position"} listOrder
 * @property {{id: ToolId, stays: boolean}} tool `stays`: it draws on until another one is chosen
 * @property {string|null} drawTagId the tag chosen for the next shape; null: the one last used
 * @property {string|null} handle the handle of the focused shape that keys have taken
 * @property {{drawing: boolean, dropped: boolean, mending: boolean}} draft what the person is at: a new
 *   shape, one that was given up and can come back, a change that the session does not have
 * @property {Notice|null} notice the page's own last message
 * @property {Focus[]} beneath what lies under the pointer, the likeliest first
 * @property {Painted} painted written by the canvas after each paint
 * @property {boolean} spaceHeld the pointer pans while it is
 * @property {boolean} spaceUsed Space was used to pan, so its release does nothing more
 * @property {boolean} singleKeys whether letters and digits act without Ctrl
 * @property {(camera: import("../shared/camera.js").Camera) => void} setCamera
 * @property {(focus: Focus|null) => void} setFocus
 * @property {(focus: Focus) => void} reveal focuses and brings into view
 * @property {(hover: Focus|null) => void} setHover
 * @property {(id: ToolId, stays?: boolean) => void} setTool
 * @property {(tagId: string|null) => void} setDrawTag
 * @property {(id: string|null) => void} setHandle
 * @property {(part: Partial<{drawing: boolean, dropped: boolean, mending: boolean}>) => void} setDraft
 * @property {(on: boolean) => void} setSingleKeys
 * @property {(painted: Painted) => void} setPainted
 * @property {(part: Partial<{chips: boolean, shapes: boolean}>) => void} setDisplay
 * @property {(order: "score"|"position") => void} setListOrder
 * @property {(text: string, level?: "info"|"warning"|"error") => void} say
 * @property {(listener: (changed: PageKey) => void) => () => void} onPage
 */

/**
 * What reaches beyond the page: the session, stored images, the start screen's business.
 *
 * @typedef {object} Services
 * @property {Scene} scene
 * @property {(command: Command) => Promise<Accepted>} dispatch rejects with {code, message}
 * @property {string} address the address that projects in this browser belong to
 * @property {(row: AssetRow) => Promise<ImageBitmap>} thumbnail
 * @property {(levels: Levels|null) => Promise<void>} setLevels how the current image's 16-bit grey is
 *   seen; null for its auto window
 * @property {ImageIntake} intake images on their way in
 * @property {ModelIntake} modelIntake models of a person's own on their way in
 * @property {Trials} trials models on an image, to be looked at only
 * @property {Deployments} deployments models behind a URL
 * @property {Door} door what may leave this browser, and what did
 * @property {() => Promise<void>} lookAtDeployment asks the deployment in use whether it can be asked
 * @property {(predictor: PredictorRow) => Promise<import("./model-files.js").ModelFile[]>} filesOf a model
 * @property {() => Promise<Map<string, number>>} keptModels files of the person's own models that are in this browser
 *   for the open project: bytes of each model, by digest
 * @property {LabelExport} labelExport labels on their way out
 * @property {LabelImport} labelImport labels on their way in
 * @property {Runs} runs bulk changes
 * @property {() => Promise<SampleOffer[]>} samples
 * @property {(name: string, onProgress: (label: string, fraction: number|null) => void) => Promise<void>} openSample
 * @property {() => Promise<ProjectSummary[]>} projects
 * @property {(id: string) => Promise<void>} openProject
 * @property {() => Promise<void>} closeProject back to the start screen
 * @property {(project: NewProject, onProgress?: (done: number, total: number) => void) => Promise<Intake>} createProject
 *   makes a project of images and opens it
 * @property {(images: NewImage[], onProgress?: (done: number, total: number) => void) => Promise<Intake>} addImages
 *   to the open project; what was added before a failure stays
 * @property {(id: string, name: string) => Promise<void>} renameProject
 * @property {(id: string) => Promise<string>} duplicateProject gives the id of the copy
 * @property {(id: string) => Promise<void>} deleteProject puts it away; `restoreProject` brings it back
 * @property {(id: string) => Promise<void>} restoreProject
 * @property {(id: string) => Promise<void>} eraseProject for good, with the images that no other project uses
 * @property {(work?: FileWork & {withModels?: boolean}) => Promise<{name: string}|null>} saveProjectFile
 *   of the open project, where the person says, else as a download; null where they chose no place
 * @property {(file: File, work: FileWork & {choose: (found: FoundProject) => Promise<"copy"|"replacement"|null>}) => Promise<string|null>} openProjectFile
 *   restores and opens it; rejects with a message that names file and part, and then nothing of it stays
 * @property {() => Promise<StarterModel[]>} starterModels
 * @property {(name: string) => Promise<void>} addStarterModel
 * @property {() => Promise<void>} retrySave
 * @property {() => Promise<import("./storage-room.js").Room>} room what this browser has for Twoclick
 * @property {() => Promise<boolean>} askToKeep whether the browser keeps it for good
 * @property {() => Promise<{answer: "granted"|"refused"|"silent", reason: string|null}>} takeOver
 *   asks the tab that writes the project to save and let go
 * @property {() => Promise<void>} takeOverAnyway without asking: what that tab has not saved is lost
 */

/** @typedef {PageState & Services} App what every panel and the canvas are built from */

export {};
