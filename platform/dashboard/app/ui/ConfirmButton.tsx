import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Dialog } from './Dialog.tsx';

export interface ConfirmButtonProps {
  readonly label: string;
  readonly title: string;
  /** What follows. */
  readonly children: ComponentChildren;
  /** To be typed before it can be done: for what cannot be taken back. */
  readonly typed?: string;
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
}

/** A button for what cannot be taken back. */
export function ConfirmButton({
  label,
  title,
  children,
  typed,
  disabled = false,
  onConfirm,
}: ConfirmButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const id = useId();
  const open = () => {
    setText('');
    setOpen(true);
  };
  return (
    <>
      <button type="button" class="danger" disabled={disabled} onClick={open}>
        {label}
      </button>
      {isOpen && (
        <Dialog
          title={title}
          submit={label}
          isDangerous
          canSubmit={typed === undefined || text === typed}
          onSubmit={onConfirm}
          onClose={() => setOpen(false)}
        >
          <p>{children}</p>
          {typed !== undefined && (
            <div class="field">
              <label for={id}>
                Type <code>{typed}</code> to go on
              </label>
              <input
                id={id}
                value={text}
                autocomplete="off"
                spellcheck={false}
                onInput={({ currentTarget }) => setText(currentTarget.value)}
              />
            </div>
          )}
        </Dialog>
      )}
    </>
  );
}
