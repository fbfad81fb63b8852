// Read a JSON list of YAML sources on stdin; print, as a JSON list, what npm `yaml` makes of each:
// {"ok": value} or {"error": code}. Obsidian reads front matter with this version of it.
// JSON has no Infinity and NaN: they come as {"$number": "Infinity"}.
import process from "node:process";
import { parse } from "yaml";

process.removeAllListeners("warning");
process.on("warning", () => {});

const plain = (value) => {
  if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value) };
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date || value instanceof Set || value instanceof Uint8Array)
    return { $other: value.constructor.name };
  if (value === null || typeof value !== "object") return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
};

const answer = (source) => {
  try {
    return { ok: plain(parse(source, null, {})) };
  } catch (error) {
    return { error: error.code ?? error.name };
  }
};

let input = "";
process.stdin.setEncoding("utf-8");
for await (const chunk of process.stdin) input += chunk;
process.stdout.write(JSON.stringify(JSON.parse(input).map(answer)));
