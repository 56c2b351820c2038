import { type Json, validate } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

const ANY = z.unknown();

/** Any JSON that is not nested too deep to be looked at: what it has to be, a task's own schema says. */
export const json = z
  .custom<Json>((value) => value !== undefined && validate('json', ANY, value).ok, {
    error: 'expected JSON that is nested at most 100 levels deep',
  })
  .meta({ description: 'Any JSON.' });
