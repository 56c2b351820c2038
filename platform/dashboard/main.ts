/** `npm run build:dashboard`: builds the pages that the platform serves, unless they are newer than their sources. */
import { buildDashboard } from './buildDashboard.ts';

const wasBuilt = await buildDashboard();
process.stdout.write(wasBuilt ? 'built the dashboard\n' : 'the dashboard is up to date\n');
