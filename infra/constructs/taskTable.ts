import { TABLE_INDEXES, TASK_TABLE } from '@taskfleet/toolbox/table';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface TaskTableProps {
  /** The customer's. Default: AWS's own. */
  readonly key?: IKey | undefined;
}

/** The one table of a stage. Paid by the request, restorable to any second of the last 35 days, kept when the stack goes. */
export class TaskTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { key }: TaskTableProps) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: TASK_TABLE.partitionKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: TASK_TABLE.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      ...(key && { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }),
    });
    for (const { name, partitionKey, sortKey } of TABLE_INDEXES) {
      this.table.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: { name: partitionKey, type: AttributeType.STRING },
        sortKey: { name: sortKey, type: AttributeType.NUMBER },
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
  }
}
