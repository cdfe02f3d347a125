// Bundles scripts and styles into static/built with hashed names, and writes manifest.json: plain name -> built name.
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const built = join(here, "static", "built");
const fresh = `${built}.new`;

const entries = ["styles/madang.css", "scripts/madang.js", "scripts/clusters.js", "scripts/graphiql.js"];

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

async function main() {
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  const result = await build({
    absWorkingDir: here,
    entryPoints: entries,
    outdir: fresh,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome111", "firefox115", "safari16.4"],
    define: { "process.env.NODE_ENV": '"production"' },
    jsx: "automatic",
    plugins: [withoutFonts],
    loader: { ".woff2": "file", ".svg": "file", ".ttf": "file" },
    legalComments: "external",
    metafile: true,
    logLevel: "warning",
  });
  const manifest = {};
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    if (!output.entryPoint) continue;
    const plain = basename(output.entryPoint);
    manifest[plain] = basename(path);
    // A script that imports a style sheet yields a second file of the same name.
    if (output.cssBundle) manifest[plain.replace(/\.js$/, ".css")] = basename(output.cssBundle);
  }
  await writeFile(join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  // Swapped in whole: a server that starts meanwhile sees the old files or the new ones.
  await rm(built, { recursive: true, force: true });
  await rename(fresh, built);
  console.log(`${(await readdir(built)).length} files in static/built`);
}

await main();
