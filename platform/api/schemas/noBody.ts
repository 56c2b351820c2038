import { z } from 'zod';

/** Of a request that says everything with its path. */
export const noBody = z.strictObject({}).nullish();
