// SAP CAP as a consumer: the service is imported from metadata.xml of this folder, connected to, and read in CAP's own
// query language. On standard input: { "server": "http://…", "user": "…", "key": "…" }; it writes what it was answered.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { server, user: username, key: password } = JSON.parse(readFileSync(0, "utf8"));
rmSync("cap", { recursive: true, force: true });
mkdirSync("cap");
copyFileSync("metadata.xml", "cap/EduAssist.xml");
const importing = ["import", "EduAssist.xml", "--as", "csn", "--keep-namespace", "--no-save", "--out", "srv/EduAssist"];
const program = require.resolve("@sap/cds-dk/bin/cds.js");
execFileSync(process.execPath, [program, ...importing], { cwd: "cap", stdio: "pipe" });

const cds = require("@sap/cds");
const model = JSON.parse(readFileSync("cap/srv/EduAssist.csn", "utf8"));
cds.model = cds.linked(model);
const credentials = { url: `${server}/odata`, authentication: "BasicAuthentication", username, password };
const service = await cds.connect.to("EduAssist", { kind: "odata", model, credentials });
const { Students, Schools, Rolls } = service.entities;

const youngest = await service.run(
  SELECT.from(Students)
    .columns("Name", "BirthDate")
    .where({ BirthDate: { ">=": "2005-05-01" }, OnRegister: true })
    .orderBy("BirthDate desc", "Id")
    .limit(3));
const schools = await service.run(
  SELECT.from(Schools)
    .columns((s) => { s.Id, s.Name, s.Rolls((r) => { r.Grade }) })
    .where`contains(Name, '第一中学')`
    .orderBy("Name"));
const one = await service.run(SELECT.one.from(Schools).where({ Id: schools[0].Id }));
const nobody = await service.run(SELECT.from(Students).where({ Name: "o'nobody" }));
const few = SELECT.from(Rolls).columns("Id").limit(1);
few.SELECT.count = true;
const page = await service.run(few);
const count = await service.get("/Students/$count?$filter=BirthDate ge 2005-05-01");
// many names in one condition go out as a batch
const many = Array.from({ length: 60 }, (_, n) => `学生${n}`).concat(youngest[0].Name);
const batched = await service.run(SELECT.from(Students).columns("Name").where({ Name: { in: many } }));

console.log(JSON.stringify({
  names: youngest.map((s) => s.Name),
  schools: schools.map((s) => `${s.Name} ${s.Rolls.length}`),
  same: one.Name === schools[0].Name,
  nobody: nobody.length,
  paged: page.length,
  rolls: Number(page.$count),
  count: Number(count),
  batched: batched.map((s) => s.Name),
}));
