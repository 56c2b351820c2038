/**
 * Where a fault strikes: when somebody connects, logs in, names the sender or a recipient; in the middle of a message, or before it is
 * confirmed, when it is kept already.
 */
export type FaultPoint = 'greeting' | 'login' | 'sender' | 'recipient' | 'message' | 'confirmation';

/**
 * A refusal by its SMTP code, from 400 for now and from 500 for ever; `silence`: no answer until the fault is undone; `hangUp`: the
 * connection is closed.
 */
export type FaultAnswer = number | 'silence' | 'hangUp';

export interface Fault {
  readonly at: FaultPoint;
  readonly answer: FaultAnswer;
  /** Of a refusal. Default: `'not today'`. */
  readonly text?: string;
  /** At `recipient`: strikes this address only. Default: every one. */
  readonly address?: string;
  /** Strikes so often at most. Whole number from 1. Default: until it is undone. */
  readonly times?: number;
}

export interface StandingFault {
  /** Resolves when it strikes for the first time. */
  readonly struck: Promise<void>;
  /** Ends it. What waits is answered. */
  readonly undo: () => void;
}

interface Standing {
  readonly fault: Fault;
  readonly struck: () => void;
  readonly undone: Promise<void>;
  left: number;
}

/** The faults that stand. */
export class Faults {
  readonly #standing = new Set<Standing>();

  add(fault: Fault): StandingFault {
    const struck = Promise.withResolvers<void>();
    const undone = Promise.withResolvers<void>();
    const left = fault.times ?? Infinity;
    const standing = { fault, struck: struck.resolve, undone: undone.promise, left };
    this.#standing.add(standing);
    const undo = () => {
      this.#standing.delete(standing);
      undone.resolve();
    };
    return { struck: struck.promise, undo };
  }

  /** Goes through what stands at a point. Resolves where the server may go on; throws RefusalError, or HangUpError. */
  async pass(at: FaultPoint, address?: string): Promise<void> {
    for (const standing of this.#standing) {
      const { fault, struck, undone } = standing;
      if (standing.left === 0 || fault.at !== at) continue;
      if (fault.address !== undefined && fault.address !== address) continue;
      standing.left -= 1;
      struck();
      if (fault.answer === 'silence') await undone;
      else if (fault.answer === 'hangUp') throw new HangUpError();
      else throw new RefusalError(fault.answer, fault.text);
    }
  }
}

/** The answer of a server that refuses. */
export class RefusalError extends Error {
  readonly responseCode: number;

  constructor(code: number, text = 'not today') {
    super(text);
    this.responseCode = code;
  }
}

/** The connection is to be closed without an answer. */
export class HangUpError extends Error {}
