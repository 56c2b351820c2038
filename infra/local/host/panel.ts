import { escapeHtml } from './layout.ts';

export interface PanelOf {
  readonly subject: string;
  /** Name of the task that is shown. */
  readonly task: string;
}

/** The platform's panel of the tasks about something, as any application can have it in a page. */
export function panel(platform: string | undefined, title: string, about: PanelOf): string {
  if (platform === undefined) return '<p class="small">The platform is not there yet; reload.</p>';
  const query = new URLSearchParams({ ...about }).toString();
  const source = escapeHtml(`${platform}/embed/subject?${query}`);
  return `<iframe class="panel-frame" title="${escapeHtml(title)}" src="${source}"></iframe>`;
}
