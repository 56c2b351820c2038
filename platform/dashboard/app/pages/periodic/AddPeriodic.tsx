import { useState } from 'preact/hooks';
import { useContracts, type TaskContract } from '../../api/useContracts.ts';
import { FilterSelect } from '../../ui/Filter.tsx';
import { Panel } from '../../ui/Page.tsx';
import { PeriodicForm } from './PeriodicForm.tsx';

/** A periodic task that is added while the fleet runs. */
export function AddPeriodic({ onClose }: { readonly onClose: () => void }) {
  const { data: tasks = [] } = useContracts();
  const [contract, setContract] = useState<TaskContract>();
  return (
    <Panel
      title="Add a periodic task"
      actions={
        <button type="button" class="plain" onClick={onClose}>
          Close
        </button>
      }
    >
      <div class="form">
        <FilterSelect
          label="Task"
          none="choose a task …"
          value={contract?.name}
          options={tasks.map(({ name }) => name)}
          onChange={(name) => setContract(tasks.find((one) => one.name === name))}
        />
        {contract && <PeriodicForm key={contract.name} contract={contract} onAdded={onClose} />}
      </div>
    </Panel>
  );
}
