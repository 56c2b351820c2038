import type { ComponentChildren } from 'preact';

export interface Column<R> {
  readonly title: string;
  readonly cell: (row: R) => ComponentChildren;
  /** `number`: at the right, digits of one width. `actions`: buttons. */
  readonly kind?: 'text' | 'number' | 'actions' | 'wide';
}

export interface TableProps<R> {
  /** What it lists, for who does not see it. */
  readonly caption: string;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  readonly keyOf: (row: R) => string;
}

/** The one form of a list. On a narrow screen each row becomes a card with its columns' titles. */
export function Table<R>({ caption, rows, columns, keyOf }: TableProps<R>) {
  return (
    <table class="table">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ title, kind = 'text' }) => (
            <th key={title} scope="col" class={`cell-${kind}`}>
              {kind === 'actions' ? <span class="unseen">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ title, cell, kind = 'text' }) => (
              <td key={title} class={`cell-${kind}`} data-title={title}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
