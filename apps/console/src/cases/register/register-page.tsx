import { useEffect, useState } from 'react';
import { Select } from 'antd';
import { Link } from 'react-router';
import { CommandForm } from '../../commands/command-form.js';
import { fieldsOf } from '../../commands/command-schema.js';
import type { CommandForm as Description } from '../../commands/command-schema.js';
import { useCommands, useShowWritten, useWork } from '../../commands/use-work.js';
import { usePageTitle } from '../../app/use-page-title.js';
import { useLanguage } from '../../language/language.js';
import { MessagePage } from '../../problem/message-page.js';
import { ProblemNotice } from '../../problem/problem-notice.js';
import { useMalls } from '../use-malls.js';
import { lastChoices, rememberChoices } from './last-choices.js';
import { Registered } from './registered.js';

const MALL = '/mallId';

interface Props {
  readonly form: Description;
  readonly onRegistered: (id: string) => void;
}

const RegisterForm = ({ form, onRegistered }: Props) => {
  const { m } = useLanguage();
  const words = m.desk.register;
  const { malls = [], mallName, mallZone, mallCurrency } = useMalls();
  const { work, begin, type, editAnyway, drop, leave, send } = useWork('new', form);
  const [resumed, setResumed] = useState(work?.touched === true);
  const showWritten = useShowWritten();
  const choices = fieldsOf(form.schema).filter(({ kind }) => kind === 'choice').map(({ pointer }) => pointer);

  useEffect(() => {
    begin({ values: lastChoices(choices) });
    return leave;
  }, []);

  if (work === undefined) return null;
  const mall = work.values[MALL] ?? malls[0]?.id ?? '';
  const submit = async (body: object): Promise<void> => {
    const chosen = Object.fromEntries(choices.map((pointer) => [pointer, work.values[pointer] ?? '']));
    const answer = await send(body);
    if (answer === undefined) return;
    rememberChoices({ ...chosen, [MALL]: mall });
    onRegistered(answer.id);
    await showWritten(answer.id);
  };
  const discard = (): void => {
    drop();
    begin({ values: lastChoices(choices) });
    setResumed(false);
  };
  return (
    <>
      <div className="register-head">
        <h1>{words.title}</h1>
        {malls.length > 1 && (
          <label className="register-mall">
            {words.mall}
            <Select value={mall} options={malls.map(({ id }) => ({ value: id, label: mallName(id) }))} popupMatchSelectWidth={false} onChange={(id: string) => type(MALL, id)} />
          </label>
        )}
      </div>
      {resumed && work.touched && <p className="hint hint-quiet" role="status">{m.desk.form.kept}</p>}
      <section className="panel register">
        <CommandForm
          form={form} work={work} timeZone={mallZone(mall)} currency={mallCurrency(mall)} fixed={{ [MALL]: mall }} submitLabel={words.submit}
          onType={type} onSend={(body) => void submit(body)} onEditAnyway={editAnyway} onDiscard={discard}
        />
      </section>
    </>
  );
};

/** Takes a complaint in, by keyboard alone if need be; then says what to tell the customer. */
export const RegisterPage = () => {
  const { m } = useLanguage();
  const words = m.desk.register;
  const { data: commands, error, isFetching, refetch } = useCommands();
  const [registered, setRegistered] = useState<string>();
  usePageTitle(words.title);
  const form = commands?.find(({ creates }) => creates);
  if (commands !== undefined && form === undefined) return <MessagePage title={words.notYours} text={words.notYoursHint} />;
  return (
    <div className="page page-narrow">
      <nav className="crumbs"><Link to="/cases">← {m.case.back}</Link></nav>
      {error !== null && <ProblemNotice error={error} retrying={isFetching} onRetry={() => void refetch()} />}
      {commands === undefined && error === null && <p className="quiet" role="status">{m.desk.work.loading}</p>}
      {form !== undefined && (registered === undefined
        ? <RegisterForm form={form} onRegistered={setRegistered} />
        : <Registered id={registered} onAnother={() => setRegistered(undefined)} />)}
    </div>
  );
};
