import { expect, it } from 'vitest';
import { newestOf } from './newestOf.ts';

const layers = [
  { name: 'core', url: 'file:///core' },
  { name: 'extra', url: 'file:///extra' },
];
const output = { revision: 'abc', recipes: 3 };

it('shows each layer with its newest update, and what was indexed last', () => {
  const input = { url: 'file:///core', branch: 'main' };
  const tasks = [
    { id: 'layers_3', task: 'layers.update', state: 'running', input },
    { id: 'layers_2', task: 'layers.inspect', state: 'succeeded', input },
    { id: 'layers_1', task: 'layers.update', state: 'succeeded', input, output },
  ];
  expect(newestOf(layers, tasks)).toEqual({
    layers: [
      { name: 'core', id: 'layers_3', state: 'running', indexed: output },
      { name: 'extra', id: undefined, state: undefined, indexed: undefined },
    ],
    all: undefined,
  });
});

it('shows the newest update of all', () => {
  const tasks = ['layers_2', 'layers_1'].map((id) => ({
    id,
    task: 'layers.updateAll',
    state: 'running',
  }));
  expect(newestOf(layers, tasks).all).toMatchObject({ id: 'layers_2' });
});
