import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { ProblemError } from '../api.js';
import { useLanguage } from '../language/language.js';
import type { Messages } from '../language/en.js';
import { describeFieldError } from '../problem/describe-problem.js';
import { fieldsOf, leavesOf } from './command-schema.js';
import type { CommandForm, Field } from './command-schema.js';
import { bodyOf, faultsOf, isFilled } from './draft.js';
import type { Draft, Fault } from './draft.js';
import { controlOf } from './form-field.js';
import type { FormFields } from './form-field.js';
import type { Work } from './work.js';

const faultText = ({ kind, hint = '' }: Fault, m: Messages): string => {
  const words = m.desk.form.faults[kind];
  return typeof words === 'string' ? words : words(hint);
};

/** The fields of an earlier time: none, or all of them. */
const backdatingOf = ({ backdating }: CommandForm): readonly Field[] =>
  (backdating === null ? [] : fieldsOf(backdating).map((field) => ({ ...field, required: true, seldom: false })));

interface Options {
  readonly form: CommandForm;
  readonly work: Work;
  readonly timeZone: string;
  readonly currency: string;
  /** What the page itself says; these fields are not shown. */
  readonly fixed: Draft;
  readonly locked: boolean;
  readonly onType: (pointer: string, value: string) => void;
  readonly onSend: (body: object) => void;
}

/** The state of one form between its description and what is typed: which faults are told, what is folded, where the focus goes. */
export const useForm = ({ form, work, timeZone, currency, fixed, locked, onType, onSend }: Options) => {
  const { m } = useLanguage();
  const prefix = useId();
  const all = useMemo(() => fieldsOf(form.schema), [form]);
  const later = useMemo(() => backdatingOf(form), [form]);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [unfolded, setUnfolded] = useState(false);
  const [backdated, setBackdated] = useState(() => later.some((field) => isFilled(field, work.values)));
  /** A new object each time, so that the same field may be wanted twice. */
  const [wanted, setWanted] = useState<{ readonly pointer: string }>();
  const wasSending = useRef(work.sending);
  const notice = useRef<HTMLDivElement>(null);

  const draft = { ...work.values, ...fixed };
  const place = { timeZone, currency, now: Date.now() };
  const isBackdated = backdated && later.some((field) => isFilled(field, draft));
  const faults = [...faultsOf(all, draft, place), ...(isBackdated ? faultsOf(later, draft, place) : [])];
  const errors = work.problem instanceof ProblemError ? (work.problem.problem.errors ?? []) : [];
  const pointers = new Set(leavesOf([...all, ...later]).map(({ pointer }) => pointer));
  const faultAt = (pointer: string): string | undefined => {
    const fault = faults.find((one) => one.pointer === pointer);
    if (fault !== undefined && (tried || (left.has(pointer) && fault.kind !== 'missing' && fault.kind !== 'unchosen'))) return faultText(fault, m);
    const error = errors.find(({ path }) => path === pointer);
    return error === undefined ? undefined : describeFieldError(error, m);
  };

  const lookAt = (pointer: string): void => {
    if (all.some((field) => field.seldom && leavesOf([field]).some((leaf) => leaf.pointer === pointer))) setUnfolded(true);
    setWanted({ pointer });
  };
  useEffect(() => {
    if (wanted !== undefined) controlOf(prefix, wanted.pointer)?.focus();
  }, [prefix, wanted]);

  // A refusal moves the focus to what it is about; taking up a draft that was refused earlier does not.
  const { problem, sending } = work;
  const firstError = errors.map(({ path }) => path).find((path) => pointers.has(path));
  useEffect(() => {
    const isAnswer = wasSending.current && !sending;
    wasSending.current = sending;
    if (!isAnswer || problem === undefined) return;
    const control = firstError === undefined ? null : controlOf(prefix, firstError);
    (control ?? notice.current)?.focus();
  }, [prefix, sending, problem, firstError]);

  const submit = (): void => {
    if (locked || sending) return;
    setTried(true);
    const [first] = faults;
    if (first === undefined) onSend({ ...bodyOf(all, draft, place), ...(isBackdated ? bodyOf(later, draft, place) : {}) });
    else lookAt(first.pointer);
  };

  const fields: FormFields = {
    prefix, draft, faultAt, onType,
    place: { timeZone, currency, draft },
    disabled: locked || work.sending,
    onLeave: (pointer) => setLeft((before) => (before.has(pointer) ? before : new Set(before).add(pointer))),
  };
  const shown = all.filter((field) => !leavesOf([field]).every(({ pointer }) => pointer in fixed));
  const seldom = shown.filter((field) => field.seldom);
  return {
    fields, submit, notice,
    often: shown.filter((field) => !field.seldom),
    seldom,
    unfolded: unfolded || seldom.some((field) => isFilled(field, draft) || leavesOf([field]).some(({ pointer }) => faultAt(pointer) !== undefined)),
    setUnfolded,
    backdating: later,
    backdated,
    setBackdated: (on: boolean): void => {
      setBackdated(on);
      const [first] = later;
      if (on && first !== undefined) lookAt(first.pointer);
    },
    faultCount: tried ? faults.length : 0,
    /** Errors of the service about nothing that is a field here. */
    stray: errors.filter(({ path }) => !pointers.has(path)),
  };
};
