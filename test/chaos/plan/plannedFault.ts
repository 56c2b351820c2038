import type { LinkFault } from '../faults/linkFault.ts';
import type { LinkedService } from '../faults/clientLinks.ts';

interface Timed {
  /** Milliseconds from the beginning of the run. */
  readonly atMs: number;
  readonly lastsMs: number;
}

/** One fault: what, when, whom, for how long. */
export type PlannedFault = Timed &
  (
    | { readonly kind: 'kill' | 'terminate' | 'suspend'; readonly process: string }
    | { readonly kind: 'restartEmulator'; readonly emulator: 'queues' | 'table' }
    | { readonly kind: 'partition'; readonly process: string; readonly fault: LinkFault }
    | {
        readonly kind: 'link';
        readonly process: string;
        readonly service: LinkedService;
        readonly fault: LinkFault;
      }
  );

/** One line for people. */
export function describeFault(planned: PlannedFault): string {
  const when = `${seconds(planned.atMs)} s`.padStart(8);
  return `${when}  ${whatOf(planned)}, for ${seconds(planned.lastsMs)} s`;
}

function whatOf(planned: PlannedFault): string {
  switch (planned.kind) {
    case 'restartEmulator':
      return `restart ${planned.emulator}`;
    case 'partition':
      return `partition ${planned.process} (${planned.fault.kind})`;
    case 'link': {
      const { kind, rate, ms } = planned.fault;
      const share = `${Math.round(rate * 100)} %`;
      return `${kind} between ${planned.process} and ${planned.service} (${share}, ${ms} ms)`;
    }
    default:
      return `${planned.kind} ${planned.process}`;
  }
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
