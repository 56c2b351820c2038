/** What the API shows in place of a secret. */
const HIDDEN = '[secret]';

export function isHidden(value: unknown): boolean {
  if (value === HIDDEN) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(isHidden);
}

/** Secrets are left out: nobody is to schedule what stands in their place. */
export function withoutHidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((one) => one !== HIDDEN).map(withoutHidden);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, one]) => one !== HIDDEN);
  return Object.fromEntries(kept.map(([name, one]) => [name, withoutHidden(one)]));
}
