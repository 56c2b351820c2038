import { createReader } from '@taskfleet/platform/reader';
import { createClients } from '@taskfleet/toolbox/aws';
import type { Clock } from '@taskfleet/toolbox/clock';
import { fleetConfig } from '@taskfleet/toolbox/config';
import { createScheduler } from '@taskfleet/toolbox/schedule';
import { type Home, runningNote } from './home.ts';

/** The running local fleet as a program sees it, found as the command line finds it. */
export function connect(home: Home, clock: Clock) {
  const { bucketName, tableName, topicArn, ...config } = fleetConfig(
    runningNote(home)?.environment ?? {},
  );
  const clients = createClients(config);
  const table = { dynamodb: clients.dynamodb, tableName };
  const bucket = { s3: clients.s3, bucketName };
  return {
    table,
    bucket,
    scheduler: createScheduler({ sns: clients.sns, topicArn, table, bucket, clock }),
    reader: createReader(table),
  };
}
