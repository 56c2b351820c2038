import { parseArgs } from 'node:util';

export interface Count {
  /** When none is given. */
  readonly standard: number;
  readonly least: number;
  readonly most: number;
}

export interface Benchmark<Name extends string> {
  /** How one starts it. */
  readonly command: string;
  readonly help: string;
  readonly counts: Readonly<Record<Name, Count>>;
}

export type Counts<Name extends string> = Readonly<Record<Name, number>> & {
  readonly json: boolean;
};

/** What the command line asks for. Undefined when that was the help, which it prints, or is wrong, which it says, with exit code 2. */
export function readCounts<Name extends string>(
  benchmark: Benchmark<Name>,
  args: string[] = process.argv.slice(2),
): Counts<Name> | undefined {
  const { command, help, counts } = benchmark;
  const names = Object.keys(counts) as Name[];
  const given = parse(names, args);
  if (given?.['help'] === true) {
    process.stdout.write(help);
    return undefined;
  }
  const found = names.map(
    (name) => [name, Number(given?.[name] ?? counts[name].standard)] as const,
  );
  if (given && found.every(([name, value]) => isWithin(value, counts[name]))) {
    const read = Object.fromEntries(found) as Record<Name, number>;
    return { ...read, json: given['json'] === true };
  }
  const bounds = names.map(
    (name) => `--${name} from ${counts[name].least} to ${counts[name].most}`,
  );
  const expected = [...bounds, '--json'].join(', ');
  process.stderr.write(`expected ${expected}, got "${args.join(' ')}"; see ${command} -- --help\n`);
  process.exitCode = 2;
  return undefined;
}

function parse(names: readonly string[], args: string[]) {
  const counts = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const flags = { json: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  try {
    const options = { ...counts, ...flags };
    return parseArgs({ args, options }).values as Readonly<Record<string, string | boolean>>;
  } catch {
    return undefined;
  }
}

function isWithin(value: number, { least, most }: Count): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
