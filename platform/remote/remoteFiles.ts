import { z } from 'zod';
import type { ArtifactRef } from '@taskfleet/toolbox/contract';
import type { FleetAccess } from '../access/index.ts';
import { FleetUnreachableError } from '../errors.ts';
import type { ApiClient } from './apiClient.ts';
import { NotOverHttpError } from './errors.ts';

const linkAnswer = z.object({ url: z.url({ protocol: /^https?$/ }) });

/** Stored files over the API, which gives links to the bucket, and takes no files. */
export function remoteFiles(client: ApiClient): Pick<FleetAccess, 'put' | 'get' | 'linkTo'> {
  const linkTo = async (ref: ArtifactRef, task?: string) => {
    const path = `/api/artifacts/${encodeURIComponent(ref)}`;
    const request = { path, query: { redirect: false, task }, schema: linkAnswer };
    return (await client.ask({ ...request, action: 'find the file' })).url;
  };
  return {
    linkTo,
    get: async (ref, task) => download(await linkTo(ref, task)),
    put: async () => Promise.reject(new NotOverHttpError('storing a file')),
  };
}

const failed = (reason: unknown) => new FleetUnreachableError('fetch the file', reason);

/** The link alone lets in: nothing else is sent, and it is in no message. */
async function download(link: string): Promise<Uint8Array> {
  try {
    const response = await fetch(link, { redirect: 'error' });
    if (!response.ok) throw failed(`the bucket answers with HTTP status ${response.status}`);
    return await response.bytes();
  } catch (error) {
    if (error instanceof FleetUnreachableError) throw error;
    throw failed(error instanceof Error ? (error.cause ?? error.name) : error);
  }
}
