/** Types of resources that an emulator has no use for, and why. */
export const WITHOUT_MEANING: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata': 'statistics for the makers of the CDK',
  'AWS::IAM::ManagedPolicy': 'the emulators check no permissions',
  'AWS::IAM::Policy': 'the emulators check no permissions',
  'AWS::IAM::Role': 'the emulators check no permissions',
  'AWS::S3::BucketPolicy': 'the emulators check no permissions and speak no TLS',
  'AWS::SNS::TopicPolicy': 'the emulators check no permissions and speak no TLS',
  'AWS::SQS::QueuePolicy': 'the emulators check no permissions and speak no TLS',
};
