// Bundles scripts, styles, fonts and icons into static/built with hashed names, and writes manifest.json: plain name -> built name.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const built = join(here, "static", "built");
const fresh = `${built}.new`;

// Runs everywhere: madang. The others are loaded by the pages that need them. Each is bundled by itself: what two of them
// shared would be a file more for every page.
const entries = ["styles/madang.css", "styles/office.css", "scripts/madang.js", "pages/districts/clusters.js", "scripts/map.js", "scripts/graphiql.js"];

/** The paths under a folder that end so, in the order of their names. */
async function found(folder, ending) {
  const paths = await readdir(join(here, folder), { recursive: true });
  return paths.filter((path) => path.endsWith(ending)).map((path) => `${folder}/${path}`).sort();
}

// Pages where people keep their own records bring their look in office.css, so that nobody else loads it.
const office = /^pages\/((awards|desk|facts|introductions|mails|needs|overlaps|review|watches)\/|calls\/list)/;

// `@import "every:parts" layer(parts)` in madang.css takes every style sheet of the folder; "every:office" takes those.
const everyStyle = {
  name: "every-style",
  setup(builder) {
    builder.onResolve({ filter: /^every:/ }, ({ path }) => ({ path: path.slice(6), namespace: "every" }));
    builder.onLoad({ filter: /.*/, namespace: "every" }, async ({ path }) => ({
      contents: (await found(path === "office" ? "pages" : path, ".css"))
        .filter((file) => office.test(file) === (path === "office"))
        .map((file) => `@import "./${file}";`).join("\n"),
      loader: "css",
      resolveDir: here,
    }));
  },
};

// GraphiQL's style sheet carries its fonts inside, as data addresses that our content policy refuses.
const withoutFonts = {
  name: "without-fonts",
  setup(builder) {
    builder.onLoad({ filter: /graphiql[/\\]dist[/\\]style\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replaceAll(/@font-face\s*\{[^}]*\}/g, ""),
      loader: "css",
    }));
  },
};

// htmx's module build is not minified by its makers, who know more of it than esbuild: theirs is a fifth smaller.
const smallHtmx = {
  name: "small-htmx",
  setup(builder) {
    builder.onLoad({ filter: /htmx\.org[/\\]dist[/\\]htmx\.esm\.js$/ }, async ({ path }) => ({
      contents: `${await readFile(join(dirname(path), "htmx.min.js"), "utf8")};export default htmx;`,
      loader: "js",
    }));
  },
};

/** One sprite of the Lucide icons that templates and scripts name: `icon("search")`, or `#search` of the sprite. */
async function writeIcons() {
  const names = new Set();
  const sources = await Promise.all(["parts", "pages", "scripts"].flatMap((folder) => [found(folder, ".html"), found(folder, ".js")]));
  for (const path of sources.flat()) {
    const text = await readFile(join(here, path), "utf8");
    for (const [, name] of text.matchAll(/\bicon\(\s*"([a-z0-9-]+)"/g)) names.add(name);
    // A part that takes the name of an icon: icon_name="search".
    for (const [, name] of text.matchAll(/\bicon_name=\s*"([a-z0-9-]+)"/g)) names.add(name);
  }
  const lucide = JSON.parse(await readFile(join(here, "node_modules/@iconify-json/lucide/icons.json"), "utf8"));
  const symbols = [...names].sort().map((name) => {
    const drawn = lucide.icons[name] ?? lucide.icons[lucide.aliases?.[name]?.parent];
    if (!drawn) throw new Error(`Lucide has no icon "${name}".`);
    const lines = drawn.body.replaceAll(/ (fill|stroke|stroke-linecap|stroke-linejoin|stroke-width)="[^"]*"/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${lines}</symbol>`;
  });
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
  const name = `icons-${createHash("sha256").update(sprite).digest("hex").slice(0, 8).toUpperCase()}.svg`;
  await writeFile(join(fresh, name), sprite);
  return name;
}

/** Beside each text file its brotli form, which is a tenth smaller than gzip and too slow to make at each request. */
async function compress() {
  for (const name of await readdir(fresh)) {
    if (!/\.(css|js|svg)$/.test(name)) continue;
    const path = join(fresh, name);
    await writeFile(`${path}.br`, await promisify(brotliCompress)(await readFile(path)));
  }
}

/** Bundle an entry into the fresh folder and return what esbuild tells of each output. What pages need only sometimes, by
 * `import()` in madang.js, are files of their own; GraphiQL's many are not. */
async function bundle(entry) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    outdir: fresh,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    splitting: entry === "scripts/madang.js",
    target: ["es2022", "chrome111", "firefox115", "safari16.4"],
    define: { "process.env.NODE_ENV": '"production"' },
    jsx: "automatic",
    plugins: [everyStyle, withoutFonts, smallHtmx],
    loader: { ".woff2": "file", ".svg": "file", ".ttf": "file" },
    legalComments: "external",
    metafile: true,
    logLevel: "warning",
  });
  return result.metafile.outputs;
}

async function main() {
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  const outputs = Object.assign({}, ...(await Promise.all(entries.map(bundle))));
  const manifest = { "icons.svg": await writeIcons() };
  for (const [path, output] of Object.entries(outputs)) {
    const [source] = Object.keys(output.inputs);
    if (path.endsWith(".woff2") && source) manifest[basename(source)] = basename(path);
    if (!entries.includes(output.entryPoint)) continue;
    const plain = basename(output.entryPoint);
    manifest[plain] = basename(path);
    // A script that imports a style sheet yields a second file of the same name.
    if (output.cssBundle) manifest[plain.replace(/\.js$/, ".css")] = basename(output.cssBundle);
  }
  await writeFile(join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await compress();
  // Swapped in whole: a server that starts meanwhile sees the old files or the new ones.
  await rm(built, { recursive: true, force: true });
  await rename(fresh, built);
  console.log(`${(await readdir(built)).length} files in static/built`);
}

await main();
