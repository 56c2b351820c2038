import type { Operator } from './statements.ts';

interface Variable {
  value?: string;
  /** Of `??=`: counts while there is no other. */
  weak?: string;
  readonly appended: string[];
  readonly prepended: string[];
  readonly removed: string[];
}

/** Characters that all expansions of one file may make together. A real recipe takes some thousand. */
const MOST_EXPANDED = 2_000_000;

/** `${A}` in `${B}` in `${C}`…; bitbake itself stops at the depth of python's stack. */
const DEEPEST = 40;

/** `${NAME}`, or python as `${@…}`, which is left as it is. */
const REFERENCE = /\$\{@(?:\{[^{}]*\}|[^{}])*\}|\$\{([A-Za-z0-9_+./~:-]+)\}/g;

/** Of `SRC_URI:append`, or `SRC_URI_append` as it was until 2021; what follows are overrides for which it holds only. */
const LATER = /^(?<base>.+?)[:_](?<how>append|prepend|remove)(?:[:_](?<overrides>[^A-Z]*))?$/;

/** The variables of one file and what it includes. Never runs anything: python stays text. */
export class Variables {
  readonly #variables = new Map<string, Variable>();
  #left = MOST_EXPANDED;

  /** Whether some expansions were left undone, because they would have made too much. */
  get isExhausted(): boolean {
    return this.#left < 0;
  }

  /** Assignments for overrides, such as `DEPENDS:class-native`, are variables of their own here. */
  assign(name: string, operator: Operator, value: string): void {
    const known = name.includes('${') ? this.expand(name) : name;
    const { base, how, overrides } = LATER.exec(known)?.groups ?? {};
    if (base === undefined || how === undefined) {
      this.#set(this.#variable(known), operator, value);
      return;
    }
    if (overrides) return;
    const text = operator === '+=' ? ` ${value}` : value;
    const { appended, prepended, removed } = this.#variable(base);
    if (how === 'append') appended.push(text);
    else if (how === 'prepend') prepended.unshift(text);
    else removed.push(text);
  }

  /** The value with all that is known put in, or undefined when nobody has set it. */
  get(name: string): string | undefined {
    return this.#read(name, []);
  }

  /** A text with all that is known put in. Unknown variables, and those that need themselves, stay as they are. */
  expand(text: string): string {
    return this.#expand(text, []);
  }

  names(): IterableIterator<string> {
    return this.#variables.keys();
  }

  #set(variable: Variable, operator: Operator, value: string): void {
    const before = variable.value;
    if (operator === '=') variable.value = value;
    else if (operator === ':=') variable.value = this.expand(value);
    else if (operator === '?=') variable.value ??= value;
    else if (operator === '??=') variable.weak = value;
    else variable.value = joined(operator, before ?? '', value);
  }

  #variable(name: string): Variable {
    const known = this.#variables.get(name);
    if (known) return known;
    const made = { appended: [], prepended: [], removed: [] };
    this.#variables.set(name, made);
    return made;
  }

  #read(name: string, within: readonly string[]): string | undefined {
    const variable = this.#variables.get(name);
    if (!variable) return undefined;
    const { value, weak, appended, prepended, removed } = variable;
    const set = value ?? weak;
    if (set === undefined && appended.length + prepended.length === 0) return undefined;
    const whole = [...prepended, set ?? '', ...appended].join('');
    const inside = [...within, name];
    const expanded = this.#expand(whole, inside);
    if (removed.length === 0) return expanded;
    const gone = new Set(removed.flatMap((text) => this.#expand(text, inside).split(/\s+/)));
    return expanded
      .split(/(\s+)/)
      .filter((word) => /^\s/.test(word) || !gone.has(word))
      .join('');
  }

  #expand(text: string, within: readonly string[]): string {
    this.#left -= text.length;
    if (this.#left < 0 || within.length > DEEPEST) return text;
    return text.replaceAll(REFERENCE, (reference, name?: string) => {
      if (name === undefined || within.includes(name) || this.#left < 0) return reference;
      // So that thousands of references to what is empty end as well.
      this.#left -= reference.length;
      const value = this.#read(name, within) ?? reference;
      this.#left -= value.length;
      return value;
    });
  }
}

function joined(operator: Operator, before: string, value: string): string {
  if (operator === '+=') return `${before} ${value}`;
  if (operator === '=+') return `${value} ${before}`;
  return operator === '.=' ? before + value : value + before;
}
