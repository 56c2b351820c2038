import { checkStage, isFinding, type StageSeen } from '@taskfleet/toolbox/conformance/stage';
import { defineFleet, defineTask, defineWorker, type Worker } from '@taskfleet/toolbox/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ServiceSeen } from '../../shared-toolbox/conformance/stage/observe/queue.ts';
import { seen } from './breaks.ts';
import { stageOfTemplate } from './stageOfTemplate.ts';

const schemas = { input: z.string(), output: z.string() };
const place = { stage: 'dev', isLocal: false };

describe('the queues of a worker with priorities', () => {
  const alert = defineTask('alerts.send', { ...schemas, priority: 'high' });
  const alerts = defineWorker('alerts', { tasks: [alert], priorities: true });
  const audit = defineWorker('audit', { tasks: [defineTask('audit.keep', schemas)] });
  const found = (contract: Worker, seenStage: StageSeen) =>
    checkStage({ seen: seenStage, workers: [contract], place })
      .filter(isFinding)
      .map(({ subject, rule }) => `${subject}: ${rule}`)
      .filter((text) => !text.startsWith('roles'));

  it('are held against the contract, each and its subscription', () => {
    const stage = stageOfTemplate(defineFleet([alerts]));
    expect(found(alerts, stage)).toEqual([]);
    const own = stage.services.get('alerts')!;
    const narrow = { ...own, low: seen({ ...attributesOf(own.low), VisibilityTimeout: '1' }) };
    const services = new Map(stage.services).set('alerts', narrow);
    expect(found(alerts, { ...stage, services })).toEqual([
      'queue of alerts_low: visibility timeout',
    ]);
  });

  it('are no strangers where another worker is looked into', () => {
    const workers = [alerts, audit];
    const stage = stageOfTemplate(defineFleet(workers));
    const checks = checkStage({ seen: stage, workers, only: audit, place });
    expect(checks.filter(isFinding).map(({ subject }) => subject)).toEqual(['roles']);
  });

  it('are missed in a stage that is older, and strange in one that is newer', () => {
    const plain = defineWorker('alerts', { tasks: [defineTask('alerts.send', schemas)] });
    expect(found(alerts, stageOfTemplate(defineFleet([plain])))).toEqual([
      'queue of alerts_high: is there',
      'queue of alerts_low: is there',
    ]);
    expect(found(plain, stageOfTemplate(defineFleet([alerts])))).toEqual([
      'subscriptions: of services only',
      'subscriptions: of services only',
    ]);
  });
});

function attributesOf(queue: ServiceSeen['low']): Readonly<Record<string, string>> {
  return queue?.kind === 'seen' ? queue.value : {};
}
