import {
  type AnyTask,
  holdsSecret,
  type Json,
  REDACTED,
  secretsIn,
  validate,
} from '../contract/index.ts';

/** A shorter one is part of other words too: only what is one as a whole is replaced. */
const SHORTEST_WITHIN = 4;

/** The secrets of a task's input, to be found again in what its handler says. */
export class InputSecrets {
  readonly #wholes: ReadonlySet<string>;
  readonly #within: RegExp | undefined;

  constructor(task: Pick<AnyTask, 'name' | 'input'>, input: Json | undefined) {
    const values = holdsSecret(task.input) ? valuesIn(task, input) : [];
    this.#wholes = new Set(values.map(String).filter((text) => text !== ''));
    const texts = values
      .filter((value) => typeof value !== 'boolean')
      .map(String)
      .filter(({ length }) => length >= SHORTEST_WITHIN)
      .flatMap(spellings);
    // The longest first, as one may begin with another.
    const sorted = [...new Set(texts)].toSorted((a, b) => b.length - a.length);
    if (sorted.length > 0) this.#within = new RegExp(sorted.map(literally).join('|'), 'g');
  }

  /** Most tasks have none. */
  get isEmpty(): boolean {
    return this.#wholes.size === 0;
  }

  /** Whether the value as a whole is one. */
  has(value: unknown): boolean {
    return isLeaf(value) && this.#wholes.has(String(value));
  }

  /** The text without them. */
  redact(text: string): string {
    if (this.has(text)) return REDACTED;
    return this.#within ? text.replaceAll(this.#within, REDACTED) : text;
  }
}

type Leaf = string | number | bigint | boolean;

function isLeaf(value: unknown): value is Leaf {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

/** As they came, and as the handler sees them after defaults and transforms. */
function valuesIn({ name, input: schema }: Pick<AnyTask, 'name' | 'input'>, input: unknown) {
  const checked = validate(`input of ${name}`, schema, input);
  const seen = checked.ok ? secretsIn(schema, checked.value) : [];
  return [...secretsIn(schema, input), ...seen].flatMap(leavesOf);
}

function leavesOf(value: unknown): Leaf[] {
  if (isLeaf(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

/** A pattern of this text and no other. */
function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** As it is, inside JSON, and inside an address. */
function spellings(text: string): string[] {
  return [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text.toWellFormed())];
}
