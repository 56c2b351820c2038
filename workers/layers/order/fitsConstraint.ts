const CONSTRAINT = /^(?<operator>>=|<=|=|>|<)\s*(?<version>\d+(?:\.\d+)*)$/;

/** Whether a version such as `12` or `1.4` fits a constraint such as `>= 12`. What is no constraint is fitted by everything. */
export function fitsConstraint(version: string, constraint: string): boolean {
  const { operator, version: wanted = '' } = CONSTRAINT.exec(constraint.trim())?.groups ?? {};
  const difference = compare(version, wanted);
  switch (operator) {
    case '>=':
      return difference >= 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '<':
      return difference < 0;
    default:
      return operator === undefined || difference === 0;
  }
}

/** Negative, zero or positive, as the first version is lower, the same or higher. */
function compare(first: string, second: string): number {
  const others = partsOf(second);
  const differences = partsOf(first).map((part, at) => part - (others[at] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** The four numbers that a version has at most. */
function partsOf(version: string): number[] {
  const parts = version.split('.');
  return Array.from({ length: 4 }, (_, at) => Number(parts[at]) || 0);
}
