// Reads openapi.json of this folder with tools that are not ours, and says what is wrong with it: two linters find no
// error, two generators make clients of it that compile, and one of these asks the server and is answered.
// On standard input: { "server": "http://…", "token": "…" }.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const faults = [];

/** The program of a package, run by this node. */
function run(name, bin, ...args) {
  const folder = join("node_modules", name);
  const { bin: bins } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const program = join(folder, typeof bins === "string" ? bins : bins[bin]);
  try {
    return execFileSync(process.execPath, [program, ...args], { encoding: "utf8", stdio: "pipe", maxBuffer: 1 << 26 });
  } catch (failed) {
    faults.push(`${bin}: ${`${failed.stdout}${failed.stderr}`.slice(0, 2000)}`);
    return "";
  }
}

run("@redocly/cli", "redocly", "lint", "openapi.json", "--format=stylish");
writeFileSync(".spectral.yaml", 'extends: ["spectral:oas"]\n');
run("@stoplight/spectral-cli", "spectral", "lint", "openapi.json", "--fail-severity=error", "--quiet");

rmSync("generated", { recursive: true, force: true });
run("openapi-typescript", "openapi-typescript", "openapi.json", "-o", "generated/types.ts");
const client = {
  input: "openapi.json",
  output: { path: "generated/client", importFileExtension: ".js" },
  logs: { level: "error", file: false },
};
writeFileSync("openapi-ts.config.mjs", `export default ${JSON.stringify(client)};\n`);
run("@hey-api/openapi-ts", "openapi-ts", "-f", "openapi-ts.config.mjs");
writeFileSync("generated/package.json", '{ "type": "module" }\n');
const compilerOptions = {
  strict: true,
  skipLibCheck: true,
  target: "es2022",
  lib: ["es2022", "dom", "dom.iterable"],
  module: "nodenext",
  types: [],
  outDir: "generated/built",
  rootDir: "generated",
};
writeFileSync("tsconfig.json", JSON.stringify({ compilerOptions, include: ["generated/**/*.ts"] }));
if (faults.length === 0) run("typescript", "tsc", "-p", "tsconfig.json");

let modules = 0;
if (faults.length === 0) {
  const { server, token } = JSON.parse(readFileSync(0, "utf8"));
  writeFileSync("generated/built/package.json", '{ "type": "module" }\n');
  const api = await import(pathToFileURL(join(process.cwd(), "generated/built/client/index.js")));
  const asked = { baseUrl: server, auth: ({ scheme }) => (scheme === "bearer" ? token : undefined) };
  const loaded = await api.getModules(asked);
  modules = loaded.data?.length ?? 0;
  if (modules === 0) faults.push(`getModules: ${loaded.response?.status} ${JSON.stringify(loaded.error)}`);
  const assessed = await api.postProgrammesByIdAssess({
    ...asked,
    path: { id: "chuxiong.vocational-class" },
    body: { asOf: "2020-05-08", facts: { grade: 9 } },
  });
  if (assessed.data?.verdict !== "Undetermined")
    faults.push(`postProgrammesByIdAssess: ${JSON.stringify(assessed.data ?? assessed.error)}`);
  const missing = await api.getFormsById({ ...asked, path: { id: "nothing" } });
  if (missing.response?.status !== 404) faults.push(`getFormsById: ${missing.response?.status}`);
}

console.log(faults.length === 0 ? `valid: ${modules} modules` : faults.join("\n"));
process.exit(faults.length === 0 ? 0 : 1);
