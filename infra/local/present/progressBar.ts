const WIDTH = 20;

/** A bar of 20 characters for a fraction from 0 to 1. */
export function progressBar(fraction: number): string {
  const filled = Math.round(fraction * WIDTH);
  return '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
}
