import type { ArtifactRef, Artifacts, TaskContext } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import type { Verdict } from '../mail/mail.ts';
import { digestOf, type Planned } from './messages.ts';

const noteSchema = z.object({
  messageId: z.string(),
  accepted: z.array(z.string()),
  refused: z.array(z.object({ address: z.string(), reason: z.string() })),
});

/** What is settled of a message: whom it names is not asked for again. */
export type Note = Readonly<z.output<typeof noteSchema>>;

/** Notes of a task's messages, a file for each, where every attempt of the task finds them. */
export class Notes {
  readonly #artifacts: Artifacts;
  readonly #folder: string;
  readonly #known = new Map<ArtifactRef, Note>();

  constructor(artifacts: Artifacts, folder: string) {
    this.#artifacts = artifacts;
    this.#folder = folder;
  }

  /** Reads what earlier attempts have noted, which in most tasks is nothing. */
  async read(): Promise<void> {
    for await (const { ref } of this.#artifacts.list(`artifact:email/${this.#folder}/`)) {
      const body = Buffer.from(await this.#artifacts.read(ref)).toString();
      this.#known.set(ref, noteSchema.parse(JSON.parse(body)));
    }
  }

  /** Of these messages, as far as there are any. */
  of(messages: readonly Planned[]): Note[] {
    return messages.flatMap((message) => this.#known.get(this.#refOf(message)) ?? []);
  }

  /** Whom a message still has to go to. */
  missing(message: Planned): string[] {
    const [note] = this.of([message]);
    const settled = new Set([...(note?.accepted ?? []), ...addressesOf(note?.refused)]);
    return message.addresses.filter((address) => !settled.has(address));
  }

  /** Adds what the mail server has said. Resolves once it is kept. */
  async add(message: Planned, { messageId, accepted, refused }: Verdict): Promise<void> {
    if (accepted.length + refused.length === 0) return;
    const [before] = this.of([message]);
    const note = {
      messageId,
      accepted: [...(before?.accepted ?? []), ...accepted],
      refused: [...(before?.refused ?? []), ...refused],
    };
    const body = Buffer.from(JSON.stringify(note));
    await this.#artifacts.write(this.#nameOf(message), body, 'application/json');
    this.#known.set(this.#refOf(message), note);
  }

  #nameOf({ digest }: Planned): string {
    return `${this.#folder}/${digest}.json`;
  }

  #refOf(message: Planned): ArtifactRef {
    return `artifact:email/${this.#nameOf(message)}`;
  }
}

function addressesOf(refused: Note['refused'] = []): string[] {
  return refused.map(({ address }) => address);
}

export async function openNotes({
  artifacts,
  idempotencyKey,
}: Pick<TaskContext, 'artifacts' | 'idempotencyKey'>): Promise<Notes> {
  const notes = new Notes(artifacts, `sent/${digestOf([idempotencyKey])}`);
  await notes.read();
  return notes;
}
