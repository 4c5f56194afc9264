/**
 * A page of the Help: the way back to the page that it was opened from, and words in place of a picture that is not
 * here. Everything else works without it.
 */

/** Help stands in a tab of its own, so that the project stays open: back is to close it. */
function leadBack() {
  document.getElementById("back")?.addEventListener("click", (event) => {
    if (!window.opener || window.opener.closed) return;
    event.preventDefault();
    window.close();
  });
}

/** @param {HTMLImageElement} image */
function replaceMissing(image) {
  const words = document.createElement("span");
  words.className = "missing-picture";
  words.textContent =
    `Picture: ${image.alt}. It is not kept in this browser yet: ` +
    "open Help once while the network is there.";
  image.closest("picture")?.replaceWith(words);
}

function watchPictures() {
  for (const image of document.images) {
    if (image.complete && image.naturalWidth === 0) replaceMissing(image);
    else image.addEventListener("error", () => replaceMissing(image));
  }
}

leadBack();
watchPictures();
