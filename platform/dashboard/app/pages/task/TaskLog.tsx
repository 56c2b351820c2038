import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ShownTask } from '../../../../api/schemas/task.ts';
import { useLive } from '../../live/useLive.ts';
import type { LogPage } from '../../live/watched.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Page.tsx';
import { hasEnded } from '../../ui/stateLooks.ts';

/** What its handler has said last, as it comes. */
export function TaskLog({ task }: { readonly task: ShownTask }) {
  const live = useLive('log', { id: task.id });
  return (
    <Panel title="Log">
      <Loaded of={live}>{(log) => <Lines log={log} task={task} />}</Loaded>
    </Panel>
  );
}

function Lines({ log, task }: { readonly log: LogPage; readonly task: ShownTask }) {
  const { attempt, lines, dropped } = log;
  if (attempt === undefined) return <p class="faint">{nothing(task)}</p>;
  return (
    <>
      {attempt < task.attempt && <p class="faint small">Of attempt {attempt}.</p>}
      {dropped > 0 && (
        <p class="faint small">{dropped.toLocaleString()} lines before these are not kept.</p>
      )}
      <LogLines lines={lines} />
    </>
  );
}

function nothing({ state }: ShownTask): string {
  if (!hasEnded(state)) return 'Nothing yet: what it says is here some seconds later.';
  return state === 'succeeded'
    ? 'Nothing is kept: a task that succeeds within seconds leaves no log.'
    : 'Nothing is kept: it has said nothing, or its contract wants no log.';
}

/** Rounding of what browsers say of a place. */
const NEAR_PX = 4;

/** Stays at its end as lines come, unless somebody has scrolled up to read. */
function LogLines({ lines }: Pick<LogPage, 'lines'>) {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    const { current } = box;
    if (current && isAtEnd.current) current.scrollTop = current.scrollHeight;
  }, [lines]);
  const onScroll = ({ currentTarget: at }: { readonly currentTarget: HTMLElement }) => {
    isAtEnd.current = at.scrollTop + at.clientHeight >= at.scrollHeight - NEAR_PX;
  };
  return (
    <div class="log" role="log" aria-label="Log" tabIndex={0} ref={box} onScroll={onScroll}>
      {lines.map(({ at, level, message, fields }, i) => (
        <p key={i}>
          <time class="faint" dateTime={new Date(at).toISOString()}>
            {new Date(at).toLocaleTimeString()}
          </time>{' '}
          <span class={`log-${level}`}>{level.toUpperCase()}</span> {message}
          {fields && <span class="faint"> {JSON.stringify(fields)}</span>}
        </p>
      ))}
    </div>
  );
}
