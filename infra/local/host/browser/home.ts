import { followAvailability } from './availability.ts';

followAvailability();
