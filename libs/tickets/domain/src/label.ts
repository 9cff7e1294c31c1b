/** A word of the interface in both languages. */
export interface Label {
  readonly zh: string;
  readonly en: string;
}
