import type { StageSeen } from '@taskfleet/toolbox/conformance/stage';

/** Breaks one thing of a stage. */
export type Break = (stage: StageSeen) => StageSeen;

export const seen = <T>(value: T) => ({ kind: 'seen', value }) as const;

export function withQueue(
  service: string,
  which: 'queue' | 'deadLetters',
  change: Record<string, string | undefined>,
): Break {
  return (stage) => {
    const own = stage.services.get(service);
    if (!own) return stage;
    const value = own[which].kind === 'seen' ? own[which].value : {};
    const changed = Object.fromEntries(
      Object.entries({ ...value, ...change }).filter(([, text]) => text !== undefined),
    ) as Record<string, string>;
    const services = new Map(stage.services).set(service, { ...own, [which]: seen(changed) });
    return { ...stage, services };
  };
}

export const withTopic =
  (change: Record<string, string>): Break =>
  (stage) => {
    const { attributes } = stage.topic;
    const value = attributes.kind === 'seen' ? { ...attributes.value, ...change } : change;
    return { ...stage, topic: { ...stage.topic, attributes: seen(value) } };
  };

/** Of the worker `mail`; undefined takes it away. */
export const withSubscription =
  (change: Record<string, string> | undefined): Break =>
  (stage) => {
    const { subscriptions } = stage.topic;
    const all = subscriptions.kind === 'seen' ? subscriptions.value : [];
    const changed = all.flatMap((one) => {
      if (!one.endpoint.endsWith('-mail.fifo')) return [one];
      if (change === undefined || one.attributes.kind !== 'seen') return [];
      return [{ ...one, attributes: seen({ ...one.attributes.value, ...change }) }];
    });
    return { ...stage, topic: { ...stage.topic, subscriptions: seen(changed) } };
  };

export const withStranger: Break = (stage) => {
  const { subscriptions } = stage.topic;
  const stranger = {
    arn: 'PendingConfirmation',
    protocol: 'email',
    endpoint: 'eve@example.com',
    attributes: { kind: 'absent' as const },
  };
  const all = subscriptions.kind === 'seen' ? subscriptions.value : [];
  return { ...stage, topic: { ...stage.topic, subscriptions: seen([...all, stranger]) } };
};

type Shape = Extract<StageSeen['table']['shape'], { kind: 'seen' }>['value'];

export const withShape =
  (change: (shape: Shape) => Partial<Shape>): Break =>
  (stage) => {
    const { shape } = stage.table;
    if (shape.kind !== 'seen') return stage;
    const value = { ...shape.value, ...change(shape.value) };
    return { ...stage, table: { ...stage.table, shape: seen(value) } };
  };

export const withTable =
  (change: Partial<StageSeen['table']>): Break =>
  (stage) => ({ ...stage, table: { ...stage.table, ...change } });

export const withBucket =
  (change: Partial<StageSeen['bucket']>): Break =>
  (stage) => ({ ...stage, bucket: { ...stage.bucket, ...change } });
