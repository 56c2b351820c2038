import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

/** One SDK client for each service that Taskfleet uses. */
export interface Clients {
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
}

/** Addresses of emulators, such as `http://127.0.0.1:4566`. */
export interface Endpoints {
  readonly sns: string;
  readonly sqs: string;
  readonly dynamodb: string;
  readonly s3: string;
}

export interface ClientOptions {
  readonly region: string;
  /** Given: emulators, reached with dummy credentials only. Left out: AWS, with the credentials of the environment. */
  readonly endpoints?: Endpoints | undefined;
}

/** Emulators never see real credentials, and a forgotten endpoint can never reach a real account with these. */
const DUMMY_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

export function createClients({ region, endpoints }: ClientOptions): Clients {
  return {
    sns: new SNSClient(settings(region, endpoints?.sns)),
    // A queue's URL is its name, not the way to it: an emulator or a proxy may stand elsewhere.
    sqs: new SQSClient({ ...settings(region, endpoints?.sqs), useQueueUrlAsEndpoint: false }),
    dynamodb: new DynamoDBClient(settings(region, endpoints?.dynamodb)),
    // A large file takes its time.
    s3: new S3Client({
      ...settings(region, endpoints?.s3),
      requestHandler: { ...TIME_LIMITS, requestTimeout: 300_000 },
    }),
  };
}

/**
 * A connection that does not come about, or an answer that does not come, is an error in time to do something about it. The
 * longest wait is that of a receive, 20 seconds for messages.
 */
const TIME_LIMITS = {
  connectionTimeout: 3_000,
  requestTimeout: 30_000,
  throwOnRequestTimeout: true,
} as const;

function settings(region: string, endpoint: string | undefined) {
  const basic = { region, requestHandler: TIME_LIMITS };
  return endpoint === undefined ? basic : { ...basic, endpoint, credentials: DUMMY_CREDENTIALS };
}
