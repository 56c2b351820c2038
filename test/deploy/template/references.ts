/** A reference to a logical id: `Ref` without an attribute, `Fn::GetAtt` with one. */
export interface Reference {
  readonly logicalId: string;
  readonly attribute?: string;
}

/**
 * A value with every reference replaced by what the function gives for it; one for which it gives undefined stays. Knows
 * every function of CloudFormation by leaving it as it is: references count only within.
 */
export function mapReferences(value: unknown, replace: (reference: Reference) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapReferences(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  const reference = referenceIn(value);
  if (reference) return replace(reference) ?? value;
  const entries = Object.entries(value).map(([key, inner]) => {
    if (key === 'Fn::Sub') tellNamesIn(inner, replace);
    return [key, mapReferences(inner, replace)] as const;
  });
  return Object.fromEntries(entries);
}

/** Every logical id that a value refers to, pseudo parameters among them. */
export function namesIn(value: unknown): string[] {
  const names = new Set<string>();
  mapReferences(value, ({ logicalId }) => void names.add(logicalId));
  return [...names];
}

function referenceIn(value: object): Reference | undefined {
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  const [name, argument] = entry;
  if (name === 'Ref' && typeof argument === 'string') return { logicalId: argument };
  if (name !== 'Fn::GetAtt') return undefined;
  const [logicalId, ...attribute]: unknown[] = Array.isArray(argument)
    ? argument
    : String(argument).split('.');
  return { logicalId: String(logicalId), attribute: attribute.map(String).join('.') };
}

/** A name inside a text is found, but stays: the CDK writes `Fn::Join`. */
function tellNamesIn(argument: unknown, tell: (reference: Reference) => unknown): void {
  const format = Array.isArray(argument) ? argument[0] : argument;
  for (const [, name = ''] of String(format).matchAll(/\$\{([^!}][^}]*)\}/g)) {
    tell({ logicalId: name.split('.')[0] ?? name });
  }
}
