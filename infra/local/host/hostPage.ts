import type { Artifacts, Fleet } from '@taskfleet/toolbox/contract';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { Scheduler } from '@taskfleet/toolbox/schedule';
import type { FastifyInstance } from 'fastify';
import type { PlatformApi } from './platformApi.ts';

/** A letter that arrived at this application's mail server. */
export interface Letter {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly attachments: readonly { readonly fileName: string; readonly sizeBytes: number }[];
}

/** What pages stand on. */
export interface PageDeps {
  /** Every task that there is. */
  readonly contracts: Fleet;
  readonly fleet: Pick<Scheduler, 'schedule' | 'availability'>;
  readonly platform: PlatformApi;
  /** This application's own files in the stage's bucket: `artifact:uploads/…`. */
  readonly uploads: Artifacts;
  /** What the mail server has caught, oldest first. */
  readonly letters: () => readonly Letter[];
  /** A folder of this application's own. */
  readonly folder: string;
  /** Where this application listens, such as `http://127.0.0.1:8585`. */
  readonly address: () => string;
  readonly clock: Pick<Clock, 'now' | 'randomBytes'>;
  /** Where it says what went wrong. */
  readonly log: (line: string) => void;
}

/** A page of the host application, and what it asks for: all of it under its path. */
export interface HostPage {
  readonly path: string;
  readonly title: string;
  /** One sentence for the front page. */
  readonly about: string;
  /** Its module in `browser/`. */
  readonly script: string;
  /** What is in `<main>`, asked for each time. */
  readonly body: () => string;
  readonly addRoutes: (app: FastifyInstance) => void;
}

/** Whom tasks of these pages are scheduled for: an application would say who is signed in. */
export const CREATOR = 'ann';
