import { cliPage } from './cliPage.ts';
import { configurationPage } from './configurationPage.ts';
import { contractPage } from './contractPage.ts';
import { llmsText } from './llmsText.ts';
import { workersPage } from './workersPage.ts';

/** The command that writes these pages anew. */
export const COMMAND = 'npm run docs';

/** Pages that are written from the code: the file of each, and its text. */
export const PAGES: Readonly<Record<string, () => string>> = {
  'docs/cli.md': cliPage,
  'docs/configuration.md': configurationPage,
  'docs/contract.md': contractPage,
  'docs/workers.md': workersPage,
  // Last: it quotes the others.
  'llms.txt': llmsText,
};
