// A client that odata2ts generates from metadata.xml of this folder, compiled and called. On standard input:
// { "server": "http://…", "user": "…", "key": "…" }; it writes what it was answered.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { FetchClient } from "@odata2ts/http-client-fetch";

const { server, user, key } = JSON.parse(readFileSync(0, "utf8"));
rmSync("called", { recursive: true, force: true });
const compilerOptions = {
  strict: true,
  skipLibCheck: true,
  target: "es2022",
  module: "node16",
  moduleResolution: "node16",
  types: [],
};
const quiet = { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] };
const run = (...args) => execFileSync(process.execPath, args, quiet);
writeFileSync("tsconfig.json", JSON.stringify({ compilerOptions, include: ["called"] }));
run("node_modules/@odata2ts/odata2ts/lib/run-cli.js", "-s", "metadata.xml", "-o", "called", "-e", "ts");
run("node_modules/typescript/bin/tsc", "-p", "tsconfig.json");

const authorization = `Basic ${Buffer.from(`${user}:${key}`).toString("base64")}`;
const { EduAssistService } = await import("./called/EduAssistService.js");
const service = new EduAssistService(new FetchClient({ headers: { authorization } }), `${server}/odata`);

const youngest = await service.Students().query((b, q) =>
  b
    .select("Name", "BirthDate")
    .filter(q.BirthDate.ge("2005-05-01"), q.Sex.eq("Female"))
    .orderBy(q.BirthDate.desc(), q.Id.asc())
    .top(3)
    .count());
const schools = await service.Schools().query((b, q) =>
  b
    .filter(q.Rolls.any((roll) => roll.Grade.eq(9)))
    .expanding("Rolls", (roll) => roll.select("Grade").top(2))
    .orderBy(q.Name.asc()));
const { Id, Name } = schools.data.value[0];
const one = await service.Schools(Id).query();

console.log(JSON.stringify({
  count: Number(youngest.data["@odata.count"]),
  names: youngest.data.value.map((s) => s.Name),
  schools: schools.data.value.map((s) => `${s.Name} ${s.Rolls.map((r) => r.Grade)}`),
  same: one.data.Name === Name,
}));
