/** How an assignment changes its variable, as in bitbake's manual, "Basic Syntax". */
export type Operator = '=' | '?=' | '??=' | ':=' | '+=' | '=+' | '.=' | '=.';

/** What a line of a recipe or configuration file asks for, of what an index wants to know. */
export type Statement =
  | {
      readonly kind: 'assign';
      readonly name: string;
      readonly operator: Operator;
      readonly value: string;
    }
  | { readonly kind: 'include'; readonly path: string; readonly isRequired: boolean }
  | { readonly kind: 'inherit'; readonly classes: string };

const ASSIGNMENT =
  /^(?:export\s+)?(?<name>[A-Za-z0-9_+.${}/~:-]+?)\s*(?<operator>\?\?=|\?=|:=|\+=|=\+|=\.|\.=|=)\s*(?<quote>["'])(?<value>.*)\k<quote>\s*$/s;
const INCLUDE = /^(?<word>require|include)\s+(?<path>\S.*)$/;
const INHERIT = /^inherit(?:_defer)?\s+(?<classes>\S.*)$/;
const FUNCTION = /^(?:(?:python|fakeroot)\s+)*[\w.+${}:-]*\s*\(\s*\)\s*\{\s*$/;
const PYTHON_FUNCTION = /^(?:async\s+)?def\s/;

/** A function of shell, or of python between braces, ends with a line of its own; a `def` before the first line that is not indented. */
const END_OF_FUNCTION = /^}$/;
const END_OF_PYTHON = /^[^\s#]/;

/**
 * The statements of a file, in their order. Functions of shell and python are passed over, as is what bitbake does at run time (tasks, flags,
 * exports), and whatever is no statement at all.
 */
export function* statementsOf(text: string): Generator<Statement> {
  for (const line of logicalLines(text)) {
    const statement = statementOf(line);
    if (statement) yield statement;
  }
}

/** Lines without comments and functions, those that end in a backslash joined with the next. */
function* logicalLines(text: string): Generator<string> {
  let body: RegExp | undefined;
  let begun: string[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    const isBody = body !== undefined && !body.test(line);
    // The line with which a function of shell ends is nothing else.
    const isOfFunction = isBody || body === END_OF_FUNCTION;
    if (!isBody) body = undefined;
    if (isOfFunction || (line.startsWith('#') && begun.length === 0)) continue;
    begun.push(line);
    if (line.endsWith('\\')) continue;
    const whole = begun.map((part) => part.replace(/\\$/, '')).join('');
    begun = [];
    body = bodyOf(whole);
    if (!body) yield whole;
  }
  yield begun.join('');
}

/** For the head of a function: the first line behind its body. */
function bodyOf(line: string): RegExp | undefined {
  if (FUNCTION.test(line)) return END_OF_FUNCTION;
  return PYTHON_FUNCTION.test(line) ? END_OF_PYTHON : undefined;
}

function statementOf(line: string): Statement | undefined {
  return includeIn(line) ?? inheritIn(line) ?? assignmentIn(line);
}

function includeIn(line: string): Statement | undefined {
  const { path, word } = INCLUDE.exec(line)?.groups ?? {};
  return path === undefined ? undefined : { kind: 'include', path, isRequired: word === 'require' };
}

function inheritIn(line: string): Statement | undefined {
  const { classes } = INHERIT.exec(line)?.groups ?? {};
  return classes === undefined ? undefined : { kind: 'inherit', classes };
}

function assignmentIn(line: string): Statement | undefined {
  const { name, operator, value } = ASSIGNMENT.exec(line)?.groups ?? {};
  if (name === undefined || value === undefined) return undefined;
  return { kind: 'assign', name, operator: operator as Operator, value };
}
