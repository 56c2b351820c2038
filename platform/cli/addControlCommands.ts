import type { Command } from 'commander';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { type ControlArgs, controlWorker } from './commands/controlWorker.ts';
import { parseConcurrency, parseLimits, parseRate } from './commands/parseOrder.ts';
import type { CliDeps } from './deps.ts';

type Options = Omit<ControlArgs, 'worker' | 'order'>;
type LimitOptions = Options & { readonly soft?: string };

const PROCESS = 'thumbnails_4f2a9c01b7d3';

/** `taskfleet control …`: what is wanted of workers. It is kept in the table, so that processes that start later hear it too. */
export function addControlCommands(program: Command, deps: CliDeps, finish: Finish): void {
  const control = program
    .command('control')
    .description(
      'tell workers to pause, resume, resize or stop; they hear it with their next heartbeat',
    )
    .addHelpText(
      'after',
      examples('control pause thumbnails', 'control shutdown thumbnails --wait'),
    );
  const act = async (args: ControlArgs) => finish(await controlWorker(deps, args));
  addPause(control, act);
  addConcurrency(control, act);
  addShutdown(control, act);
  addTimeLimit(control, act);
  addRateLimit(control, act);
}

type Act = (args: ControlArgs) => Promise<void>;

function addPause(control: Command, act: Act): void {
  told(control, 'pause', 'begin nothing new; what runs goes on, also after restarts, until resume')
    .addHelpText('after', examples('control pause thumbnails --wait --by alice'))
    .action(async (worker: string, options: Options) =>
      act({ ...options, worker, order: { kind: 'pause' } }),
    );
  told(control, 'resume', 'go on after a pause')
    .addHelpText('after', examples('control resume thumbnails'))
    .action(async (worker: string, options: Options) =>
      act({ ...options, worker, order: { kind: 'resume' } }),
    );
}

function addConcurrency(control: Command, act: Act): void {
  told(control, 'concurrency', 'run so many tasks at the same time in each process')
    .argument('<count>', "1 to 1000, or default for the contract's")
    .addHelpText(
      'after',
      examples('control concurrency thumbnails 4', 'control concurrency thumbnails default'),
    )
    .action(async (worker: string, count: string, options: Options) =>
      act({ ...options, worker, order: parseConcurrency(count) }),
    );
}

function addShutdown(control: Command, act: Act): void {
  told(control, 'shutdown', 'stop in order, as on SIGTERM, and exit with 0')
    .addHelpText(
      'after',
      `\nECS starts another process in its place, and so does npm start: to stop a worker's work, pause it.\n${examples(
        'control shutdown thumbnails',
        `control shutdown thumbnails --process ${PROCESS} --wait`,
      )}`,
    )
    .action(async (worker: string, options: Options) =>
      act({ ...options, worker, order: { kind: 'shutdown' } }),
    );
}

function addTimeLimit(control: Command, act: Act): void {
  common(control.command('time-limit'))
    .description(
      "give a task's attempts other time limits than its contract; those that run keep theirs",
    )
    .argument('<task>', 'name of the task')
    .argument('<limit>', "such as 90s or 5m, or default for the contract's")
    .option('--soft <limit>', "when the signal aborts; default: the contract's")
    .addHelpText(
      'after',
      examples(
        'control time-limit thumbnails.create 5m --soft 4m',
        'control time-limit thumbnails.create default',
      ),
    )
    .action(async (task: string, limit: string, { soft, ...options }: LimitOptions) =>
      act({ ...options, worker: task.split('.')[0] ?? '', order: parseLimits(task, limit, soft) }),
    );
}

function addRateLimit(control: Command, act: Act): void {
  common(control.command('rate-limit'))
    .description("begin a task's attempts at another rate than its contract's, in the whole fleet")
    .argument('<task>', 'name of the task')
    .argument('<rate>', "such as 10/m, or default for the contract's")
    .addHelpText(
      'after',
      examples(
        'control rate-limit thumbnails.create 10/m',
        'control rate-limit thumbnails.create default',
      ),
    )
    .action(async (task: string, rate: string, options: Options) =>
      act({ ...options, worker: task.split('.')[0] ?? '', order: parseRate(task, rate) }),
    );
}

function told(control: Command, name: string, description: string): Command {
  return common(control.command(name))
    .description(description)
    .argument('<worker>', 'name of the worker')
    .option('--process <id>', 'only this process of it');
}

function common(command: Command): Command {
  return command
    .option('--by <name>', 'who wants it; kept with the wish', 'an operator')
    .option('--wait', 'wait until every process that lives has done it')
    .option('--timeout <duration>', 'how long to wait', '2m')
    .option(...JSON_OPTION);
}
