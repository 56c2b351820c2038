import { type Command, Option } from 'commander';
import { RemoteConfigError, type RemoteOptions } from '../remote/index.ts';

/** The options by which every command asks a stage's API instead of AWS. Gives what was said, once the words are parsed. */
export function addRemoteOptions(program: Command): () => RemoteOptions {
  program
    .option(
      '--url <address>',
      "ask this stage's platform over HTTP, instead of AWS (TASKFLEET_URL)",
    )
    .option('--token-file <file>', 'file with the API key or token for it (else TASKFLEET_TOKEN)')
    .option('--insecure', 'send it over http without encryption, also to other machines')
    // Known only to be refused by what to do instead.
    .addOption(new Option('--token [token]').hideHelp())
    .hook('preAction', () => {
      if (program.opts()['token'] === undefined) return;
      throw new RemoteConfigError(
        '--token: every user of this machine could read it in the list of processes; set TASKFLEET_TOKEN, or give --token-file',
      );
    });
  return () => program.opts<RemoteOptions>();
}
