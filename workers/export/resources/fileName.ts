/** Names that Windows keeps for devices. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** With the export's own folders, below what a file system and the bucket take. */
const LONGEST_BYTES = 150;

/** Names of files that are safe in a zip, on every system, and unlike each other. */
export class FileNames {
  readonly #taken = new Set<string>();

  /** A name for a file that somebody called so; `fallback` where nothing of it can be kept. */
  take(wanted: string, fallback: string): string {
    const { stem, extension } = split(safe(wanted) || safe(fallback) || 'file');
    for (let i = 1; ; i += 1) {
      const suffix = i === 1 ? extension : ` (${i})${extension}`;
      const name = cutTo(stem, LONGEST_BYTES - Buffer.byteLength(suffix)) + suffix;
      // As systems compare that know no difference between a and A.
      const key = name.toLowerCase();
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return name;
    }
  }
}

/** The last part of a path, without what has a meaning on some system or cannot be seen. */
function safe(wanted: string): string {
  const base = wanted.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const visible = base
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  return RESERVED.test(visible) ? `_${visible}` : visible;
}

function split(name: string): { readonly stem: string; readonly extension: string } {
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

function cutTo(text: string, bytes: number): string {
  // No half of a character is written.
  const cut = Buffer.alloc(Math.min(bytes, Buffer.byteLength(text)));
  return cut.toString('utf8', 0, cut.write(text));
}
