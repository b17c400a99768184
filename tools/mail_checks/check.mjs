// Reads a letter's HTML and writes what html-validate and caniemail find in it, as JSON:
// html-validate tells rules with how often, caniemail features with the clients that lack them.
import { readFileSync } from "node:fs";

import { caniemail } from "caniemail";
import { HtmlValidate } from "html-validate";

// Unfit for mail: inline styles, old attributes and comments for Outlook are what mail is made of.
const UNFIT = [
  "no-inline-style", "no-deprecated-attr", "no-conditional-comment", "attribute-boolean-style",
  "doctype-style", "no-trailing-whitespace", "void-style", "prefer-native-element",
  "element-required-attributes", "no-implicit-close", "no-raw-characters", "tel-non-breaking",
  "long-title", "prefer-tbody", "no-redundant-role", "attr-quotes", "meta-refresh", "no-style-tag",
];

const html = readFileSync(0, "utf8");

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: Object.fromEntries(UNFIT.map((rule) => [rule, "off"])),
});
const report = await validator.validateString(html);
const rules = {};
for (const { messages } of report.results) {
  for (const { ruleId } of messages) rules[ruleId] = (rules[ruleId] ?? 0) + 1;
}

const found = caniemail({ clients: ["*"], html });
const features = {};
for (const [client, issues] of found.issues.errors) {
  for (const { title } of issues) (features[title] ??= new Set()).add(client);
}

const sorted = (object, write = (value) => value) =>
  Object.fromEntries(Object.keys(object).sort().map((key) => [key, write(object[key])]));
const clients = sorted(features, (names) => [...names].sort());
process.stdout.write(JSON.stringify({ "html-validate": sorted(rules), caniemail: clients }));
