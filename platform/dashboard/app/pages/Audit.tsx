import { useAsked } from '../api/useAsked.ts';
import { withQuery } from '../api/request.ts';
import { query, setQuery } from '../router.ts';
import { Badge } from '../ui/Badge.tsx';
import { Empty } from '../ui/Empty.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { type Column, Table } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';

interface Entry {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly kind: string;
  readonly action: string;
  readonly target?: string;
  readonly detail?: string;
  readonly problem?: string;
  /** Left out while it goes on, or when it never said. */
  readonly outcome?: keyof typeof OUTCOME_LOOKS;
}

const REFRESH_MS = 3_000;

const COLUMNS: readonly Column<Entry>[] = [
  { title: 'When', cell: ({ at }) => <Time at={at} /> },
  { title: 'Who', cell: ({ by, kind }) => <span title={kind}>{by}</span> },
  { title: 'Action', cell: ({ action }) => action },
  {
    title: 'Target',
    kind: 'wide',
    cell: ({ target, detail }) => (
      <span>
        <span class="mono">{target ?? <Nothing />}</span> <span class="faint small">{detail}</span>
      </span>
    ),
  },
  { title: 'Outcome', cell: (entry) => <Outcome entry={entry} /> },
];

/** Who did what, newest first. */
export function Audit() {
  const { cursor } = query.value;
  const found = useAsked<{ readonly entries: readonly Entry[]; readonly cursor?: string }>(
    withQuery('/api/audit', { cursor }),
    REFRESH_MS,
  );
  return (
    <Page title="Audit">
      <section class="panel">
        <Loaded of={found}>
          {({ entries, cursor: next }) => (
            <>
              {entries.length === 0 ? (
                <Empty icon="shield" title="Nobody has changed anything yet">
                  Cancels, retries, redrives and orders to workers are written down here.
                </Empty>
              ) : (
                <Table
                  caption="What was done, newest first"
                  rows={entries}
                  columns={COLUMNS}
                  keyOf={({ id }) => id}
                />
              )}
              {next !== undefined && (
                <button type="button" onClick={() => setQuery({ cursor: next })}>
                  Older
                </button>
              )}
            </>
          )}
        </Loaded>
      </section>
    </Page>
  );
}

const OUTCOME_LOOKS = {
  done: { tone: 'good', icon: 'check' },
  refused: { tone: 'warn', icon: 'ban' },
  failed: { tone: 'bad', icon: 'cross' },
} as const;

function Outcome({ entry: { outcome, problem } }: { readonly entry: Entry }) {
  if (outcome === undefined) return <span class="faint">not known</span>;
  return <Badge {...OUTCOME_LOOKS[outcome]} text={outcome} title={problem} />;
}
