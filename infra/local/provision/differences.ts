/** Attributes of a queue, topic or subscription as the APIs give and take them. */
export type Attributes = Readonly<Record<string, string>>;

/** The wanted attributes whose stored value is another one. What is stored besides is not ours. */
export function differences(wanted: Attributes, stored: Attributes): Attributes {
  const changed = Object.entries(wanted).filter(([name, value]) => value !== (stored[name] ?? ''));
  return Object.fromEntries(changed);
}

/** The attributes that say anything: an empty text stands for "none" and is refused by the APIs that create. */
export function withoutEmpty(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
}
