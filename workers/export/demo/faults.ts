import type { ServerResponse } from 'node:http';

/** What can be wrong with an answer. */
export type Fault =
  /** Come again after so many seconds, or at a date. */
  | { readonly kind: 'tooMany'; readonly retryAfter: string }
  | { readonly kind: 'broken'; readonly status: 500 | 502 | 503 }
  /** The right answer, so much later. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: 'noJson' }
  /** The connection ends in the middle. */
  | { readonly kind: 'cutOff' }
  | { readonly kind: 'redirect'; readonly to: string };

/** Answers with a fault; `answer` gives the right answer. */
export function makeFault(fault: Fault, response: ServerResponse, answer: () => void): void {
  switch (fault.kind) {
    case 'tooMany':
      response.writeHead(429, { 'retry-after': fault.retryAfter }).end();
      return;
    case 'broken':
      response.writeHead(fault.status).end('<html>An error</html>');
      return;
    case 'slow':
      setTimeout(answer, fault.milliseconds);
      return;
    case 'noJson':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"count": 1, "resul');
      return;
    case 'cutOff':
      response
        .writeHead(200, { 'content-length': '1000' })
        .write('{"count"', () => response.destroy());
      return;
    case 'redirect':
      response.writeHead(302, { location: fault.to }).end();
  }
}
