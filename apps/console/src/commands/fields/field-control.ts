import type { Field, LeafField } from '../command-schema.js';
import type { Draft } from '../draft.js';

/** What every field of a form gets. */
export interface FieldProps<Of extends Field = LeafField> {
  readonly field: Of;
  readonly id: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
  /** Left; its faults may be told from now on. */
  readonly onLeave: () => void;
}

/** What the fields of a form have in common. */
export interface FormPlace {
  readonly timeZone: string;
  readonly currency: string;
  readonly draft: Draft;
}

/** The page's own memory is the only one: the browser offers nothing from elsewhere and keeps nothing. */
export const unremembered = { autoComplete: 'off', 'data-1p-ignore': true, 'data-lpignore': 'true' } as const;
