import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onEmulators, type OnEmulators } from './onEmulators.ts';

let emulators: OnEmulators;
beforeAll(async () => {
  emulators = await onEmulators();
});
afterAll(() => emulators[Symbol.asyncDispose]());

describe('a bucket', () => {
  it('has a name made of stack and logical id, and is found again', async () => {
    const provisioned = emulators.provision('AWS::S3::Bucket', 'stack', {}, {});
    expect(await provisioned).toBe('stack-thing');
  });

  it('is made without what the emulator has no such thing of', async () => {
    const leftOut = { BucketEncryption: {}, PublicAccessBlockConfiguration: {} };
    const provisioned = emulators.provision('AWS::S3::Bucket', 'stack', leftOut);
    expect(await provisioned).toBe('stack-thing');
  });
});
