import type { Role } from '../../../../identity/index.ts';
import { request } from '../../api/request.ts';
import { SchemaForm } from '../../form/SchemaForm.tsx';
import type { JsonSchema } from '../../form/schema.ts';
import { Panel } from '../../ui/Page.tsx';
import type { NewKey } from './keyView.ts';

/** What a role is for, in the order of what they may. */
const ROLES: Readonly<Record<Role, string>> = {
  viewer: 'sees all tasks and the fleet',
  scheduler: 'schedules tasks, and sees and changes those alone',
  operator: 'schedules and changes all tasks, and operates the fleet',
  admin: 'may all that, and manages keys',
};

const SCHEMA: JsonSchema = {
  type: 'object',
  required: ['name', 'roles'],
  properties: {
    name: {
      type: 'string',
      title: 'Name',
      description: 'of whoever has it; keys of one name are one principal',
    },
    roles: {
      type: 'object',
      title: 'Roles',
      properties: Object.fromEntries(
        Object.entries(ROLES).map(([role, description]) => [
          role,
          { type: 'boolean', title: role, description, default: false },
        ]),
      ),
    },
    expiresIn: {
      type: 'string',
      title: 'Expires in',
      description: 'such as 90d; else it does not end',
    },
  },
};

interface Asked {
  readonly name: string;
  readonly roles: Readonly<Partial<Record<Role, boolean>>>;
  readonly expiresIn?: string;
}

export interface KeyFormProps {
  readonly onMade: (key: NewKey) => void;
  readonly onClose: () => void;
}

export function KeyForm({ onMade, onClose }: KeyFormProps) {
  const send = async (given: unknown) => {
    const { roles, ...rest } = given as Asked;
    const chosen = Object.entries(roles).flatMap(([role, isChosen]) => (isChosen ? [role] : []));
    onMade(await request<NewKey>('POST', '/api/keys', { ...rest, roles: chosen }));
  };
  return (
    <Panel
      title="Add an API key"
      actions={
        <button type="button" class="plain" onClick={onClose}>
          Close
        </button>
      }
    >
      <SchemaForm schema={SCHEMA} label="API key" submit="Make the key" send={send} />
    </Panel>
  );
}
