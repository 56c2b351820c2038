import { EXIT_CODES_HELP, type ExitCode } from './exitCode.ts';

/** Told by a command that has run. */
export type Finish = (code: ExitCode) => void;

export const JSON_OPTION = ['--json', 'print one JSON document, for programs'] as const;

/** What stands under every command's options. */
export function examples(...calls: readonly string[]): string {
  const lines = calls.map((call) => `  $ taskfleet ${call}\n`).join('');
  return `\nExamples:\n${lines}${EXIT_CODES_HELP}`;
}
