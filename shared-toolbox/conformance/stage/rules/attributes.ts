import type { Check, Severity } from '../check.ts';
import type { Attributes } from '../observe/queue.ts';
import { LOOK_YOURSELF, type Place, setBack } from '../place.ts';
import { judge, unlessLocal } from './judge.ts';

/** An attribute, and the value that it has to have. */
export interface Expectation {
  readonly rule: string;
  readonly attribute: string;
  readonly expected: string;
  readonly severity?: Severity;
  /** Why it says nothing on emulators. */
  readonly notLocal?: string;
}

export interface AttributesToCheck {
  readonly subject: string;
  readonly attributes: Attributes;
  readonly place: Place;
  readonly expectations: readonly Expectation[];
  /** The command that sets an attribute by hand. */
  readonly command: (attribute: string, value: string) => string;
}

/** One check for each expectation. What an answer leaves out is not checked: AWS tells all of these, an emulator may not. */
export function checkAttributes(options: AttributesToCheck): Check[] {
  const { subject, place, expectations } = options;
  return expectations.map((expectation) => {
    const { rule, notLocal } = expectation;
    const check = () => checkAttribute(options, expectation);
    return notLocal === undefined
      ? check()
      : unlessLocal(place, { subject, rule }, notLocal, check);
  });
}

function checkAttribute(
  { subject, attributes, place, command }: AttributesToCheck,
  { rule, attribute, expected, severity }: Expectation,
): Check {
  const got = attributes[attribute];
  if (got === undefined) {
    const cause = `the answer has no ${attribute}`;
    return { subject, rule, verdict: 'unchecked', cause, mend: LOOK_YOURSELF };
  }
  return judge({
    subject,
    rule,
    isKept: got === expected,
    ...(severity && { severity }),
    cause: `expected ${attribute} ${expected}, got ${got}`,
    mend: setBack(place, command(attribute, expected)),
  });
}
