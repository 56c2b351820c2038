import { demonstration } from '@taskfleet/worker-thumbnails/demo';
import type { Screen } from '../present/screen.ts';
import type { Home } from '../home.ts';
import { type DemonstrationOptions, runDemonstration } from './runDemonstration.ts';

export interface DemonstrateOptions extends Omit<DemonstrationOptions, 'demonstration' | 'folder'> {
  readonly screen: Screen;
  readonly home: Home;
}

/** Announces the demonstration and runs it. Resolves to whether every task succeeded. */
export async function demonstrate({ home, ...options }: DemonstrateOptions): Promise<boolean> {
  const { screen } = options;
  screen.line(
    `\n  ${screen.paint('bold', 'A demonstration:')} photos, made on the spot, become thumbnails.\n`,
  );
  screen.setFocused(true);
  try {
    return await runDemonstration({ ...options, demonstration, folder: home.demonstration });
  } finally {
    screen.setFocused(false);
  }
}
