/** What this application answers, or why it does not. */
export type Answer<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly message: string };

const NO_ANSWER = 'This application does not answer; is npm start still running?';

export async function ask<Body>(path: string, init: RequestInit = {}): Promise<Answer<Body>> {
  try {
    const response = await fetch(path, init);
    const body: unknown = await response.json();
    if (response.ok) return { ok: true, body: body as Body };
    return { ok: false, message: (body as { message?: string }).message ?? response.statusText };
  } catch {
    return { ok: false, message: NO_ANSWER };
  }
}

export async function post<Body>(path: string, body: object = {}): Promise<Answer<Body>> {
  const headers = { 'content-type': 'application/json' };
  return ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

const EVERY_MS = 1_000;

/** Asks each second while somebody looks, and shows what comes. Resolves never. */
export async function follow<Body>(
  path: () => string | undefined,
  show: (answer: Answer<Body>) => void,
): Promise<never> {
  for (;;) {
    const asked = document.hidden ? undefined : path();
    if (asked !== undefined) {
      const answer = await ask<Body>(asked);
      // Another may be of interest by now.
      if (path() === asked) show(answer);
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
