/**
 * Checks Kubernetes manifests against the API's schemas: `node check.mjs FILE...`
 *
 * What is missing, of another type or no allowed value, the models' own validators find. What is unknown, as a misspelt
 * field is, Kubernetes' schemas allow; the models' TypeScript types do not.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { parseAllDocuments } from "yaml";

const HERE = dirname(fileURLToPath(import.meta.url));
const PACKAGES = {
  "keda.sh": "@kubernetes-models/keda",
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
};

/** The module with the model of this kind, by its group and version. */
function moduleOf({ apiVersion, kind }) {
  const [version, group] = apiVersion.split("/").reverse();
  const package_ = PACKAGES[group] ?? "kubernetes-models";
  const path = [package_, group, version, kind].filter((part) => part);
  return path.join("/");
}

async function problemsOfValues(manifest) {
  const model = await import(moduleOf(manifest));
  try {
    new model[manifest.kind](manifest).validate();
    return [];
  } catch (e) {
    return [e.message];
  }
}

function problemsOfNames(manifest) {
  const file = join(HERE, "manifest.ts");
  const source = `import type { I${manifest.kind} } from "${moduleOf(manifest)}";
    export const manifest: I${manifest.kind} = ${JSON.stringify(manifest)};`;
  const options = { noEmit: true, strict: true, skipLibCheck: true, module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, types: [] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...more) =>
    name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : getSourceFile(name, ...more);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

let failed = false;
for (const file of process.argv.slice(2)) {
  for (const document of parseAllDocuments(readFileSync(file, "utf8"))) {
    const problems = document.errors.map((e) => e.message);
    const manifest = document.toJS();
    if (problems.length === 0) {
      problems.push(...(await problemsOfValues(manifest)), ...problemsOfNames(manifest));
    }
    console.log(`${file}: ${manifest?.kind} ${problems.length === 0 ? "is valid" : "IS NOT VALID"}`);
    problems.forEach((problem) => console.log(`  ${problem}`));
    failed ||= problems.length > 0;
  }
}
process.exit(failed ? 1 : 0);
