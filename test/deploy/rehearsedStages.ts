import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import { GIVEN_IMAGES } from './givenImages.ts';
import type { Stage, UseStage } from './rehearsal.ts';
import { useFunctionStage } from './useFunctionStage.ts';
import { useLocalStage } from './useLocalStage.ts';
import { useServiceStage } from './useServiceStage.ts';

export interface StageToRehearse extends Stage {
  readonly use: UseStage;
}

/** The laptop's stage; a stage as in an account, with its services; and a worker on Lambda, which no example is. */
export function rehearsedStages(): readonly StageToRehearse[] {
  const images = Object.entries(GIVEN_IMAGES).flatMap(([service, image]) => {
    return ['-c', `image.${service}=${image}`];
  });
  return [
    { name: 'local', arguments: ['-c', `stage=${LOCAL_STAGE}`], use: useLocalStage },
    { name: 'services', arguments: ['-c', 'stage=rehearsal', ...images], use: useServiceStage },
    {
      name: 'function',
      arguments: ['--app', 'node test/deploy/function/app.ts'],
      use: useFunctionStage,
    },
  ];
}
