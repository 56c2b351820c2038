import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { LISTS, type ListName } from '../source/pageSchemas.ts';
import { type Fault, makeFault } from './faults.ts';
import type { HostProject } from './project.ts';

export interface HostApiOptions {
  /** Projects by `<org>/<project>`. */
  readonly projects: Readonly<Record<string, HostProject>>;
  /** The only token that is taken. Default: any. */
  readonly token?: string;
  /** Rows on a page. Default 500. */
  readonly pageSize?: number;
  /** Which fault a request meets, `number` counting from 1. Default: none. */
  readonly faults?: (path: string, number: number) => Fault | undefined;
  /** Told of every request. */
  readonly onRequest?: (request: IncomingMessage) => void;
}

const LIST_PATH = /^\/api\/organizations\/(?<org>[^/]+)\/projects\/(?<project>[^/]+)\/(?<rest>.+)$/;
const FILE_PATH = /^\/files\/(?<org>[^/]+)\/(?<project>[^/]+)\/(?<rest>.+)$/;

/**
 * The JSON API of a host application, for tests and demonstrations: `http.createServer(hostApi({ projects }))`. The source to give to
 * `export.project` is `http://127.0.0.1:<port>/api`.
 */
export function hostApi(options: HostApiOptions): RequestListener {
  let requests = 0;
  return (request, response) => {
    requests += 1;
    options.onRequest?.(request);
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const fault = options.faults?.(url.pathname + url.search, requests);
    if (fault) return makeFault(fault, response, () => answer(options, request, response, url));
    answer(options, request, response, url);
  };
}

function answer(
  options: HostApiOptions,
  { headers }: IncomingMessage,
  response: ServerResponse,
  url: URL,
): void {
  if (!mayRead(headers.authorization, options.token)) return json(response, 401, {});
  const list = found(options, LIST_PATH, url);
  const name = LIST_NAMES.find((one) => LISTS[one].path === list?.rest);
  if (list && name) return json(response, 200, pageOf(list, name, url, options.pageSize ?? 500));
  const file = found(options, FILE_PATH, url);
  const body = file?.project.files[file.rest];
  if (!body) return json(response, 404, {});
  response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(body);
}

function mayRead(authorization: string | undefined, token: string | undefined): boolean {
  const [, given] = /^Bearer (.+)$/.exec(authorization ?? '') ?? [];
  return given !== undefined && given === (token ?? given);
}

const LIST_NAMES = Object.keys(LISTS) as ListName[];

interface Found {
  readonly project: HostProject;
  /** `<org>/<project>`. */
  readonly name: string;
  /** The rest of the path. */
  readonly rest: string;
}

function found(
  { projects }: HostApiOptions,
  pattern: RegExp,
  { pathname }: URL,
): Found | undefined {
  const { org, project: slug, rest = '' } = pattern.exec(pathname)?.groups ?? {};
  const name = `${org}/${slug}`;
  const project = projects[name];
  return project && { project, name, rest: decodeURIComponent(rest) };
}

function pageOf({ project, name }: Found, list: ListName, url: URL, size: number): object {
  const rows = project[list];
  const from = Number(url.searchParams.get('offset') ?? 0);
  const to = Math.min(rows.count, from + size);
  const files = `${url.origin}/files/${name}/`;
  const page = Array.from({ length: Math.max(0, to - from) }, (_, i) =>
    withAddress(rows.at(from + i), files),
  );
  const at = (offset: number) => `${url.origin}${url.pathname}?offset=${offset}`;
  return {
    count: rows.count,
    next: to < rows.count ? at(to) : null,
    previous: from > 0 ? at(Math.max(0, from - size)) : null,
    results: list === 'locations' ? { type: 'FeatureCollection', features: page } : page,
  };
}

/** Whatever names a file says where it is. */
function withAddress<R extends object>(row: R, files: string): R {
  if (!('file' in row) || typeof row.file !== 'string') return row;
  return { ...row, file: new URL(row.file, files).href };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
