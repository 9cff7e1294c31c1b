/** What became of an append. Answers of every kind but the malformed and the failed ones hold for good. */
export type Outcome =
  | {
      readonly kind: 'appended';
      /** The last revision of the write; -1 after an append of nothing to a stream that has no events. */
      readonly revision: number;
      /** The position of the last event of the write. */
      readonly position: number | undefined;
    }
  | { readonly kind: 'wrong-expected-revision'; readonly current: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'too-large'; readonly limit: number }
  | { readonly kind: 'access-denied' }
  | { readonly kind: 'malformed'; readonly reason: string }
  /** The stream cannot be read, so that nothing can be decided about it. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Nothing can be appended any more. */
  | { readonly kind: 'unavailable'; readonly reason: string };
