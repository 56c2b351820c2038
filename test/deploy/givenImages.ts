import { fleet } from '@taskfleet/fleet';
import { serviceNames } from '../../infra/local/services.ts';

const REGISTRY = '000000000000.dkr.ecr.us-east-1.amazonaws.com';

/** By service. Nothing pulls them: what the deployed task definitions name. */
export const GIVEN_IMAGES: Readonly<Record<string, string>> = Object.fromEntries(
  serviceNames(fleet).map((service) => [service, `${REGISTRY}/${service}:1`]),
);
