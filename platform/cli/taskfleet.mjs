#!/usr/bin/env node
// Plain JavaScript of the oldest kind, so that an old Node can say that it is too old.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  await run();
} else {
  refuse(
    `taskfleet needs Node.js 22.18 or newer, this is ${process.version}; npx taskfleet has one`,
  );
}

async function run() {
  try {
    await import('./main.ts');
  } catch (error) {
    // A contract that cannot work, found while the fleet was loaded: its message says all.
    if (error?.code !== 'definition_invalid') throw error;
    refuse(error.message);
  }
}

function refuse(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exitCode = 2;
}
