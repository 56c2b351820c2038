import { ListRequestError } from './errors.ts';

/** Throws ListRequestError for a page of another size than a list has. */
export function checkLimit(limit: number, most: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return;
  throw new ListRequestError(`limit: expected a whole number from 1 to ${most}`);
}
