// The page's table of keys as JSON: groups in their order, each line with its keys and what it does.

import { strokeText } from "../../app/ui/key-match.js";
import { POINTER_LINES } from "../../app/ui/key-lines/pointer.js";
import { keymap } from "../../app/ui/keymap.js";

const lines = keymap().map(({ group, keys, shown, label }) => ({
  group,
  keys: shown ?? keys.map(strokeText),
  label,
}));
const pointer = POINTER_LINES.map((line) => ({ group: "Pointer and lists", ...line }));
process.stdout.write(JSON.stringify([...lines, ...pointer]));
