import { NonRetryableError, type ParsedInputOf } from '@taskfleet/toolbox/contract';
import type { exportPart } from '../contract.ts';
import type { AllowedOrigins } from './allowedOrigins.ts';
import { LISTS, type ListName, type RowOf } from './pageSchemas.ts';
import { bodyChunks } from './readBody.ts';
import { type Network, request } from './request.ts';

export interface SourceParts extends Network {
  readonly origins: AllowedOrigins;
}

/** Some rows of a list, and how many the whole list has. */
export interface Page<L extends ListName> {
  readonly rows: readonly RowOf<L>[];
  readonly count: number;
}

/** A project of a host application, as its token lets one read it. One request at a time. */
export interface Source {
  /** All pages of a list, in order. */
  pages<L extends ListName>(list: L): AsyncGenerator<Page<L>>;
  /** Hands a resource's file on, once more when it broke off. Resolves to false where it lies somewhere that may not be asked. */
  download(address: string, what: string, store: Store): Promise<boolean>;
}

export type Store = (body: AsyncIterable<Uint8Array>) => Promise<void>;

const LARGEST_PAGE_BYTES = 64 * 1_048_576;
const LARGEST_FILE_BYTES = 5 * 1_024 ** 3;

type Where = Pick<ParsedInputOf<typeof exportPart>, 'org' | 'project' | 'source' | 'token'>;

/** Throws NonRetryableError when the source may not be asked. */
export function openSource(parts: SourceParts, where: Where, signal: AbortSignal): Source {
  const base = new URL(where.source.replace(/\/*$/, '/'));
  parts.origins.check(base);
  /** The token is for its source alone, wherever an address or a redirect leads. */
  const headersFor = (url: URL): Record<string, string> =>
    url.origin === base.origin ? { authorization: `Bearer ${where.token}` } : {};
  const onlySource = (what: string) => (url: URL) => {
    if (url.origin === base.origin) return;
    throw new NonRetryableError(
      `${what}: expected a page of ${base.origin}, got one of ${url.origin}`,
    );
  };

  async function* pages<L extends ListName>(list: L): AsyncGenerator<Page<L>> {
    const seen = new Set<string>();
    let next: URL | undefined = new URL(
      `organizations/${where.org}/projects/${where.project}/${LISTS[list].path}`,
      base,
    );
    for (let number = 1; next; number += 1) {
      const url: URL = next;
      const what = `${list}, page ${number}`;
      onlySource(what)(url);
      if (seen.has(url.href)) {
        throw new NonRetryableError(`${what}: expected another page, got one of before again`);
      }
      seen.add(url.href);
      const read = async (answer: Response) => readPage(LISTS[list], answer, { what, signal });
      const absent = 'it has no such project';
      const asked = { url, what, absent, headersFor, check: onlySource(what), read };
      const page = await request(parts, asked, signal);
      yield { rows: page.results, count: page.count };
      next = nextOf(page.next, url, what);
    }
  }

  return {
    pages,
    download: async (address, what, store) => {
      const url = URL.parse(address, base.href);
      const mayAsk = (to: URL) => to.origin === base.origin || parts.origins.has(to);
      if (!url || !mayAsk(url)) return false;
      const check = (to: URL) => {
        if (!mayAsk(to)) throw new NonRetryableError(`${what}: redirected to ${to.origin}`);
      };
      const limits = { what, maximumBytes: LARGEST_FILE_BYTES, signal };
      const read = async (answer: Response) => store(bodyChunks(answer, limits));
      const absent = 'it has no such file';
      await request(parts, { url, what, absent, headersFor, check, read }, signal);
      return true;
    },
  };
}

function nextOf(next: string | null | undefined, base: URL, what: string): URL | undefined {
  if (!next) return undefined;
  const url = URL.parse(next, base.href);
  if (url) return url;
  throw new NonRetryableError(`${what}: next: expected an address`);
}

async function readPage(
  { page: schema }: (typeof LISTS)[ListName],
  answer: Response,
  { what, signal }: { readonly what: string; readonly signal: AbortSignal },
) {
  const chunks: Uint8Array[] = [];
  const limits = { what, maximumBytes: LARGEST_PAGE_BYTES, signal };
  for await (const chunk of bodyChunks(answer, limits)) chunks.push(chunk);
  const page = schema.safeParse(parseJson(Buffer.concat(chunks).toString()));
  if (page.success) return page.data;
  const [issue] = page.error.issues;
  const field = issue?.path.join('.') || 'the page';
  throw new NonRetryableError(`${what}: ${field}: ${issue?.message ?? 'does not fit'}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not a word of it: pages of errors like to repeat what they were asked.
    throw new Error(`expected JSON, got ${text.length} characters that are none`);
  }
}
