import type { HostPage, PageDeps } from './hostPage.ts';

type MakePage = (deps: PageDeps) => Promise<HostPage>;

/** The page of each worker. It is loaded only where the fleet has its worker: a fleet without it has no such page. */
const PAGES: Readonly<Record<string, () => Promise<MakePage>>> = {
  export: async () => (await import('./projects/projectsPage.ts')).projectsPage,
};

export async function hostPages(deps: PageDeps): Promise<HostPage[]> {
  const makers = deps.contracts.workers.flatMap(({ name }) => PAGES[name] ?? []);
  return Promise.all(makers.map(async (load) => (await load())(deps)));
}
