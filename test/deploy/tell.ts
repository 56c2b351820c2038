import type { StackOutputs } from '@taskfleet/infra/local';
import type { RanTask } from '../fixtures/runThumbnail.ts';
import type { Assembly } from './assembly.ts';
import type { Sight } from './checks/seeStack.ts';
import type { Stage } from './rehearsal.ts';
import type { SeenDoctor } from './seeDoctor.ts';
import type { PhysicalIds } from './template/fillIn.ts';
import type { Template } from './template/template.ts';

export type Tell = ReturnType<typeof tellTo>;

/** What a person reads while it runs. */
export function tellTo(say: (line: string) => void) {
  const detail = (text: string) => say(`            ${text}`);
  /** A line for each type, with the logical ids. */
  const list = ({ Resources }: Template, ids: readonly string[], what: string) => {
    const byType = Map.groupBy(ids, (id) => Resources[id]?.Type ?? '');
    for (const [type, names] of byType) detail(`${what} ${type}: ${names.join(', ')}`);
  };
  return {
    refused: (what: string, line: string) => say(`refused     ${what}: ${line}`),
    began: ({ name }: Stage) => say(`stage       ${name}`),
    synthesized: (assembly: Assembly) => {
      const { template, unsupportedTypes, removed, simplified, images } = assembly;
      say(`synthesized ${count(template, Object.keys(template.Resources))}`);
      if (unsupportedTypes.length > 0)
        detail(`not on the emulator: ${unsupportedTypes.join(', ')}`);
      list(template, removed, 'taken out');
      list(template, simplified, 'simplified');
      if (images > 0) detail(`not built: ${images} container images`);
    },
    bootstrapped: (account: string) => say(`bootstrap   account ${account} of the emulator`),
    deployed: ({ stackName }: Assembly, outputs: StackOutputs) =>
      say(`deployed    ${stackName}, with ${Object.keys(outputs).length} outputs`),
    saw: ({ template, removed }: Assembly, { seen, missing, without, onlyListed }: Sight) => {
      say(`looked      ${seen.length} resources are there, by describe calls`);
      list(
        template,
        missing.filter((id) => !removed.includes(id)),
        'not made',
      );
      for (const { logicalId, property } of without)
        list(template, [logicalId], `without ${property}`);
      list(template, onlyListed, 'only on the list');
    },
    completed: (template: Template, made: readonly string[]) => {
      if (made.length > 0)
        say(`completed   ${made.length} resources, by local mode's provisioners`);
      list(template, made, 'made');
    },
    started: (service: string) => say(`started     ${service}, on the stack's outputs`),
    ran: ({ id }: RanTask) => say(`ran         ${id}, and the platform has its record`),
    examined: ({ fine, unchecked, found }: SeenDoctor) => {
      say(
        `examined    the doctor finds ${fine} things as they should be, and what was changed by hand`,
      );
      detail(`found: ${found}`);
      if (unchecked.length > 0) detail(`not checked here: ${unchecked.join('; ')}`);
    },
    compared: (checked: readonly string[], leftOut: readonly string[]) => {
      say(`compared    ${checked.length} resources with the template, by describe calls`);
      if (leftOut.length > 0) detail(`in the template only: ${leftOut.join(', ')}`);
    },
    invoked: (ids: readonly string[]) => say(`ran         ${ids.join(' and ')}, on Lambda`),
    unchanged: () => say('deployed    again, without a change: the command line says so'),
    destroyed: (template: Template, physicalIds: PhysicalIds, kept: readonly string[]) => {
      say('destroyed   nothing is left but what the template keeps');
      const names = kept.map((id) => `${template.Resources[id]?.Type} ${physicalIds.get(id)}`);
      for (const name of names) detail(`kept ${name}`);
    },
  };
}

/** Such as `15 resources: 4 SQS::Queue, 1 SNS::Topic`. */
function count({ Resources }: Template, ids: readonly string[]): string {
  const byType = Map.groupBy(ids, (id) => Resources[id]?.Type.replace('AWS::', '') ?? '');
  const counts = [...byType].map(([type, { length }]) => `${length} ${type}`);
  return `${ids.length} resources: ${counts.join(', ')}`;
}
