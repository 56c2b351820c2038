import { startCatchAll } from '@taskfleet/worker-email/catch-all';
import type { Letter } from '../hostPage.ts';

export interface MailServer {
  /** Such as `smtp://127.0.0.1:2525`. */
  readonly url: string;
  readonly messages: () => readonly Letter[];
  readonly stop: () => Promise<void>;
}

/** A mail server that keeps what it gets, in this folder too, and sends nothing on. Port 0: any free one. */
export async function startMailServer(folder: string, port: number): Promise<MailServer> {
  return startCatchAll({ folder, port });
}
