import { followAvailability } from './availability.ts';
import { byId, say } from './dom.ts';
import { post } from './live.ts';

followAvailability();

byId('export', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void post<{ id: string }>('/project/exports', { format: 'xls' }).then((answer) => {
    if (answer.ok) say('The export is on its way: it shows in the panel.');
    else say(answer.message, true);
  });
});
