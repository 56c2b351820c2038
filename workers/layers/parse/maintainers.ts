import { z } from 'zod';

/** Somebody who looks after a layer, or after recipes of it. */
export interface Maintainer {
  readonly email: string;
  readonly name?: string | undefined;
  /** `layer` where a README names them, and the recipes that are theirs. */
  readonly of: readonly string[];
}

/** Stands for the layer as a whole; no recipe has such a name. */
export const WHOLE_LAYER = '(layer)';

export const MAINTAINERS_INC = 'conf/distro/include/maintainers.inc';

const MOST = 2_000;

const address = z.email().max(254);

/** `Ada Lovelace <ada@example.org>`; an address by itself has no name. */
const PERSON =
  /(?:^|[,;:*|-])\s*(?<name>[^<>,;:*|@\n]{0,100}?)\s*<(?<email>[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+){1,8})>/g;

export interface Named {
  readonly email: string;
  readonly name: string;
  readonly of: string;
}

/** The people of a README's lines such as `Maintainer: Ada Lovelace <ada@example.org>`. */
export function maintainersOfReadme(text: string): Named[] {
  const lines = text.split('\n').filter((line) => /\bmaintainers?\b[^<]{0,60}:/i.test(line));
  return lines.flatMap((line) => peopleIn(line.slice(0, 1_000), WHOLE_LAYER));
}

/** Of `RECIPE_MAINTAINER:pn-busybox = "Ada Lovelace <ada@example.org>"`. */
export function maintainersOfRecipe(name: string, value: string): Named[] {
  const [, recipe] = /^RECIPE_MAINTAINER[:_]pn-(.+)$/.exec(name) ?? [];
  return recipe === undefined ? [] : peopleIn(value.slice(0, 1_000), recipe.slice(0, 200));
}

function peopleIn(text: string, of: string): Named[] {
  const people = [...text.matchAll(PERSON)].map(({ groups: { name = '', email = '' } = {} }) => ({
    email: email.toLowerCase(),
    name,
    of,
  }));
  return people.filter(({ email }) => address.safeParse(email).success);
}

/** Each person once, by address, with all that is theirs. */
export function maintainersFrom(named: readonly Named[]): Maintainer[] {
  const byEmail = Map.groupBy(named, ({ email }) => email);
  return [...byEmail].slice(0, MOST).map(([email, mentions]) => {
    const name = mentions.find((mention) => mention.name !== '')?.name;
    const of = [...new Set(mentions.map((mention) => mention.of))].toSorted();
    return { email, name, of };
  });
}
