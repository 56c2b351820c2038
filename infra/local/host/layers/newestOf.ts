import { z } from 'zod';
import type { ShownTask } from '../platformApi.ts';

interface Layer {
  readonly name: string;
  readonly url: string;
}

const layerInput = z.looseObject({ url: z.string() });
const counts = z.looseObject({ revision: z.string(), recipes: z.number() });

/** Each layer with its newest update, and the newest one of all, out of tasks with the newest first. */
export function newestOf(layers: readonly Layer[], tasks: readonly ShownTask[]) {
  const updates = tasks.filter(({ task }) => task === 'layers.update');
  return {
    layers: layers.map(({ name, url }) => {
      const ofLayer = updates.filter(({ input }) => layerInput.safeParse(input).data?.url === url);
      const indexed = ofLayer
        .map(({ output }) => counts.safeParse(output))
        .find((one) => one.success);
      const { id, state } = ofLayer[0] ?? {};
      return { name, id, state, indexed: indexed?.data };
    }),
    all: tasks.find(({ task }) => task === 'layers.updateAll'),
  };
}
