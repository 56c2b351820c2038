import { NonRetryableError } from '@taskfleet/toolbox/contract';
import type { PartTools } from '../parts/part.ts';
import type { Resource } from '../source/pageSchemas.ts';
import type { FileNames } from './fileName.ts';

/** Where a resource's file is in the zip, or why it is not there. */
export interface Stored {
  readonly name?: string;
  readonly note?: string;
}

/** Fetches a resource's file into the folder of its part. One that its host does not give must not keep the others from being exported. */
export async function storeFile(
  resource: Resource,
  names: FileNames,
  tools: Pick<PartTools, 'source' | 'folder'>,
): Promise<Stored> {
  if (!resource.file) return { note: 'has no file' };
  try {
    return await fetchFile(resource, resource.file, names, tools);
  } catch (error) {
    if (error instanceof NonRetryableError) return { note: `not fetched: ${error.message}` };
    throw error;
  }
}

async function fetchFile(
  { id, name, original_file: original, mime_type: type }: Resource,
  file: string,
  names: FileNames,
  { source, folder }: Pick<PartTools, 'source' | 'folder'>,
): Promise<Stored> {
  const wanted = [original, name, pathOf(file)].find(
    (one) => typeof one === 'string' && one !== '',
  );
  const stored = `files/${names.take(String(wanted), `resource-${id}`)}`;
  const isThere = await source.download(file, `resource ${id}`, async (body) =>
    folder.write(stored, body, contentType(type)),
  );
  if (isThere) return { name: stored };
  return { note: 'not fetched: its address is not among those that may be read' };
}

const UNKNOWN_TYPE = 'application/octet-stream';

/** What the host says it is, if that looks like a type. */
function contentType(type: unknown): string {
  const isType = typeof type === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(type);
  return isType ? type : UNKNOWN_TYPE;
}

/** The path of an address, without what its query may hold. */
function pathOf(address: string): string {
  const { pathname } = new URL(address, 'http://host');
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
