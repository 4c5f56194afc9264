/** Prints what the page calls the families, as JSON. */

import { FAMILY_TITLES } from "../../../app/ui/family-titles.js";

console.log(JSON.stringify(FAMILY_TITLES));
