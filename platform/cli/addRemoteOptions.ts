import { type Command, Option } from 'commander';
import { RemoteConfigError, type RemoteOptions } from '../remote/index.ts';

/** They read the contracts that are here, whatever a stage has. */
const OFFLINE = new Set(['tasks', 'cost']);

/** The options by which every command asks a stage's API instead of AWS. Gives what was said, once the words are parsed. */
export function addRemoteOptions(program: Command): () => RemoteOptions {
  let by: string | undefined;
  program
    .option(
      '--url <address>',
      "ask this stage's platform over HTTP, instead of AWS (TASKFLEET_URL)",
    )
    .option('--token-file <file>', 'file with the API key or token for it (else TASKFLEET_TOKEN)')
    .option('--insecure', 'send it over http without encryption, also to other machines')
    // Known only to be refused by what to do instead.
    .addOption(new Option('--token [token]').hideHelp())
    .hook('preAction', (_program, command) => {
      // Its default says nothing of who asks.
      by = command.getOptionValueSource('by') === 'cli' ? command.opts()['by'] : undefined;
      throwIfMeaningless(program, command.name());
    });
  return () => ({ ...program.opts<RemoteOptions>(), by });
}

function throwIfMeaningless(program: Command, command: string): void {
  const { token, url } = program.opts<{ token?: unknown; url?: string }>();
  if (token !== undefined) {
    throw new RemoteConfigError(
      '--token: every user of this machine could read it in the list of processes; set TASKFLEET_TOKEN, or give --token-file',
    );
  }
  if (url !== undefined && OFFLINE.has(command)) {
    throw new RemoteConfigError(
      `--url: taskfleet ${command} reads the contracts that are here and asks no stage; leave it out (GET /api/contracts has a stage's own)`,
    );
  }
}
