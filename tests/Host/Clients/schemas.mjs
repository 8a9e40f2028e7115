// Compiles JSON Schemas with ajv in its strict mode, which knows no keyword but those of the standard and of the
// vocabulary that is given to it. On standard input: { "vocabulary": { … }, "schemas": [ … ], "examples": [ … ] }; of
// every example it says whether it is valid.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const Ajv = require("ajv/dist/2020").default;
const { vocabulary, schemas, examples } = JSON.parse(readFileSync(0, "utf8"));

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
require("ajv-formats").default(ajv);
ajv.addVocabulary(Object.keys(vocabulary.properties));
ajv.addMetaSchema(vocabulary);
const faults = [];
for (const schema of schemas) {
  try {
    if (!ajv.validateSchema(schema)) faults.push(`${schema.$id}: ${ajv.errorsText()}`);
    if (!ajv.validate(vocabulary.$id, schema)) faults.push(`${schema.$id}: ${ajv.errorsText()}`);
    ajv.compile(schema);
  } catch (wrong) {
    faults.push(`${schema.$id}: ${wrong.message}`);
  }
}

for (const { schema, value, valid } of faults.length === 0 ? examples : [])
  if (ajv.validate(schema, value) !== valid) faults.push(`${schema}: ${JSON.stringify(value)} ${ajv.errorsText()}`);

console.log(faults.length === 0 ? `valid: ${schemas.length} schemas` : faults.slice(0, 20).join("\n"));
process.exit(faults.length === 0 ? 0 : 1);
