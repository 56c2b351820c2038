import { useState } from 'preact/hooks';
import { request } from '../../api/request.ts';
import { useAction } from '../../api/useAction.ts';
import { useAsked } from '../../api/useAsked.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page, Panel } from '../../ui/Page.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { Time } from '../../ui/Time.tsx';
import { KeyForm } from './KeyForm.tsx';
import type { KeyView, NewKey } from './keyView.ts';

const REFRESH_MS = 3_000;

const COLUMNS: readonly Column<KeyView>[] = [
  { title: 'Name', cell: ({ name }) => <strong>{name}</strong> },
  { title: 'Roles', cell: ({ roles }) => roles.join(', ') },
  { title: 'Id', cell: ({ id }) => <span class="mono">{id}</span> },
  { title: 'Made', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { title: 'By', cell: ({ createdBy }) => createdBy },
  {
    title: 'Ends',
    cell: ({ endsAt }) =>
      endsAt === undefined ? <span class="faint">never</span> : <Time at={endsAt} />,
  },
  { title: 'Actions', kind: 'actions', cell: (key) => <Revoke of={key} /> },
];

/** Who has an API key: for administrators. */
export function Keys() {
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<NewKey>();
  const found = useAsked<{ readonly keys: readonly KeyView[] }>('/api/keys', REFRESH_MS);
  const add = () => {
    setMade(undefined);
    setAdding(true);
  };
  const show = (key: NewKey) => {
    setMade(key);
    setAdding(false);
  };
  return (
    <Page
      title="API keys"
      actions={
        <button type="button" class="primary" onClick={add}>
          <Icon name="plus" />
          Add
        </button>
      }
    >
      {isAdding && <KeyForm onMade={show} onClose={() => setAdding(false)} />}
      {made && <Made of={made} onClose={() => setMade(undefined)} />}
      <section class="panel">
        <Loaded of={found}>
          {({ keys }) =>
            keys.length === 0 ? (
              <Empty icon="key" title="Nobody has a key">
                Add one for a program, or for somebody whom no provider signs in.
              </Empty>
            ) : (
              <Table caption="API keys" rows={keys} columns={COLUMNS} keyOf={({ id }) => id} />
            )
          }
        </Loaded>
      </section>
    </Page>
  );
}

function Made({
  of: { name, key },
  onClose,
}: {
  readonly of: NewKey;
  readonly onClose: () => void;
}) {
  return (
    <Panel
      title={`The key of ${name}`}
      actions={
        <button type="button" class="plain" onClick={onClose}>
          Close
        </button>
      }
    >
      <p role="status">
        <code>{key}</code>
      </p>
      <p class="field-note">Copy it now: it is shown this once, and nothing can tell it again.</p>
    </Panel>
  );
}

function Revoke({ of: { id, name } }: { readonly of: KeyView }) {
  const revoke = useAction(async () => {
    await request('DELETE', `/api/keys/${encodeURIComponent(id)}`);
    return `The key of ${name} is revoked.`;
  });
  return (
    <ConfirmButton
      label="Revoke"
      title={`Revoke the key of ${name}?`}
      disabled={revoke.isBusy}
      onConfirm={() => void revoke.run()}
    >
      Within five seconds nothing accepts it any more. This cannot be taken back.
    </ConfirmButton>
  );
}
