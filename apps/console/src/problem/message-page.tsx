import { useRouteError } from 'react-router';
import { Button } from 'antd';
import { Link } from 'react-router';
import { usePageTitle } from '../app/use-page-title.js';
import { useLanguage } from '../language/language.js';

interface Props {
  readonly title: string;
  readonly text: string;
}

export const MessagePage = ({ title, text }: Props) => {
  const { m } = useLanguage();
  usePageTitle(title);
  return (
    <section className="message-page">
      <h1>{title}</h1>
      <p>{text}</p>
      <Link className="button-link" to="/">{m.problem.home}</Link>
    </section>
  );
};

export const NotFoundPage = () => {
  const { m } = useLanguage();
  return <MessagePage title={m.problem.notFound} text={m.problem.notFoundText} />;
};

/** The last resort of a page that threw while rendering. */
export const CrashPage = () => {
  const { m } = useLanguage();
  const error = useRouteError();
  usePageTitle(m.problem.crash);
  return (
    <section className="message-page" role="alert">
      <h1>{m.problem.crash}</h1>
      <p>{m.problem.crashText}</p>
      <pre>{error instanceof Error ? error.message : String(error)}</pre>
      <Button type="primary" onClick={() => window.location.reload()}>{m.problem.reload}</Button>
    </section>
  );
};
