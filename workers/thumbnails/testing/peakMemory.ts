import { readFileSync } from 'node:fs';
import { argv, resourceUsage, stdout } from 'node:process';
import { tuneSharp } from '../images/tuneSharp.ts';
import { makeThumbnails } from './makeThumbnails.ts';

// A process of its own: what it needed at most, before and after a photo, nobody else has added to.
tuneSharp();
const body = readFileSync(argv[2] ?? '');
const peakMegabytes = () => Math.round(resourceUsage().maxRSS / 1_024);
const before = peakMegabytes() - Math.round(body.length / 1_048_576);
await makeThumbnails(body);
stdout.write(JSON.stringify({ before, peak: peakMegabytes() }));
