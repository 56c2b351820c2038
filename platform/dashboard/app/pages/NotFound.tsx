import { Empty } from '../ui/Empty.tsx';
import { Page } from '../ui/Page.tsx';

export function NotFound() {
  return (
    <Page title="No such page">
      <Empty icon="ghost" title="Nothing is here">
        The navigation leads to all there is; <a href="/tasks">the tasks</a> are a good start.
      </Empty>
    </Page>
  );
}
