import type { HostPage, PageDeps } from './hostPage.ts';

type MakePage = (deps: PageDeps) => Promise<HostPage>;

/** The page of each worker. It is loaded only where the fleet has its worker: a fleet without it has no such page. */
const PAGES: Readonly<Record<string, () => Promise<MakePage>>> = {
  export: async () => (await import('./projects/projectsPage.ts')).projectsPage,
  thumbnails: async () => (await import('./gallery/galleryPage.ts')).galleryPage,
  email: async () => (await import('./mail/mailPage.ts')).mailPage,
  layers: async () => (await import('./layers/layersPage.ts')).layersPage,
};

export async function hostPages(deps: PageDeps): Promise<HostPage[]> {
  const workers = new Set(deps.contracts.workers.map(({ name }) => name));
  const found = Object.entries(PAGES).filter(([worker]) => workers.has(worker));
  return Promise.all(found.map(async ([, load]) => (await load())(deps)));
}
