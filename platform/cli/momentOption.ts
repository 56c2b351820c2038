import { ValidationError } from '@taskfleet/toolbox/contract';

/** A moment on the command line. Throws ValidationError for what is none, and for one without its time zone's offset. */
export function momentOption(field: string, text: string): Date {
  const moment = new Date(text);
  if (FORM.test(text) && !Number.isNaN(moment.getTime())) return moment;
  const message = `expected a moment with its offset, such as 2027-01-31T06:00:00Z, got "${text}"`;
  throw new ValidationError('options', [{ field, message }]);
}

/** Without an offset a moment meant another one on each machine. */
const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;
