/**
 * The files thread: started for one project file or one import, ended with it.
 */

import { startPassingThread } from "./passing-thread.js";

/**
 * @param {{ scope: string, onEvent?: (event: any) => void }} parts
 */
export function startFilesThread({ scope, onEvent }) {
  return startPassingThread({ name: "files", options: { scope }, onEvent });
}
