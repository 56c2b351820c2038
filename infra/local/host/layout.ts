export interface Layout {
  readonly title: string;
  /** Of the page, as the navigation links to it. */
  readonly path: string;
  /** What is in `<main>`. */
  readonly body: string;
  /** Name of its module in `browser/`. */
  readonly script: string;
  readonly links: readonly { readonly path: string; readonly title: string }[];
}

/** A page around its own part: where one is, whether work is taken, and the switch of the broker. */
export function layOut({ title, path, body, script, links }: Layout): string {
  const items = links.map((link) => {
    const current = link.path === path ? ' aria-current="page"' : '';
    return `<li><a href="${escapeHtml(link.path)}"${current}>${escapeHtml(link.title)}</a></li>`;
  });
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escapeHtml(title)} · Meadowland</title>
    <link rel="stylesheet" href="/assets/host.css" />
    <link rel="icon" href="/assets/icon.svg" />
    <script type="module" src="/assets/${script}"></script>
  </head>
  <body>
    <a class="skip" href="#main">Skip to the page</a>
    <header>
      <a class="brand" href="/">Meadowland</a>
      <nav aria-label="Pages"><ul>${items.join('')}</ul></nav>
    </header>
    <main id="main" tabindex="-1">
      <p id="outage" class="banner" hidden></p>
      ${body}
      <p id="said" class="said" role="status"></p>
    </main>
    <footer>
      <div>
        <h2>The broker</h2>
        <p id="broker-state" role="status">…</p>
      </div>
      <button type="button" id="broker" disabled>Stop the broker</button>
    </footer>
  </body>
</html>
`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
