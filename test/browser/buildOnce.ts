import { buildDashboard } from '@taskfleet/platform/dashboard/build';

/** Before any file, so that no two build at the same time. */
export async function setup(): Promise<void> {
  await buildDashboard();
}
