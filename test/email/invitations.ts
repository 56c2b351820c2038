// host/invitations.ts
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Schedule, UnavailableError, ValidationError } from '@taskfleet/toolbox/contract';
import { sendEmail } from '@taskfleet/worker-email/contract';

/** The application: `POST /invitations/7` with an address invites somebody, and answers before any mail server is asked. */
export function application(schedule: Schedule): Server {
  return createServer((request, response) => void respond(schedule, request, response));
}

async function respond(schedule: Schedule, request: IncomingMessage, response: ServerResponse) {
  try {
    const email = await invite(schedule, String(request.url), await text(request));
    answer(response, 202, { email });
  } catch (error) {
    refuse(response, error);
  }
}

async function invite(schedule: Schedule, path: string, address: string): Promise<string> {
  const task = await schedule(
    sendEmail,
    { to: [address], subject: 'You are invited', text: `https://app.example.com${path}` },
    {
      durable: true, // while the topic is away, the table takes it
      idempotencyKey: path, // who presses the button twice gets one e-mail
      subject: path,
    },
  );
  return task.id;
}

function refuse(response: ServerResponse, error: unknown): void {
  if (error instanceof ValidationError) return answer(response, 422, { error: error.message });
  if (!(error instanceof UnavailableError)) return answer(response, 500, { error: 'our mistake' });
  response.setHeader('retry-after', Math.ceil(error.retryAfterMs / 1_000));
  answer(response, 503, { error: 'nothing can be sent now' });
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
