// Makes pupils.db for CAP, with the same rows as bench/Pages.cs.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
execFileSync("node", ["node_modules/@sap/cds/bin/deploy.js"], { stdio: "inherit" });
const db = new (require("better-sqlite3"))("pupils.db");
db.pragma("journal_mode = WAL");
db.exec(`
  DELETE FROM bench_Pupils;
  INSERT INTO bench_Pupils (Id, Name, Nick, Grade, Boards, Born, Serial)
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${Number(process.argv[2])})
  SELECT printf('%08x-0001-0002-0000-000000000000', i), printf('N%06d', i * 7919 % 300000), CASE WHEN i % 3 = 0 THEN NULL ELSE printf('k%05d', i * 104729 % 100000) END,
         i % 9 + 1, i / 9 % 2 = 0, date('2005-01-01', '+' || (i % 4000) || ' days'), i FROM n;
  CREATE INDEX IF NOT EXISTS pupils_order ON bench_Pupils (Grade, Boards, Name, Id);
  ANALYZE;`);
db.close();
