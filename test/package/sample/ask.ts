import { connectFleet } from '@taskfleet/toolbox/schedule';
import { countWords } from './contract.ts';

const [text = ''] = process.argv.slice(2);
const fleet = connectFleet(process.env);
const handle = await fleet.schedule(countWords, { text }, { creator: 'ask' });
const output = await handle.result({ timeout: '30s' });
console.log(JSON.stringify({ id: handle.id, output }));
fleet.close();
