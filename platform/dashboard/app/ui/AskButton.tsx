import { useId, useState } from 'preact/hooks';
import { Dialog } from './Dialog.tsx';
import { inputType } from './inputType.ts';

export interface AskButtonProps {
  readonly label: string;
  readonly title: string;
  /** What is asked for. */
  readonly field: string;
  readonly note?: string;
  readonly type?: 'text' | 'number';
  readonly initial?: string;
  readonly canBeEmpty?: boolean;
  readonly onAnswer: (answer: string) => void;
}

/** A button for what takes one value more. */
export function AskButton({
  label,
  title,
  field,
  note,
  type = 'text',
  initial = '',
  canBeEmpty = false,
  onAnswer,
}: AskButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState(initial);
  const id = useId();
  const open = () => {
    setText(initial);
    setOpen(true);
  };
  return (
    <>
      <button type="button" onClick={open}>
        {label}
      </button>
      {isOpen && (
        <Dialog
          title={title}
          submit={label}
          canSubmit={canBeEmpty || text.trim() !== ''}
          onSubmit={() => onAnswer(text.trim())}
          onClose={() => setOpen(false)}
        >
          <div class="field">
            <label for={id}>{field}</label>
            <input
              id={id}
              type={inputType(type)}
              value={text}
              autocomplete="off"
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
            {note !== undefined && <span class="field-note">{note}</span>}
          </div>
        </Dialog>
      )}
    </>
  );
}
