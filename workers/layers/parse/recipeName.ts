import { posix } from 'node:path';

/** What `busybox_1.36.1.bb` says of itself: name, version and revision, as bitbake has them. */
export function recipeName(path: string): Record<'PN' | 'PV' | 'PR', string> {
  const { name } = posix.parse(path);
  const [PN = '', PV = '1.0', PR = 'r0'] = name.split('_');
  return { PN, PV, PR };
}

/** Variables that bitbake and every layer take for granted when they read a recipe. */
export function recipeVariables(path: string): Record<string, string> {
  const { PN, PV, PR } = recipeName(path);
  const BPN = PN.replace(/^nativesdk-|-(?:native|cross|crosssdk)$/, '');
  const derived = { P: '${PN}-${PV}', BP: '${BPN}-${PV}', PF: '${PN}-${PV}-${PR}' };
  // Not empty for builds of several libraries beside each other only.
  return { PN, PV, PR, BPN, ...derived, MLPREFIX: '' };
}
