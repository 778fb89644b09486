// Builds what the browser loads into comity/desk/static/built: one style sheet, the fonts it names, and htmx.
// Nothing is fetched; everything comes from node_modules as the lock fixed it.
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import * as sass from "sass";

const look = dirname(fileURLToPath(import.meta.url));
const project = resolve(look, "../../..");
const packages = join(project, "node_modules");
const built = join(project, "comity/desk/static/built");

// Only what a page can ask for (the @font-face rules of _fonts.scss): upright and bold, and for citations the serif italic.
const FONTS = [
  ["pt-sans", ["latin", "latin-ext", "cyrillic", "cyrillic-ext"], ["400-normal", "700-normal"]],
  ["pt-serif", ["latin", "latin-ext", "cyrillic", "cyrillic-ext"], ["400-normal", "400-italic", "700-normal"]],
  ["noto-sans", ["latin-ext"], ["400-normal", "700-normal"]],
  ["noto-serif", ["latin-ext"], ["400-normal", "400-italic", "700-normal"]],
  ["noto-sans-armenian", ["armenian"], ["400-normal", "700-normal"]],
  ["noto-serif-armenian", ["armenian"], ["400-normal", "700-normal"]],
];

function css() {
  const result = sass.compile(join(look, "comity.scss"), {
    style: "compressed",
    sourceMap: false,
    loadPaths: [project, packages],
    quietDeps: true,
  });
  const strangers = result.css.match(/url\((?!["']?fonts\/)[^)]*\)/g);
  if (strangers) throw new Error(`The style sheet names files that are not ours: ${strangers.join(", ")}`);
  return result.css;
}

async function publish(name, text) {
  await writeFile(join(built, name), text);
  await writeFile(join(built, `${name}.gz`), await promisify(gzip)(text, { level: 9 }));
}

async function fonts(text) {
  await mkdir(join(built, "fonts"), { recursive: true });
  const names = FONTS.flatMap(([family, sets, cuts]) => sets.flatMap((set) => cuts.map((cut) => `${family}-${set}-${cut}.woff2`)));
  for (const name of names) {
    const family = FONTS.map(([known]) => known).findLast((known) => name.startsWith(`${known}-`));
    await copyFile(join(packages, "@fontsource", family, "files", name), join(built, "fonts", name));
  }
  const asked = new Set([...text.matchAll(/fonts\/([\w-]+\.woff2)/g)].map((match) => match[1]));
  const odd = [...names.filter((name) => !asked.has(name)), ...[...asked].filter((name) => !names.includes(name))];
  if (odd.length) throw new Error(`build.mjs and _fonts.scss disagree about ${odd.join(", ")}`);
}

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
const sheet = css();
await publish("comity.css", sheet);
await fonts(sheet);
await publish("htmx.min.js", await readFile(join(packages, "htmx.org/dist/htmx.min.js"), "utf8"));
console.log(`${(sheet.length / 1024).toFixed(0)} kB of style, ${(await readdir(join(built, "fonts"))).length} fonts`);
