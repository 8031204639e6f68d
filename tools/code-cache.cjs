/** Starts the plugin that was built, and keeps beside it what V8 has compiled until then: `code-cache.cjs FOLDER` */
const { mkdirSync, readdirSync, writeFileSync } = require("node:fs");
const { dirname, resolve } = require("node:path");

const [folder] = process.argv.splice(2).map((each) => resolve(each));
const { cacheOf, load, scripts } = require(`${folder}/launch.cjs`);

// The port is the plugin's only word: what was compiled before it is what a start needs.
process.stdout.write = () => setImmediate(keep) !== undefined;
load("./main.cjs");

function keep() {
  for (const file of readdirSync(folder))
    if (file.endsWith(".cjs") && file !== "launch.cjs") load(`./${file}`);
  for (const [file, script] of scripts) {
    mkdirSync(dirname(cacheOf(file)), { recursive: true });
    writeFileSync(cacheOf(file), script.createCachedData());
  }
  process.exit();
}
