import { type Command, Option } from 'commander';
import { ROLES } from '../identity/index.ts';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { type AuditArgs, listAudit } from './commands/listAudit.ts';
import { createKey, type CreateKeyArgs } from './commands/createKey.ts';
import { listKeys, type ListKeysArgs } from './commands/listKeys.ts';
import { revokeKey, type RevokeKeyArgs } from './commands/revokeKey.ts';
import type { CliDeps } from './deps.ts';

/** `taskfleet keys …` and `taskfleet audit`: who may use the API, and what was done. */
export function addKeyCommands(program: Command, deps: CliDeps, finish: Finish): void {
  const keys = program
    .command('keys')
    .description('create, list and revoke API keys')
    .addHelpText('after', examples('keys create ci --role scheduler', 'keys list'));
  addCreate(keys, deps, finish);
  addList(keys, deps, finish);
  addRevoke(keys, deps, finish);
  addAudit(program, deps, finish);
}

function addCreate(keys: Command, deps: CliDeps, finish: Finish): void {
  keys
    .command('create')
    .description('make an API key, and print it: nothing can print it again')
    .argument('<name>', 'who has it; keys of one name are one principal')
    .addOption(
      new Option('--role <roles...>', 'what it may, see docs/identity.md')
        .choices(ROLES)
        .makeOptionMandatory(),
    )
    .option('--expires <duration>', 'how long it is good, such as 90d; default: until revoked')
    .option('--by <name>', 'who makes it; kept with it', 'an operator')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      examples('keys create alice --role admin', 'keys create ci --role scheduler --expires 90d'),
    )
    .action(async (name: string, options: Omit<CreateKeyArgs, 'name'>) =>
      finish(await createKey(deps, { ...options, name })),
    );
}

function addList(keys: Command, deps: CliDeps, finish: Finish): void {
  keys
    .command('list')
    .description('list API keys, the newest first; never the keys themselves')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('keys list', 'keys list --json'))
    .action(async (options: ListKeysArgs) => finish(await listKeys(deps, options)));
}

function addRevoke(keys: Command, deps: CliDeps, finish: Finish): void {
  keys
    .command('revoke')
    .description('end an API key or a token; every replica refuses it within five seconds')
    .argument('<id>', 'id of the key')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('keys revoke 3f9c2b7a61d0e845'))
    .action(async (id: string, options: Omit<RevokeKeyArgs, 'id'>) =>
      finish(await revokeKey(deps, { ...options, id })),
    );
}

function addAudit(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('audit')
    .description('list who changed what, the newest first')
    .option('--limit <count>', 'entries of a page, from 1 to 50', '20')
    .option('--cursor <text>', 'go on where the page before ended')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('audit', 'audit --limit 50 --json'))
    .action(async (options: AuditArgs) => finish(await listAudit(deps, options)));
}
