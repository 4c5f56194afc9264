/**
 * Who made a shape: the person behind this browser, by an id that says nothing about them. It lets the work of two
 * people be told apart when their project files meet.
 *
 * @param {string} scope the path that the page lives under
 * @returns {string} the same for every project and every visit
 */
export function authorOf(scope) {
  const key = `twoclick:${scope}:author`;
  const known = localStorage.getItem(key);
  if (known) return known;
  const author = crypto.randomUUID();
  localStorage.setItem(key, author);
  return author;
}
