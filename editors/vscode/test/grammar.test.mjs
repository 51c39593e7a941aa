// The grammar gives each notation its scopes, inside the scalars of a YAML file.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const textmate = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");
const here = path.dirname(fileURLToPath(import.meta.url));

// What stands in for the editor's own YAML grammar: plain and quoted scalars, comments.
const YAML = {
  scopeName: "source.yaml",
  patterns: [
    { name: "comment.line.yaml", match: "(?:^|\\s)#.*$" },
    { name: "string.quoted.double.yaml", begin: '"', end: '"' },
    { name: "string.unquoted.yaml", match: "[^\\s:#\"$]+" },
  ],
};

const wasm = fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")).buffer;
const injected = fs.readFileSync(path.join(here, "../syntaxes/expression.tmLanguage.json"), "utf8");
const registry = new textmate.Registry({
  onigLib: oniguruma.loadWASM(wasm).then(() => ({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  })),
  loadGrammar: async (scope) => (scope === "source.yaml" ? YAML : JSON.parse(injected)),
  getInjections: (scope) => (scope === "source.yaml" ? ["flowlang.expression.injection"] : undefined),
});
const grammar = await registry.loadGrammar("source.yaml");

// The scopes of ours that each piece of a line has: "text" -> "scope".
function pieces(line) {
  const found = {};
  for (const token of grammar.tokenizeLine(line, textmate.INITIAL).tokens) {
    const scopes = token.scopes.filter((scope) => scope.endsWith(".flowlang"));
    const text = line.slice(token.startIndex, token.endIndex).trim();
    if (scopes.length > 0 && text) found[text] = scopes.at(-1);
  }
  return found;
}

for (const [open, close] of [["${{", "}}"], ["$[[", "]]"], ["$<<", ">>"]]) {
  test(`${open} ${close}`, () => {
    assert.deepEqual(pieces(`a: ${open} len(params.x) if not True else 'b' + 1 ${close} c`), {
      [open]: "punctuation.section.embedded.begin.flowlang",
      len: "support.function.flowlang",
      "(": "meta.embedded.expression.flowlang",
      params: "variable.language.flowlang",
      ".": "punctuation.accessor.flowlang",
      x: "variable.other.property.flowlang",
      ")": "meta.embedded.expression.flowlang",
      if: "keyword.control.flowlang",
      not: "keyword.operator.word.flowlang",
      True: "constant.language.flowlang",
      else: "keyword.control.flowlang",
      "'b'": "string.quoted.single.flowlang",
      "+": "keyword.operator.flowlang",
      1: "constant.numeric.flowlang",
      [close]: "punctuation.section.embedded.end.flowlang",
    });
  });
}

test("inside quotes", () => assert.equal(pieces('a: "x ${{ env.A }}"').env, "variable.language.flowlang"));
test("not in comments", () => assert.deepEqual(pieces("a: b # ${{ env.A }}"), {}));
test("shell texts stay texts", () => assert.deepEqual(pieces("bash: cat $<<EOF"), {}));
