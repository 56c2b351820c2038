import type { Endpoints } from '@taskfleet/toolbox/aws';
import { seededRandom } from '../seededRandom.ts';
import { type Link, openLink } from './openLink.ts';

/** Services that a link can be faulty to. Files are not part of the lab. */
export const LINKED_SERVICES = ['sns', 'sqs', 'dynamodb'] as const;

export type LinkedService = (typeof LINKED_SERVICES)[number];

/** All ways of one process to its services. */
export interface ClientLinks {
  readonly endpoints: Endpoints;
  readonly links: Readonly<Record<LinkedService, Link>>;
  readonly close: () => void;
}

/** Opens a way of its own to each service for one process. */
export async function openClientLinks(
  client: string,
  emulators: Endpoints,
  seed: string,
): Promise<ClientLinks> {
  const open = async (service: LinkedService) =>
    openLink(new URL(emulators[service]), seededRandom(seed, client, service));
  const links = {
    sns: await open('sns'),
    sqs: await open('sqs'),
    dynamodb: await open('dynamodb'),
  };
  return {
    links,
    endpoints: {
      sns: links.sns.endpoint,
      sqs: links.sqs.endpoint,
      dynamodb: links.dynamodb.endpoint,
      s3: emulators.s3,
    },
    close: () => Object.values(links).forEach((link) => link.close()),
  };
}
