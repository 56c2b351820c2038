/** Where a text stops being JSON: counted from 1, and what stands there. */
export interface JsonError {
  readonly line: number;
  readonly column: number;
  /** A short piece of the text, or `the end`. */
  readonly found: string;
}

const TOKEN = {
  space: /[ \t\n\r]*/y,
  string: /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy,
  number: /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y,
  literal: /true|false|null/y,
} as const;

/**
 * Finds what `JSON.parse` stumbled over. The engine's own message names no position for some mistakes, and its wording
 * changes with the engine. `undefined` for JSON.
 */
export function locateJsonError(text: string): JsonError | undefined {
  const reader = new JsonReader(text);
  const isJson = reader.readDocument();
  return isJson ? undefined : describe(text, reader.position);
}

function describe(text: string, position: number): JsonError {
  const lines = text.slice(0, position).split('\n');
  const piece = /^[\w.$+-]{1,20}|^[^]/u.exec(text.slice(position))?.[0];
  return {
    line: lines.length,
    column: (lines.at(-1)?.length ?? 0) + 1,
    found: piece === undefined ? 'the end' : JSON.stringify(piece),
  };
}

/** Deeper nesting than anybody types is not followed, as it would exhaust the stack. */
const DEEPEST = 500;

/** Reads JSON by its grammar (RFC 8259) and keeps nothing; `position` is how far it came. */
class JsonReader {
  readonly #text: string;
  position = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readDocument(): boolean {
    return this.#value() && this.position === this.#text.length;
  }

  #value(): boolean {
    this.#take(TOKEN.space);
    const read =
      this.#list('{', '}', () => this.#member()) ??
      this.#list('[', ']', () => this.#value()) ??
      (this.#take(TOKEN.string) || this.#take(TOKEN.number) || this.#take(TOKEN.literal));
    if (read) this.#take(TOKEN.space);
    return read;
  }

  #member(): boolean {
    this.#take(TOKEN.space);
    if (!this.#take(TOKEN.string)) return false;
    this.#take(TOKEN.space);
    return this.#sign(':') && this.#value();
  }

  /** `undefined` when the text has no such list here. */
  #list(open: string, close: string, element: () => boolean): boolean | undefined {
    if (!this.#sign(open)) return undefined;
    this.#depth += 1;
    this.#take(TOKEN.space);
    const read = this.#sign(close) || (this.#elements(element) && this.#sign(close));
    this.#depth -= 1;
    return read;
  }

  #elements(element: () => boolean): boolean {
    if (this.#depth > DEEPEST) return false;
    do if (!element()) return false;
    while (this.#sign(','));
    return true;
  }

  #sign(sign: string): boolean {
    if (this.#text[this.position] !== sign) return false;
    this.position += 1;
    return true;
  }

  #take(token: RegExp): boolean {
    token.lastIndex = this.position;
    const taken = token.exec(this.#text)?.[0];
    this.position += taken?.length ?? 0;
    return taken !== undefined;
  }
}
