/** One reason why a reader may refuse what a writer may write. */
export type Refusal =
  /** The reader wants a field that the writer may leave out, or does not know. */
  | { readonly kind: 'missing'; readonly path: string; readonly isKnown: boolean }
  /** The reader refuses a field that the writer may have. */
  | { readonly kind: 'surplus'; readonly path: string }
  /** The reader refuses fields beside those it names, and the writer may have any. */
  | { readonly kind: 'surplusFields'; readonly path: string }
  /** The reader refuses these of the writer's values. */
  | { readonly kind: 'values'; readonly path: string; readonly values: readonly unknown[] }
  /** The reader takes no such form of the value. */
  | { readonly kind: 'form'; readonly path: string; readonly form: string }
  /** The reader has another rule. */
  | {
      readonly kind: 'rule';
      readonly path: string;
      readonly rule: string;
      readonly writer: string;
      readonly reader: string;
      /** Whether anything follows from it, nothing tells. */
      readonly isUnjudged?: true;
    }
  /** Whether the reader refuses anything, nothing tells. */
  | { readonly kind: 'unjudged'; readonly path: string; readonly why: string };
