import { rmSync } from 'node:fs';
import { configIn, newHome, startFleetWith } from '../../fixtures/localFleet.ts';

export type DemoUnderTest = Awaited<ReturnType<typeof startDemo>>;

/** `npm start` with all its programs, and where its host application is. */
export async function startDemo() {
  const home = newHome();
  const fleet = startFleetWith({ PORT: '0' }, home);
  const stop = async () => {
    fleet.process.kill('SIGTERM');
    await fleet.ended;
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await fleet.printed('Ctrl-C stops it');
    const [, demo = ''] = /uses it: (\S+\/demo)/.exec(fleet.output()) ?? [];
    const { headers } = await fetch(demo, { redirect: 'manual' });
    return {
      /** Of the host application. */
      address: new URL(headers.get('location') ?? '').origin,
      /** Whom its pages may ask besides itself: the platform for panels, the bucket for files. */
      others: [new URL(demo).origin, configIn(home).endpoints?.s3 ?? ''],
      /** The way to it from the platform. */
      demo,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
