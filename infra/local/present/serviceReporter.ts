import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { ServiceNews } from '../supervise/supervisedService.ts';
import { describeLogLine } from './describeLogLine.ts';
import type { Screen, Style } from './screen.ts';

const LEVEL_STYLES = {
  debug: 'dim',
  info: 'dim',
  warn: 'yellow',
  error: 'red',
} as const satisfies Record<string, Style>;

export interface ReporterOptions {
  readonly screen: Screen;
  readonly name: string;
  /** Folder that gets the service's whole output. */
  readonly logs: string;
}

/** Tells a person what a service does, and keeps all that it printed in a file. */
export function serviceReporter({
  screen,
  name,
  logs,
}: ReporterOptions): (news: ServiceNews) => void {
  const file = createWriteStream(join(logs, `${name}.log`), { flags: 'a' });
  const label = name.padEnd(11);
  let crashed = false;
  return (news) => {
    switch (news.kind) {
      case 'line':
        file.write(`${news.line}\n`);
        return tellLine(screen, label, news.line);
      case 'ready':
        if (crashed) screen.line(screen.paint('green', `  ✔ ${label} is up again`));
        crashed = false;
        return undefined;
      case 'crashed': {
        crashed = true;
        const text = `  ✖ ${label} ended (${news.how}); started again in ${news.restartInMs / 1_000} s`;
        return screen.line(screen.paint('red', text));
      }
      case 'said':
        return undefined;
      case 'killed':
        return screen.line(screen.paint('red', `  ✖ ${label} did not stop in time and was killed`));
    }
  };
}

function tellLine(screen: Screen, label: string, line: string): void {
  const described = describeLogLine(line);
  if (!described || described.level === 'debug') return;
  const text = screen.paint(LEVEL_STYLES[described.level], `    ${label} ${described.text}`);
  if (described.level === 'info') screen.aside(text);
  else screen.line(text);
}
