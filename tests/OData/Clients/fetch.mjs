// A script without any library, as docs/odata.md has it. On standard input: { "server": "http://…", "user": "…",
// "key": "…" }; it writes what it was answered.
import { readFileSync } from "node:fs";

const { server, user, key } = JSON.parse(readFileSync(0, "utf8"));
const authorization = `Basic ${Buffer.from(`${user}:${key}`).toString("base64")}`;
const rows = [];
let next = `${server}/odata/Students?$select=Name,BirthDate&$filter=BirthDate ge 2005-05-01&$orderby=BirthDate`;
while (next) {
  const answer = await fetch(next, { headers: { authorization, prefer: "odata.maxpagesize=20" } });
  const page = await answer.json();
  if (!answer.ok) throw new Error(page.error.message);
  rows.push(...page.value);
  next = page["@odata.nextLink"];
}

console.log(JSON.stringify({ names: rows.map((r) => r.Name) }));
