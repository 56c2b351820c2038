const UNIT_BYTES = { MB: 1_048_576, GB: 1_073_741_824 } as const;

type Unit = keyof typeof UNIT_BYTES;

/** An amount of memory with its unit, in powers of 1,024: `'256MB'`, `'2GB'`. Whole numbers only. */
export type ByteSize = `${number}${Unit}`;

const PATTERN = /^(?<amount>\d+)(?<unit>MB|GB)$/;

/** Bytes of an amount of memory; NaN for a text that is none. */
export function parseByteSize(text: string): number {
  const { amount, unit } = PATTERN.exec(text)?.groups ?? {};
  return amount === undefined ? NaN : Number(amount) * UNIT_BYTES[unit as Unit];
}

/** `256MB` for 268,435,456. */
export function describeMegabytes(bytes: number): string {
  return `${Math.round(bytes / UNIT_BYTES.MB)}MB`;
}
