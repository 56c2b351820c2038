/** Whether calls are made at present, or since when and why not. */
export type Availability =
  | { readonly available: true }
  | {
      readonly available: false;
      /** Milliseconds since 1970. */
      readonly since: number;
      readonly retryAfterMs: number;
      readonly reason: string;
    };
