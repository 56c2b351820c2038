import type { LayerFiles } from '../git/openTree.ts';
import {
  type Maintainer,
  MAINTAINERS_INC,
  maintainersFrom,
  maintainersOfReadme,
  maintainersOfRecipe,
  type Named,
} from '../parse/maintainers.ts';
import { readMetadata } from '../parse/metadata.ts';

/** Everybody whom the layer's README or its list of maintainers names. */
export async function findMaintainers(files: LayerFiles): Promise<Maintainer[]> {
  const readmes = [...files.digests.keys()].filter((path) => /^README[\w.-]*$/i.test(path));
  const named: Named[] = [];
  for (const path of readmes.toSorted()) {
    const text = await files.read(path);
    if (text.ok) named.push(...maintainersOfReadme(text.value));
  }
  if (files.digests.has(MAINTAINERS_INC)) {
    const { variables } = await readMetadata(files, MAINTAINERS_INC);
    for (const name of variables.names()) {
      if (name.startsWith('RECIPE_MAINTAINER')) {
        named.push(...maintainersOfRecipe(name, variables.get(name) ?? ''));
      }
    }
  }
  return maintainersFrom(named);
}
