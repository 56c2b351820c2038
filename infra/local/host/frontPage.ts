import type { HostPage } from './hostPage.ts';
import { escapeHtml } from './layout.ts';

/** Where one arrives: what there is to try. */
export function frontPage(pages: readonly HostPage[]): HostPage {
  const cards = pages.map(
    ({ path, title, about }) =>
      `<li class="card"><h2><a href="${escapeHtml(path)}">${escapeHtml(title)}</a></h2><p>${escapeHtml(about)}</p></li>`,
  );
  return {
    path: '/',
    title: 'Home',
    about: '',
    script: 'home.ts',
    body: () => `
      <h1>A web application and its background tasks</h1>
      <p class="lead">
        Meadowland is made up: a program beside the fleet, as yours is. What takes long it hands to the fleet with
        <code>fleet.schedule()</code>, and answers at once. Stop the broker below and see what becomes of its buttons.
      </p>
      <ul class="cards">${cards.join('')}</ul>`,
    addRoutes: () => undefined,
  };
}
