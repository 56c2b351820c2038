import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CaughtMessage, type Envelope, messageFile, openMessage } from './caughtMessage.ts';

/** The last messages, in memory without their attachments, and as files where there is a folder. */
export class Mailbox {
  readonly #folder: string | undefined;
  readonly #most: number;
  #messages: readonly CaughtMessage[] = [];
  #count = 0;

  constructor(most: number, folder?: string) {
    this.#most = most;
    this.#folder = folder;
  }

  /** Oldest first. */
  get messages(): readonly CaughtMessage[] {
    return this.#messages;
  }

  /** Reads what the folder has from before. */
  async open(): Promise<void> {
    if (this.#folder === undefined) return;
    await mkdir(this.#folder, { recursive: true });
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(EXTENSION));
    for (const name of names.toSorted()) {
      const id = name.slice(0, -EXTENSION.length);
      await this.#add(await openMessage(id, await readFile(join(this.#folder, name))));
    }
  }

  /** Resolves once it is kept. */
  async keep(envelope: Envelope, message: Uint8Array): Promise<void> {
    this.#count += 1;
    const moment = new Date(envelope.at).toISOString().replaceAll(/\D/g, '');
    const id = `${moment}-${String(this.#count).padStart(6, '0')}`;
    const file = messageFile(envelope, message);
    if (this.#folder !== undefined) await writeFile(this.#fileOf(id), file);
    await this.#add(await openMessage(id, file));
  }

  async #add(message: CaughtMessage): Promise<void> {
    const all = [...this.#messages, message];
    this.#messages = all.slice(-this.#most);
    for (const { id } of all.slice(0, -this.#most)) {
      if (this.#folder !== undefined) await rm(this.#fileOf(id), { force: true });
    }
  }

  #fileOf(id: string): string {
    return join(this.#folder ?? '', `${id}${EXTENSION}`);
  }
}

const EXTENSION = '.eml';
