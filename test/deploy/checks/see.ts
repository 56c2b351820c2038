import type { Check, Deployed } from './checks.ts';

type Parameters = Readonly<Record<string, unknown>>;

/**
 * Makes checks of one describe call.
 * @param call service and operation as botocore names them, such as `sqs.get_queue_attributes`
 */
export function see(call: string, parametersFor: (resource: Deployed) => Parameters) {
  const [service = '', operation = ''] = call.split('.');
  return (find: string): Check =>
    (resource) => ({ service, operation, parameters: parametersFor(resource), find });
}
