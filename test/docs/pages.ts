import { configurationPage } from './configurationPage.ts';

/** The command that writes these pages anew. */
export const COMMAND = 'npm run docs';

/** Pages that are written from the code: the file of each, and its text. */
export const PAGES: Readonly<Record<string, () => string>> = {
  'docs/configuration.md': configurationPage,
};
