import type { Workbench } from '../processes/workbench.js';
import type { Load } from './load.js';

/** Two ways of doing the same, measured by turns. */
export interface Comparison {
  readonly kind: 'comparison';
  readonly name: string;
  readonly what: string;
  readonly against: string;
  /** Of both figures, such as `commands/s`. */
  readonly unit: string;
  /** `ratio`: what ÷ against; `difference`: what − against. */
  readonly figure: 'ratio' | 'difference';
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number };
  prepare(bench: Workbench): Promise<Prepared>;
}

export interface Prepared {
  /** One round, in the comparison's unit. */
  what(): Promise<number>;
  against(): Promise<number>;
  /** Looks whether both did the same work. @throws when they did not; answers what was looked at */
  verify(): Promise<string>;
}

/** Figures that stand by themselves. */
export interface Report {
  readonly kind: 'report';
  readonly name: string;
  readonly what: string;
  measure(bench: Workbench): Promise<readonly ReportedValue[]>;
}

export interface ReportedValue {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
}

export type Row = Comparison | Report;

export interface ComparisonResult {
  readonly kind: 'comparison';
  readonly name: string;
  readonly what: string;
  readonly against: string;
  readonly unit: string;
  readonly goal?: Comparison['goal'];
  /** Median of the pairs, lowest and highest. */
  readonly figure: number;
  readonly lowest: number;
  readonly highest: number;
  /** Medians of the rounds. */
  readonly whatMedian: number;
  readonly againstMedian: number;
  readonly rounds: readonly { readonly what: number; readonly against: number }[];
  readonly verified: string;
  readonly load: Load;
  /** How often it was taken again because others used the machine; still so the last time when `disturbed`. */
  readonly repeats: number;
  readonly disturbed: boolean;
}

export interface ReportResult {
  readonly kind: 'report';
  readonly name: string;
  readonly what: string;
  readonly values: readonly ReportedValue[];
  readonly load: Load;
  readonly disturbed: boolean;
}

export type RowResult = ComparisonResult | ReportResult;
