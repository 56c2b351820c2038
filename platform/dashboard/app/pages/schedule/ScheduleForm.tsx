import { useState } from 'preact/hooks';
import type { ShownTask } from '../../../../api/schemas/task.ts';
import type { TaskContract } from '../../api/useContracts.ts';
import { Field } from '../../form/Field.tsx';
import { initialValue } from '../../form/initialValue.ts';
import { JsonField } from '../../form/JsonField.tsx';
import { Refusal } from '../../form/Refusal.tsx';
import { useInput } from '../../form/useInput.ts';
import { navigate } from '../../router.ts';
import { notify } from '../../ui/notices.ts';
import { isHidden, withoutHidden } from './hidden.ts';
import { type Options, OptionsFields } from './OptionsFields.tsx';
import { ScheduleButton } from './ScheduleButton.tsx';
import { scheduleTask } from './scheduleTask.ts';

export interface ScheduleFormProps {
  readonly contract: TaskContract;
  /** The task that is to run again. */
  readonly before: ShownTask | undefined;
  readonly subject: string | undefined;
}

/** A form of the task's schema. */
export function ScheduleForm({ contract, before, subject }: ScheduleFormProps) {
  const { inputSchema: schema, name: task } = contract;
  const input = useInput(schema, () =>
    before?.input === undefined ? initialValue(schema, schema, true) : withoutHidden(before.input),
  );
  const [options, setOptions] = useState<Options>({ subject: subject ?? before?.subject });
  const [isText, setText] = useState(false);
  const send = async (given: unknown) => {
    const id = await scheduleTask({ task, input: given, options, again: before?.id });
    notify('done', 'Scheduled.');
    navigate(`/tasks/${encodeURIComponent(id)}`);
  };
  const { value, errors, change } = input;
  const field = { root: schema, schema, path: '', label: 'Input', isRequired: true, value, errors };
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void input.submit(send);
      }}
    >
      {before !== undefined && isHidden(before.input) && (
        <p class="small faint">Secrets of the earlier input are not kept: give them again.</p>
      )}
      {isText ? <JsonField {...field} onChange={change} /> : <Field {...field} onChange={change} />}
      <OptionsFields
        options={options}
        hasPriority={contract.hasPriority !== false}
        onChange={setOptions}
      />
      <Refusal text={input.refusal} />
      <ScheduleButton isBusy={input.isBusy}>
        <button type="button" class="plain" onClick={() => setText(!isText)}>
          {isText ? 'Edit in the form' : 'Edit as JSON'}
        </button>
      </ScheduleButton>
    </form>
  );
}
