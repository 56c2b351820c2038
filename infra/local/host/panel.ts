import { escapeHtml } from './layout.ts';

/** The platform's panel of the tasks about something, as any application can have it in a page. */
export function panel(platform: string | undefined, subject: string, title: string): string {
  if (platform === undefined) return '<p class="small">The platform is not there yet; reload.</p>';
  const query = new URLSearchParams({ subject }).toString();
  const source = escapeHtml(`${platform}/embed/subject?${query}`);
  return `<iframe class="panel-frame" title="${escapeHtml(title)}" src="${source}"></iframe>`;
}
