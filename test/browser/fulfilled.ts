import { expect } from 'vitest';

const PATIENCE = { timeout: 20_000 };

/** Resolves when the expectation holds, which pages come to in their own time. */
export async function fulfilled(expectation: () => Promise<void>): Promise<void> {
  await expect.poll(async () => expectation().then(() => 'held', String), PATIENCE).toBe('held');
}
