import type { SQSClient } from '@aws-sdk/client-sqs';
import { giveBack } from './showMessages.ts';
import type { Wire, WireAnswer } from './wire.ts';

/** Receives under way, which nobody has to wait for at an end: a poll takes up to 20 seconds. */
export class Polls {
  readonly #all = Promise.withResolvers<WireAnswer>();
  readonly #ended = new Map<string, PromiseWithResolvers<WireAnswer>>();

  constructor(wire: Wire, sqs: SQSClient) {
    wire.intercept(async (request, pass) => {
      if (request.operation !== 'ReceiveMessage') return pass();
      const answer = pass();
      const nothing: WireAnswer = {};
      const ended = this.#of(request.by).promise.then(() => {
        // What it brings yet is for whoever comes after.
        answer.then(async (brought) => giveBack(sqs, request, brought)).catch(() => undefined);
        return nothing;
      });
      answer.catch(() => undefined);
      return Promise.race([this.#all.promise, ended, answer]);
    });
  }

  /** Answers all receives with nothing from now on, those under way too. */
  endAll(): void {
    this.#all.resolve({});
  }

  /** The same for those of one process. */
  end(by: string): void {
    this.#of(by).resolve({});
  }

  #of(by: string): PromiseWithResolvers<WireAnswer> {
    const ended = this.#ended.get(by) ?? Promise.withResolvers<WireAnswer>();
    this.#ended.set(by, ended);
    return ended;
  }
}
