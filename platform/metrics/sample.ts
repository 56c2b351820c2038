/** A number, and of what. */
export interface Sample {
  /** Of a histogram: what its name ends in. */
  readonly suffix?: '_bucket' | '_count';
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}
