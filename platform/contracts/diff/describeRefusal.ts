import type { Refusal } from './refusal.ts';

/** Whose values were refused: those of the contract before, or of the one after it. */
export type Writer = 'before' | 'after';

type Told<R extends Refusal> = (refusal: R, isBefore: boolean) => string;

const TEXTS: { readonly [Kind in Refusal['kind']]: Told<Extract<Refusal, { kind: Kind }>> } = {
  missing: ({ isKnown }, isBefore) => {
    if (isKnown) return isBefore ? 'it became required' : 'it became optional';
    return isBefore ? 'a required field was added' : 'a required field was removed';
  },
  surplus: (_refusal, isBefore) =>
    isBefore
      ? 'it was removed, and fields that are not declared are refused'
      : 'it was added, and the contract before refuses fields that it does not declare',
  surplusFields: (_refusal, isBefore) =>
    isBefore
      ? 'fields that are not declared are refused now'
      : 'fields that are not declared are no longer refused',
  values: ({ values }, isBefore) => `${listed(values)} ${isBefore ? 'removed' : 'added'}`,
  form: ({ form }, isBefore) =>
    isBefore ? `${form} is no longer one of its forms` : `${form} became one of its forms`,
  rule: ({ rule, writer, reader }, isBefore) =>
    isBefore
      ? `its ${rule} was ${writer}, is ${reader}`
      : `its ${rule} was ${reader}, is ${writer}`,
  unjudged: ({ why }) => `nothing tells what a change of ${why} does`,
};

/** What has changed, as seen from before and after instead of writer and reader. */
export function describeRefusal(refusal: Refusal, writer: Writer): string {
  const told = TEXTS[refusal.kind] as Told<Refusal>;
  return told(refusal, writer === 'before');
}

function listed(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value)).join(', ');
  return values.length === 1 ? `value ${texts} was` : `values ${texts} were`;
}
