import type { TaskId } from '@taskfleet/toolbox/contract';
import type { LogPage } from '../reader/index.ts';
import type { SeenTask } from '../signals/index.ts';
import type { CliDeps } from './deps.ts';
import { describeChange } from './render/describeChange.ts';
import { paintState } from './render/paint.ts';
import { renderLine } from './render/renderLog.ts';
import { ProgressBar } from './render/progressBar.ts';
import { publicRecord } from './render/publicRecord.ts';
import { writeJson, writeLine } from './render/write.ts';

export interface TellOptions {
  /** The task that is followed. */
  readonly id: TaskId;
  /** Whether each line has to say which task it is about. */
  readonly isFamily: boolean;
  readonly json: boolean;
}

/** Tells line by line what becomes of tasks; how far the followed one is, on a terminal, is a bar under the lines. */
export class TaskTeller {
  readonly #deps: Pick<CliDeps, 'stdout' | 'stderr' | 'clock'>;
  readonly #options: TellOptions;
  readonly #bar: ProgressBar;
  readonly #seen = new Map<TaskId, SeenTask>();

  constructor(deps: Pick<CliDeps, 'stdout' | 'stderr' | 'clock'>, options: TellOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#bar = new ProgressBar(deps.stderr);
  }

  /** What is new of the task; nothing when it is as before. */
  tell(record: SeenTask): void {
    const { stdout, stderr } = this.#deps;
    const before = this.#seen.get(record.id);
    this.#seen.set(record.id, record);
    const changes = describeChange(before, record);
    if (changes.length > 0 && this.#options.json) {
      this.#bar.erase();
      writeJson(stdout, publicRecord(record));
    }
    for (const { kind, text } of this.#options.json ? [] : changes) {
      if (kind === 'progress' && stderr.isTTY) continue;
      const painted = kind === 'state' ? paintState(stdout, record.state, text) : text;
      this.#bar.erase();
      writeLine(stdout, `${this.#whenAndWhose(record)}${painted}`);
    }
    if (record.id === this.#options.id) this.#bar.draw(record);
  }

  /** Lines that the followed task has said. */
  tellLog({ attempt, lines }: LogPage): void {
    const { stdout } = this.#deps;
    const { id, json } = this.#options;
    this.#bar.erase();
    for (const line of lines) {
      if (json) writeJson(stdout, { id, attempt, log: line });
      else writeLine(stdout, renderLine(stdout, line));
    }
    const followed = this.#seen.get(id);
    if (followed) this.#bar.draw(followed);
  }

  close(): void {
    this.#bar.erase();
  }

  #whenAndWhose({ id, task }: SeenTask): string {
    const at = new Date(this.#deps.clock.now()).toISOString();
    return `${at}  ${this.#options.isFamily ? `${id}  ${task ?? ''}  ` : ''}`;
  }
}
