import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { newIdempotencyKey } from '../app/idempotency-key.js';
import { useLanguage } from '../language/language.js';
import { describeProblem } from '../problem/describe-problem.js';
import { useApi } from '../session/session-context.js';

interface Props {
  readonly name: string;
  readonly busy: boolean;
}

export const RebuildButton = ({ name, busy }: Props) => {
  const { m } = useLanguage();
  const api = useApi();
  const queries = useQueryClient();
  const { modal, message } = App.useApp();
  const rebuild = useMutation({
    mutationFn: (key: string) => api.rebuild(name, key),
    onSuccess: () => void message.success(m.system.started(name)),
    onError: (error) => {
      const { title, text } = describeProblem(error, m);
      void message.error(`${title}: ${text}`);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['runners'] }),
  });
  const ask = (): void => {
    const key = newIdempotencyKey();
    void modal.confirm({
      title: m.system.confirm(name),
      content: m.system.confirmText,
      okText: m.system.yes,
      cancelText: m.system.no,
      onOk: () => rebuild.mutateAsync(key).then(() => undefined, () => undefined),
    });
  };
  return (
    <Button className="runner-action" aria-label={m.system.rebuildOf(name)} disabled={busy} loading={rebuild.isPending} onClick={ask}>
      {m.system.rebuild}
    </Button>
  );
};
