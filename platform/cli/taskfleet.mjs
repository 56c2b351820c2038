#!/usr/bin/env node
// Plain JavaScript of the oldest kind, so that an old Node can say that it is too old.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  await import('./main.ts');
} else {
  process.stderr.write(
    `error: taskfleet needs Node.js 22.18 or newer, this is ${process.version}\n`,
  );
  process.exitCode = 2;
}
