import { z } from 'zod';
import { principalOf } from '../authorize.ts';
import { Live } from '../live/live.ts';
import { planWatches } from '../live/planWatches.ts';
import { WATCHES } from '../live/watches.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';

const NAMES = Object.keys(WATCHES);
const name = z.enum(NAMES);

const MOST_WATCHED = 16;

const parameters = new Set(Object.values(WATCHES).flatMap((watch) => watch.parameters));

const eventsQuery = z.strictObject({
  watch: z
    .union([name, z.array(name).min(1).max(MOST_WATCHED)], {
      error: `expected one to ${MOST_WATCHED} of ${NAMES.join(', ')}`,
    })
    .describe('May be repeated. Each takes the parameters of the route that it watches.'),
  ...Object.fromEntries([...parameters].map((field) => [field, z.string().optional()])),
});

const DESCRIPTION = `An event has the name of its watch, and as data what the route answers: at once, and whenever it has changed, at most once
a second. \`event: problem\` has a Problem as data, with the \`watch\` that it is about; without one, the stream ends. So it does when the
credentials are no good any more, and when this replica stops: then ask again.`;

export const events: Routes = (app, deps) => {
  const live = new Live(deps);
  app.addHook('preClose', async () => live.stop());
  app.get(
    '/api/events',
    {
      config: { permission: 'identified' },
      schema: {
        operationId: 'watchEvents',
        summary: 'Be told what has changed, as Server-Sent Events',
        description: DESCRIPTION.replaceAll('\n', ' '),
        querystring: eventsQuery,
        response: {
          200: { content: { 'text/event-stream': { schema: z.any() } } },
          ...refusals(503),
        },
      },
    },
    async (request, reply) => {
      const { watch, ...given } = request.query;
      const principal = principalOf(request);
      const watched = planWatches(principal, [...new Set([watch].flat())], said(given));
      const { authorization } = request.headers;
      const { body } = live.open({ principal, authorization, watched, raw: reply.raw });
      return (
        reply
          .type('text/event-stream')
          .header('cache-control', 'no-store')
          // Proxies such as nginx pass it on as it comes; and nothing is left open after its end.
          .headers({ 'x-accel-buffering': 'no', connection: 'close' })
          .send(body)
      );
    },
  );
};

function said(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
