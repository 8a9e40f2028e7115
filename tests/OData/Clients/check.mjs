// Reads metadata.xml and metadata.json of this folder with tools that are not ours, and says what is wrong with them:
//   the XML and the JSON are valid CSDL and say the same; a client that is generated from them compiles.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const csdl = require("odata-csdl");
const Ajv = require("ajv").default;
const faults = [];

const messages = [];
const xml = csdl.xml2json(readFileSync("metadata.xml"), { strict: false, messages });
for (const { message } of messages) faults.push(`metadata.xml: ${message}`);

const ajv = new Ajv({ strict: false, allErrors: true });
require("ajv-formats").default(ajv);
const valid = ajv.compile(JSON.parse(readFileSync(require.resolve("odata-csdl/schemas/csdl.schema.json"), "utf8")));
const json = JSON.parse(readFileSync("metadata.json", "utf8"));
for (const [name, document] of [["metadata.xml", xml], ["metadata.json", json]])
  if (!valid(document)) for (const e of valid.errors) faults.push(`${name}: ${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);

const types = (document) => Object.fromEntries(Object.entries(document).filter(([name]) => !name.startsWith("$"))
  .flatMap(([space, schema]) => Object.entries(schema).map(([name, type]) => [`${space}.${name}`, Object.keys(type).filter((k) => !k.startsWith("$") && !k.includes("@")).sort()])));
if (!isDeepStrictEqual(types(xml), types(json))) faults.push("metadata.xml and metadata.json do not say the same.");

if (faults.length === 0) {
  rmSync("generated", { recursive: true, force: true });
  writeFileSync("tsconfig.json", JSON.stringify({ compilerOptions: { strict: true, noEmit: true, skipLibCheck: true, target: "es2022", module: "node16", moduleResolution: "node16", types: [] }, include: ["generated"] }));
  try {
    execFileSync("node", ["node_modules/@odata2ts/odata2ts/lib/run-cli.js", "-s", "metadata.xml", "-o", "generated", "-e", "ts"], { encoding: "utf8", stdio: "pipe" });
    execFileSync("node", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"], { encoding: "utf8", stdio: "pipe" });
  } catch (failed) {
    faults.push(`client: ${failed.stdout}${failed.stderr}`);
  }
}

console.log(faults.length === 0 ? `valid: ${Object.keys(types(xml)).length} types` : faults.slice(0, 20).join("\n"));
process.exit(faults.length === 0 ? 0 : 1);
