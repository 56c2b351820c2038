/** Something in AWS that a worker's handlers may do with clients of their own, beside what every worker may. */
export interface Permission {
  /** Such as `ses:SendEmail`; the action may not be a wildcard. */
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
  /** What for: the statement's name in the role, as a few words. */
  readonly why: string;
}

const ACTION = /^[a-z0-9-]+:[A-Za-z]+$/;
const RESOURCE = /^(?:\*|arn:\S+)$/;
const WHY = /^[A-Za-z0-9 ]{1,60}$/;

export function permissionProblems(permissions: readonly Permission[]): string[] {
  return permissions.flatMap(({ actions, resources, why }, i) => {
    const at = `permissions[${i}]`;
    return [
      ...listProblems(`${at}.actions`, actions, [ACTION, 'actions such as ses:SendEmail']),
      ...listProblems(`${at}.resources`, resources, [RESOURCE, 'ARNs, or "*"']),
      ...(WHY.test(why)
        ? []
        : [`${at}.why: expected a few words of letters and digits, got "${why}"`]),
    ];
  });
}

function listProblems(
  field: string,
  values: readonly string[],
  [form, expected]: readonly [form: RegExp, expected: string],
): string[] {
  if (values.length === 0) return [`${field}: expected ${expected}, got none`];
  return values
    .filter((value) => !form.test(value))
    .map((value) => `${field}: expected ${expected}, got "${value}"`);
}
