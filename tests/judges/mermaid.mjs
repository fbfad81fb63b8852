// What real Mermaid makes of charts, in three versions: a JSON list of sources on stdin becomes, on
// stdout, a JSON object of lists by version. Each source becomes a list of its parts, or
// {"error": message}:
//
//     pie       [name, number] for every slice
//     gantt     [section, name, first day, day after the last, marks] for every row
//     xychart   ["label", text] for every label of the x axis, then "bar" and "point" for every one
//
// Its HTML cleaner wants a browser. Without one, it is stood in for by what it does to a text with
// no `<`: it gives it back.

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

const VERSIONS = ["10.9", "11.4", "11.13"];

function cleaned(text) {
  if (text.includes("<")) throw new Error(`it could be HTML: ${text}`);
  return text;
}

async function mermaidOf(version) {
  const require = createRequire(import.meta.resolve(`mermaid-${version}`));
  const cleaner = dirname(require.resolve("dompurify"));
  for (const file of ["purify.cjs.js", "purify.es.mjs"]) {
    const { default: purify } = await import(pathToFileURL(join(cleaner, file)));
    Object.assign(purify, { addHook: () => {}, sanitize: cleaned });
  }
  return (await import(`mermaid-${version}`)).default;
}

const two = (number) => String(number).padStart(2, "0");
const day = (time) => `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;

const PARTS = {
  pie: (db) => {
    const sections = db.getSections();
    return sections instanceof Map ? [...sections] : Object.entries(sections);
  },
  gantt: (db) =>
    db.getTasks().map((task) => [
      task.section,
      task.task.trim(),
      day(task.startTime),
      day(task.endTime),
      ["milestone", "done", "active", "crit"].filter((mark) => task[mark]),
    ]),
  xychart: (db) =>
    db.getDrawableElem().flatMap(({ type, groupTexts, data }) => {
      const place = groupTexts.join(" ");
      if (place === "bottom-axis label") return data.map(({ text }) => ["label", text]);
      if (!place.startsWith("plot ")) return [];
      if (type === "rect") return data.map(() => "bar");
      return data[0].path.match(/[ML]/g).map(() => "point");
    }),
};

async function read(mermaid, source) {
  try {
    await mermaid.parse(source);
    const { type, db } = await mermaid.mermaidAPI.getDiagramFromText(source);
    return PARTS[type](db);
  } catch (error) {
    return { error: String(error?.message ?? error) };
  }
}

let input = "";
process.stdin.setEncoding("utf-8");
for await (const chunk of process.stdin) input += chunk;
const answers = {};
for (const version of VERSIONS) {
  const mermaid = await mermaidOf(version);
  answers[version] = [];
  for (const source of JSON.parse(input)) answers[version].push(await read(mermaid, source));
}
process.stdout.write(JSON.stringify(answers));
