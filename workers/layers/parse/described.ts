import { posix } from 'node:path';
import { lineOf } from './words.ts';

/** What the comments at the head of a machine's or distribution's file say of it. */
export interface DescribedFacts {
  /** The file's name, by which MACHINE or DISTRO chooses it. */
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
}

export function readDescribed(path: string, text: string): DescribedFacts {
  return {
    name: posix.basename(path, '.conf'),
    title: commentOf(text, 'NAME'),
    description: commentOf(text, 'DESCRIPTION'),
  };
}

/** Of `#@DESCRIPTION: Machine configuration for …`. */
function commentOf(text: string, field: 'NAME' | 'DESCRIPTION'): string | undefined {
  return lineOf(new RegExp(`^#[ \\t]*@${field}:(.*)$`, 'm').exec(text)?.[1]);
}
