import type { Page } from './markdownFiles.ts';

/** A line of what the README says to read on. */
export interface Reading {
  readonly title: string;
  /** Pages of docs/, in order. */
  readonly files: readonly string[];
}

/** The list below `Read on:` in the README: folders and history are no pages. */
export function readingList({ text }: Page): Reading[] {
  const list = /^Read on:\n\n(?<list>.*?)\n\n/ms.exec(text)?.groups?.['list'] ?? '';
  return list.split(/^- /m).flatMap((item) => {
    const title = /^[a-z ]+/.exec(item)?.[0].trim();
    if (title === undefined) return [];
    const files = [...item.matchAll(/\]\((?<file>docs\/[\w/-]+\.md)\)/g)].map(
      ([, file = '']) => file,
    );
    return [{ title: title.charAt(0).toUpperCase() + title.slice(1), files }];
  });
}
