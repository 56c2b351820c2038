import type { DescribedSetting } from '@taskfleet/toolbox/config';
import type { Fleet, WorkerSetting } from '@taskfleet/toolbox/contract';
import type { Section } from './catalogue.ts';

/** What the contracts have their workers told: a section for each worker with settings, under names such as `email.from`. */
export function workerSections({ workers }: Pick<Fleet, 'workers'>): Section[] {
  return workers
    .map(({ name, settings }) => ({
      title: `Worker "${name}"`,
      settings: Object.fromEntries(
        Object.entries(settings).map(([key, setting]) => [`${name}.${key}`, described(setting)]),
      ),
      rules: [],
    }))
    .filter(({ settings }) => Object.keys(settings).length > 0);
}

function described(setting: WorkerSetting): DescribedSetting {
  return { ...setting, readers: ['worker'] };
}
