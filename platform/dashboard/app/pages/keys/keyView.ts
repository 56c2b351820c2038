import type { z } from 'zod';
import type { keySchema, newKeySchema } from '../../../../api/schemas/identity.ts';

/** A key as GET /api/keys shows it. */
export type KeyView = z.output<typeof keySchema>;

/** A key as it is told once, when it is made. */
export type NewKey = z.output<typeof newKeySchema>;
