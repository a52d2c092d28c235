// Runs sharp on one thread without its cache, with its defaults or, when told so, tuned; a JSON line in, a JSON line out, times in milliseconds.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const sharp = createRequire(process.argv[2] + "/")("sharp");
sharp.concurrency(1);
sharp.cache(false);

// The fastest settings at which sharp's bytes and likeness stay about those of its defaults.
const TUNED = {
  webp: { effort: 2 },
  avif: { effort: 0 },
  gif: { effort: 1 },
  png: { compressionLevel: 4, adaptiveFiltering: true },
};
const tuned = process.argv[3] === "tuned";

const inputs = new Map();
const load = (path) => inputs.get(path) ?? inputs.set(path, readFileSync(path)).get(path);

function chain(bytes, call) {
  let image = sharp(bytes, { animated: call.animated });
  image = image.resize(call.width, call.height, { fit: "fill" });
  if (call.blur) image = image.blur(call.blur);
  if (call.overlay) image = image.composite([{ input: Buffer.from(call.overlay) }]);
  const quality = call.quality === null ? {} : { quality: call.quality };
  return image[call.output]({ ...quality, ...(tuned ? TUNED[call.output] : {}) });
}

// Of this program; resourceUsage would count that of the process it was started from.
const peakMemory = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "ascii"))[1]) / 1024;

for await (const line of createInterface({ input: process.stdin })) {
  const { source, call, target } = JSON.parse(line);
  const bytes = load(source);
  const cpu = process.cpuUsage();
  const start = performance.now();
  const output = await chain(bytes, call).toBuffer();
  const wall = performance.now() - start;
  const used = process.cpuUsage(cpu);
  writeFileSync(target, output);
  const memory = peakMemory();
  process.stdout.write(JSON.stringify({ wall, cpu: (used.user + used.system) / 1000, memory }) + "\n");
}
