import { LARGEST_VALUE_BYTES } from '@taskfleet/toolbox/contract';
import { CostRequestError } from '../errors.ts';

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** What SNS takes from an account in a region where it takes the most (docs.aws.amazon.com/general/latest/gr/sns.html). */
const MOST_A_SECOND = 30_000;

const RATE = /^(?<count>\d+(?:\.\d+)?)\/(?<unit>[smhd])$/;

/** Tasks a second of a text such as `50/s` or `1000/d`. Throws CostRequestError. */
export function readRate(text: string): number {
  const { count, unit } = RATE.exec(text)?.groups ?? {};
  const rate = Number(count) / SECONDS[unit as keyof typeof SECONDS];
  if (rate <= MOST_A_SECOND) return rate;
  throw new CostRequestError(
    `--rate: expected a number and one of /s, /m, /h, /d, at most ${MOST_A_SECOND}/s (such as "50/s"), got "${text}"`,
  );
}

const BYTES = { B: 1, KB: 1_024, MB: 1_048_576 } as const;

const SIZE = /^(?<count>\d+(?:\.\d+)?)(?<unit>B|KB|MB)$/;

/** Bytes of a text such as `2KB`, of 1,024 bytes each. Throws CostRequestError. */
export function readSize(text: string): number {
  const { count, unit } = SIZE.exec(text.toUpperCase())?.groups ?? {};
  const bytes = Math.ceil(Number(count) * BYTES[unit as keyof typeof BYTES]);
  if (bytes <= LARGEST_VALUE_BYTES) return bytes;
  throw new CostRequestError(
    `--payload: expected a number and one of B, KB, MB, at most 50MB (such as "2KB"), got "${text}"`,
  );
}
