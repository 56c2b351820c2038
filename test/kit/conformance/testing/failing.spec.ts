import { testConformance } from '../index.ts';
import { mailWith, samples } from './mailWorker.ts';

// Run by testConformance.test.ts: the suite by itself is to pass.
const failing = mailWith({ 'mail.send': () => Promise.reject(new Error('no server')) });
testConformance(failing, { samples });
