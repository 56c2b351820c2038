/** Reads the records of all tasks as this version reads them, and tells its parent. */
import { createReader } from '@taskfleet/platform/reader';
import { createClients } from '@taskfleet/toolbox/aws';
import { fleetConfig } from '@taskfleet/toolbox/config';

const config = fleetConfig(process.env);
const reader = createReader({
  dynamodb: createClients(config).dynamodb,
  tableName: config.tableName,
});

const { tasks } = await reader.list({ limit: 500 });
const records = tasks.map(({ id, task, state, attempt, output, creator, parent, root }) =>
  // Nothing of what only one version keeps.
  ({ id, task, state, attempt, output, creator, parent, root }),
);
process.send?.({ records }, () => process.exit());
