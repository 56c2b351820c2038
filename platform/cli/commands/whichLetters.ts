import { DeadRequestError } from '../../errors.ts';

export interface WhichArgs {
  readonly id: string | undefined;
  readonly worker?: string;
  readonly all?: boolean;
}

/** One letter, or all of a service. */
export type Which = { readonly id: string } | { readonly service: string };

/** Throws DeadRequestError for anything that is neither clearly one letter nor clearly all of a worker. */
export function whichLetters({ id, worker, all = false }: WhichArgs): Which {
  if (id !== undefined && worker === undefined && !all) return { id };
  if (id === undefined && worker !== undefined && all) return { service: worker };
  throw new DeadRequestError(
    'which letters: expected the id of one, or --worker <name> and --all for all of a worker',
  );
}
