import { type Assembly, STACK } from './assembly.ts';

/** How an assembly is deployed without asking anybody. */
export function deployArguments({ folder }: Assembly): string[] {
  return ['deploy', STACK, '--app', folder, '--require-approval', 'never'];
}
