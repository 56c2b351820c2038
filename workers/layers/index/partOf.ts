import type { Part } from './layerIndex.ts';

const WHERE: readonly (readonly [Part, RegExp])[] = [
  ['recipes', /\.bb$/],
  ['appends', /\.bbappend$/],
  ['machines', /^conf\/machine\/[^/]+\.conf$/],
  ['distros', /^conf\/distro\/[^/]+\.conf$/],
  ['classes', /^classes(?:-\w+)?\/(?:.+\/)?[^/]+\.bbclass$/],
];

/** The part of the index that a file belongs to, by its path. */
export function partOf(path: string): Part | undefined {
  return WHERE.find(([, form]) => form.test(path))?.[0];
}
