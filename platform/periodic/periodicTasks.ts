import type { Clock } from '@taskfleet/toolbox/clock';
import {
  type Fleet,
  nearestName,
  nextTime,
  type PeriodicTask,
  type TaskId,
} from '@taskfleet/toolbox/contract';
import { publishFiring, type Publisher } from '@taskfleet/toolbox/schedule';
import { readTasks, type TaskTable } from '@taskfleet/toolbox/table';
import { PeriodicDeclaredError, PeriodicExistsError, UnknownPeriodicError } from '../errors.ts';
import { Entries } from './entries.ts';
import { type PeriodicEntry, periodicOf, ruleOf } from './entry.ts';
import { lastFirings } from './lastFirings.ts';
import { type PeriodicView, viewOf } from './periodicView.ts';

export interface PeriodicTasksOptions {
  readonly fleet: Fleet;
  readonly table: TaskTable;
  readonly publisher: Pick<Publisher, 'publish'>;
  readonly clock: Clock;
}

/** What operators do with periodic tasks while the fleet runs. Each throws UnknownPeriodicError for a name that nothing has. */
export class PeriodicTasks {
  readonly #options: PeriodicTasksOptions;
  readonly #entries: Entries;

  constructor(options: PeriodicTasksOptions) {
    this.#options = options;
    this.#entries = new Entries(options.table, options.clock);
  }

  /** All, by their names. One that was added in the last moment may be missing. */
  async list(): Promise<PeriodicView[]> {
    return this.#viewsOf(await this.#entries.list());
  }

  async get(name: string): Promise<PeriodicView> {
    const [view] = await this.#viewsOf([await this.#find(name)]);
    if (!view) throw new RangeError('expected a view of each entry');
    return view;
  }

  /** Throws PeriodicExistsError. */
  async add(periodic: PeriodicTask): Promise<PeriodicView> {
    const { fleet, clock } = this.#options;
    const { name, timing } = periodic;
    const dueAt = nextTime(timing, clock.now());
    const entry = { name, rule: ruleOf(periodic), origin: 'added', dueAt } as const;
    const isNew = !fleet.periodic.has(name) && (await this.#entries.add(entry));
    if (!isNew) throw new PeriodicExistsError(name);
    return this.get(name);
  }

  /** Throws PeriodicDeclaredError for one that the code declares. */
  async remove(name: string): Promise<void> {
    let entry: PeriodicEntry;
    do {
      entry = await this.#find(name);
      if (entry.origin === 'declared') throw new PeriodicDeclaredError(name);
    } while (!(await this.#entries.remove(entry)));
  }

  /** It fires no more until it is resumed, whatever is deployed meanwhile. */
  async pause(name: string, by: string): Promise<PeriodicView> {
    const paused = { by, at: this.#options.clock.now() };
    await this.#change(name, (entry) => ({ paused: entry.paused ?? paused }));
    return this.get(name);
  }

  /** It fires again, for the first time after now. */
  async resume(name: string): Promise<PeriodicView> {
    const now = this.#options.clock.now();
    await this.#change(name, ({ paused, rule, dueAt }) => ({
      paused: undefined,
      dueAt: paused ? nextTime(rule.timing, now) : dueAt,
    }));
    return this.get(name);
  }

  /**
   * Schedules its task now, paused or not; when it fires next stays as it is. Resolves to the task's id, or that of the one which has its
   * unique key and has not ended. Throws as a publish does.
   */
  async run(name: string): Promise<TaskId> {
    const { fleet, clock } = this.#options;
    const at = clock.now();
    const periodic = periodicOf(fleet, await this.#find(name));
    const end = await publishFiring(this.#options, periodic, at);
    await this.#change(name, () => ({ ...lastFirings([{ at, ...end }]), problem: undefined }));
    return end.id;
  }

  async #find(name: string): Promise<PeriodicEntry> {
    const entry = await this.#entries.get(name);
    if (entry) return entry;
    const known = (await this.#entries.list()).map((other) => other.name);
    throw new UnknownPeriodicError(name, nearestName(name, known), known);
  }

  /** Somebody may write in between: then it is read and changed again. */
  async #change(
    name: string,
    changeOf: (entry: PeriodicEntry) => Partial<PeriodicEntry>,
  ): Promise<void> {
    let entry: PeriodicEntry;
    do entry = await this.#find(name);
    while (!(await this.#entries.replace(entry, changeOf(entry))));
  }

  async #viewsOf(found: readonly PeriodicEntry[]): Promise<PeriodicView[]> {
    const { fleet, table, clock } = this.#options;
    const ids = found.flatMap(({ last }) => last?.id ?? []);
    const records = await readTasks(table, ids, { clock });
    const states = new Map(records.map((record) => [record?.id, record?.state]));
    const now = clock.now();
    return found.map((entry) => viewOf({ fleet, entry, state: states.get(entry.last?.id), now }));
  }
}
