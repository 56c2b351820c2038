import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Page, readPage, root } from './markdownFiles.ts';
import { readingList } from './readingList.ts';

/** The pages for programs that read: a title, a summary, and a line for each page (llmstxt.org). */
export function llmsText(): string {
  const readme = readPage('README.md');
  const sections = readingList(readme).map(({ title, files }) => {
    const pages = files.filter((file) => existsSync(join(root, file))).map(readPage);
    return `## ${title}\n\n${pages.map(lineOf).join('\n')}`;
  });
  const about = `# ${titleOf(readme)}\n\n> ${firstParagraph(readme)}`;
  return `${[about, ...sections].join('\n\n')}\n`;
}

function lineOf(page: Page): string {
  const sentence = /^.*?(?:[.](?=\s|$)|$)/.exec(firstParagraph(page))?.[0] ?? '';
  return `- [${titleOf(page)}](${page.file}): ${sentence.replace(/:$/, '.')}`;
}

function titleOf({ file, text }: Page): string {
  const title = /^# (?<title>.+)$/m.exec(text)?.groups?.['title'];
  if (title === undefined) throw new Error(`${file} has no title`);
  return title;
}

/** On one line, without links. Throws where a page begins with something else. */
function firstParagraph({ file, text }: Page): string {
  const paragraph = text.split('\n\n')[1] ?? '';
  if (/^(?:$|#|```|\||- |<!--)/.test(paragraph)) {
    throw new Error(`${file}: expected a paragraph after its title, which llms.txt quotes`);
  }
  return paragraph
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
