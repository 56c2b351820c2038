import { thumbnailsWorker } from '../contract.ts';
import type { Size } from '../images/sizes.ts';

/** What the settings say that nobody has set. */
export const usualSizes: readonly Size[] = thumbnailsWorker.settings.sizes.schema.parse(undefined);
