/**
 * The settings of a deployment: its protocol and what that needs, the credential, and how images are sent.
 *
 * @module
 */

import { element, setAttribute, setText } from "./element.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").DeploymentSpec} DeploymentSpec */
/** @typedef {import("../scene/types.js").Finding} Finding */
/** @typedef {import("../scene/types.js").ProtocolField} ProtocolField */
/** @typedef {import("../scene/types.js").ProtocolRow} ProtocolRow */
/** @typedef {import("../scene/door.js").SecretPlace} SecretPlace */

/** Of JPEG, as browsers count it. @type {readonly [number, string][]} */
const QUALITIES = [
  [90, "fine"],
  [97, "finest"],
  [75, "small"],
  [50, "smallest"],
];

/** Sides that images are sent with at most; "" for their own. */
const SIDES = ["", "4096", "2048", "1280", "640"];

/**
 * @param {App} app
 * @param {() => void} onChange a setting is another now
 */
export function createDeploymentFields(app, onChange) {
  const protocol = element("select", {
    onchange: () => {
      showProtocol();
      onChange();
    },
  });
  const own = element("div", { class: "protocol-fields" });
  const secret = element("input", { type: "password", autocomplete: "off" });
  const place = choice([
    ["tab", "in this tab, until it is closed"],
    ["browser", "in this browser"],
  ]);
  const kept = element("span", { class: "faint" });
  const credential = element(
    "div",
    { class: "field-pair" },
    line("Credential", secret),
    line("Kept", place),
    kept,
  );
  const type = choice([
    ...QUALITIES.map(([quality, name]) => [`image/jpeg ${quality}`, `JPEG, ${name}`]),
    ["image/png 100", "PNG, without loss"],
  ]);
  const longest = choice(
    SIDES.map((side) => [side, side === "" ? "as large as they are" : `at most ${side} pixels`]),
  );
  const sending = element(
    "div",
    { class: "field-pair" },
    line("Images are sent as", type),
    line("Size", longest),
  );
  const timeout = element("input", { type: "number", min: 1, max: 600, step: 1, value: 60 });
  const root = element(
    "div",
    { class: "deployment-fields" },
    line("Protocol", protocol),
    own,
    credential,
    sending,
    line("No answer is a failure after (seconds)", timeout),
  );
  let address = "";
  /** @type {ProtocolRow[]} */
  let protocols = [];
  /** @type {Finding | null} */
  let found = null;

  function chosen() {
    return protocols.find(({ name }) => name === protocol.value) ?? null;
  }

  function showProtocol() {
    const row = chosen();
    const told = found?.protocol === row?.name ? found : null;
    own.replaceChildren(
      ...(row?.fields ?? []).map((field) =>
        protocolField(field, told?.settings[field.key], told?.choices[field.key] ?? []),
      ),
    );
    showWhatCounts();
    credential.hidden = row ? !row.hasCredential : true;
    sending.hidden = row?.takes === "tensor";
  }

  function inputs() {
    return /** @type {HTMLInputElement[]} */ ([...own.querySelectorAll("[data-key]")]);
  }

  /** What is set of the protocol, without what does not count. */
  function settings() {
    const shown = inputs().filter((one) => !one.closest("[hidden]"));
    return Object.fromEntries(shown.map((one) => [String(one.dataset.key), one.value]));
  }

  /** A field that depends on another is there only while it counts. */
  function showWhatCounts() {
    const value = new Map(inputs().map((one) => [one.dataset.key, one.value]));
    for (const field of chosen()?.fields ?? []) {
      if (!field.only_with) continue;
      const [key, values] = field.only_with;
      const part = own.querySelector(`[data-key="${field.key}"]`)?.closest(".protocol-field");
      if (part instanceof HTMLElement) part.hidden = !values.includes(value.get(key) ?? "");
    }
  }

  own.addEventListener("input", () => {
    showWhatCounts();
    onChange();
  });

  /** @param {SecretPlace} where */
  function showSecret(where) {
    secret.value = "";
    const said = { none: "", tab: "One is kept in this tab", browser: "One is kept here" };
    setText(kept, said[where]);
    setAttribute(secret, "placeholder", where === "none" ? null : "••••••");
  }

  return {
    element: root,

    /** Another address: nothing is known of it yet. @param {string} url */
    async begin(url) {
      address = url;
      found = null;
      protocols = await app.deployments.protocols();
      protocol.replaceChildren(
        ...protocols.map(({ name, title }) => element("option", { value: name }, title)),
      );
      showProtocol();
      showSecret(await app.door.secretOf(address));
    },

    /** What the server says of itself. @param {Finding} finding */
    take(finding) {
      found = finding;
      protocol.value = finding.protocol;
      showProtocol();
    },

    /** Settings that were found out. @param {Record<string, string>} values */
    fill(values) {
      for (const one of inputs()) one.value = values[String(one.dataset.key)] ?? one.value;
      showWhatCounts();
    },

    /** The credential that was typed goes to where it is kept. */
    async keepSecret() {
      if (secret.value === "") return;
      await app.door.keepSecret(address, secret.value, /** @type {SecretPlace} */ (place.value));
      showSecret(await app.door.secretOf(address));
    },

    /** @returns {DeploymentSpec} what is set now */
    spec() {
      const row = chosen();
      const [mediaType, quality] = type.value.split(" ");
      return {
        address,
        protocol: row?.name ?? "",
        settings: settings(),
        classes: found?.protocol === row?.name ? (found?.classes ?? []) : [],
        mediaType: /** @type {"image/jpeg"} */ (mediaType),
        quality: Number(quality),
        longest: longest.value === "" ? null : Number(longest.value),
        timeout: Number.isNaN(timeout.valueAsNumber) ? 60 : timeout.valueAsNumber,
        takes: row?.takes ?? "picture",
        title: row?.title ?? "",
      };
    },
  };
}

/**
 * @param {ProtocolField} field
 * @param {string | undefined} told what the server says that it is
 * @param {readonly string[]} values what it may be there, as far as the server tells
 */
function protocolField(field, told, values) {
  const { key, label, kind, choices, hint } = field;
  const value = told ?? field.default;
  const attributes = { "data-key": key, "aria-label": label };
  let control;
  if (kind === "choice" || values.length > 0) {
    control = choice(
      (values.length > 0 ? values : choices).map((one) => [one, one]),
      attributes,
    );
    control.value = value || (values[0] ?? "");
  } else if (kind === "json") {
    control = element("textarea", { ...attributes, rows: 4, spellcheck: "false" });
    control.value = value;
  } else {
    control = element("input", { ...attributes, type: "text", value, autocomplete: "off" });
  }
  return element(
    "div",
    { class: "protocol-field" },
    line(label, control),
    hint && element("p", { class: "faint" }, hint),
  );
}

/**
 * @param {readonly (readonly string[])[]} options
 * @param {import("./element.js").Attributes} [attributes]
 */
function choice(options, attributes = {}) {
  return element(
    "select",
    attributes,
    ...options.map(([value, text]) => element("option", { value }, text)),
  );
}

/** @param {string} label @param {HTMLElement} control */
function line(label, control) {
  return element("label", { class: "field" }, element("span", {}, label), control);
}
