import type { ShownTask } from '../../../../api/schemas/task.ts';
import { Panel } from '../../ui/Page.tsx';
import { Time } from '../../ui/Time.tsx';

type Errors = NonNullable<ShownTask['errors']>;

/** Attempts that failed, the last ones first. */
export function TaskAttempts({ errors }: { readonly errors: Errors }) {
  return (
    <Panel title="Failed attempts">
      {errors.length === 0 ? (
        <p class="faint">None.</p>
      ) : (
        <ul class="form">
          {errors.toReversed().map(({ attempt, name, message, stack, at }) => (
            <li key={`${attempt} ${at}`}>
              <p class="error-line">
                <strong>
                  {attempt}. {name}
                </strong>
                : {message}{' '}
                <span class="faint small">
                  <Time at={at} />
                </span>
              </p>
              {stack !== undefined && (
                <details>
                  <summary>Stack</summary>
                  <pre class="json" tabIndex={0}>
                    {stack}
                  </pre>
                </details>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
