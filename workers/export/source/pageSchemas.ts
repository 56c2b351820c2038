import { z } from 'zod';

const id = z.union([z.string(), z.number()]);
const values = z.record(z.string(), z.unknown());

/** A location as GeoJSON. What its geometry holds is looked at where it is used: one odd geometry must not stop an export. */
const feature = z.looseObject({
  type: z.literal('Feature'),
  id: id.nullish(),
  geometry: z.unknown(),
  properties: values.nullish(),
});

/** A row of the host's: its fields, and its attributes. */
const row = z.looseObject({ id, attributes: values.nullish() });

const resource = z.looseObject({ id, name: z.string().nullish(), file: z.string().nullish() });

function paged<S extends z.ZodType>(results: S) {
  return z.object({
    count: z.int().nonnegative(),
    next: z.string().nullish(),
    results,
  });
}

/** What each list of a project is called, where it is, and how its pages look. */
export const LISTS = {
  locations: {
    path: 'spatial/',
    page: paged(
      z
        .object({ type: z.literal('FeatureCollection'), features: z.array(feature) })
        .transform(({ features }) => features),
    ),
  },
  parties: { path: 'parties/', page: paged(z.array(row)) },
  relationships: { path: 'relationships/tenure/', page: paged(z.array(row)) },
  resources: { path: 'resources/', page: paged(z.array(resource)) },
} as const;

export type ListName = keyof typeof LISTS;
export type Location = z.output<typeof feature>;
export type Row = z.output<typeof row>;
export type Resource = z.output<typeof resource>;

/** The rows of each list. */
export type RowOf<L extends ListName> = z.output<(typeof LISTS)[L]['page']>['results'][number];
