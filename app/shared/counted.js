/**
 * @param {number} number
 * @param {string} things in the plural
 * @returns {string} "1,200 images", "1 image"
 */
export function counted(number, things) {
  const noun = number !== 1 ? things : things.replace(/(x|ch|sh|ss)es$|s$/, "$1");
  return `${number.toLocaleString("en")} ${noun}`;
}
