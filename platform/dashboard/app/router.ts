import { computed, signal } from '@preact/signals';

/** Where the page is: path and query are all the state that it has. */
const here = signal(location.pathname + location.search);

const url = computed(() => new URL(here.value, location.origin));

export const path = computed(() => url.value.pathname);

export const query = computed(() => Object.fromEntries(url.value.searchParams));

addEventListener('popstate', () => {
  here.value = location.pathname + location.search;
});

export function navigate(to: string, how: 'push' | 'replace' = 'push'): void {
  if (to === here.value) return;
  if (how === 'push') history.pushState(undefined, '', to);
  else history.replaceState(undefined, '', to);
  const isOtherPage = new URL(to, location.origin).pathname !== path.value;
  here.value = to;
  if (isOtherPage) scrollTo(0, 0);
}

/** Changes these parameters of the query, and removes those that are undefined or empty. */
export function setQuery(change: Readonly<Record<string, string | undefined>>): void {
  const next = new URLSearchParams(
    Object.entries({ ...query.value, ...change }).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  ).toString();
  navigate(next === '' ? path.value : `${path.value}?${next}`, 'replace');
}

/** Follows links to pages of ours without loading anew; leaves those that a person opens elsewhere. */
export function followLinks(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || !isPlain(event) || !isOurs(link)) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}

/** Not one that opens another tab or window. */
function isPlain(event: MouseEvent): boolean {
  const { button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented } = event;
  return button === 0 && !defaultPrevented && !(metaKey || ctrlKey || shiftKey || altKey);
}

function isOurs({ origin, pathname, target, download, hash }: HTMLAnchorElement): boolean {
  const opensHere = origin === location.origin && target === '' && download === '' && hash === '';
  return opensHere && !/^\/(?:api|docs|demo|openapi\.json|metrics)(?:\/|$)/.test(pathname);
}
