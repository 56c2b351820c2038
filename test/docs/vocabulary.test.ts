import { CATALOGUE } from '@taskfleet/platform/settings';
import { PREFIX, VARIABLES } from '@taskfleet/toolbox/config';
import { expect, it } from 'vitest';
import { TEST_VARIABLES } from './testVariables.ts';

it('has each known variable on the page of the configuration, and no other', () => {
  const settings = CATALOGUE.flatMap((section) => Object.values(section.settings));
  const described = [
    ...settings.map(({ variable }) => variable).filter((name) => name.startsWith(PREFIX)),
    ...Object.keys(TEST_VARIABLES),
  ];
  expect(VARIABLES.toSorted()).toEqual(described.toSorted());
});
